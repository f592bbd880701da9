//! A clock that stands still until a test turns it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bailiwick_domain::Micros;
use bailiwick_store::Clock;

/// The same clock for everyone who holds a clone.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    /// Jumps to `instant`.
    pub fn set(&self, instant: Micros) {
        self.0.store(instant.0, Ordering::SeqCst);
    }

    /// Jumps back by `duration`, as a clock may that is set anew.
    pub fn back(&self, duration: Duration) {
        self.set(self.now().earlier(duration));
    }

    /// Goes on by `duration`.
    pub fn advance(&self, duration: Duration) {
        self.set(self.now().later(duration));
    }
}

impl Default for TestClock {
    /// An instant that is no round number of anything.
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(1_790_000_000_123_456)))
    }
}

impl Clock for TestClock {
    fn now(&self) -> Micros {
        Micros(self.0.load(Ordering::SeqCst))
    }
}
