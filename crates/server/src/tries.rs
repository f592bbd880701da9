//! Counting what somebody does within a while. In memory: a restart forgets it, and it lasts minutes.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bailiwick_domain::Micros;

/// How many addresses or people are remembered. Beyond it those go first whose window ends first.
const REMEMBERED_MAX: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Count {
    since: Micros,
    times: u32,
}

/// Counts by key. After the first one, `window` until all of them are forgotten.
#[derive(Debug)]
pub(crate) struct Tries<K> {
    window: Duration,
    all: Mutex<HashMap<K, Count>>,
}

impl<K: Hash + Eq + Clone> Tries<K> {
    pub(crate) fn new(window: Duration) -> Self {
        Self {
            window,
            all: Mutex::default(),
        }
    }

    /// In how many seconds `key` may try again; `None` when it may now.
    pub(crate) fn wait(&self, key: &K, max: u32, now: Micros) -> Option<u64> {
        self.left(&mut self.lock(), key, max, now)
    }

    /// Counts one.
    pub(crate) fn count(&self, key: &K, now: Micros) {
        self.add(&mut self.lock(), key, now);
    }

    /// Both in one: whoever tries many at once gets no more for it. Fails with the seconds to wait.
    pub(crate) fn count_unless_full(&self, key: &K, max: u32, now: Micros) -> Result<(), u64> {
        let mut all = self.lock();
        match self.left(&mut all, key, max, now) {
            Some(seconds) => Err(seconds),
            None => {
                self.add(&mut all, key, now);
                Ok(())
            }
        }
    }

    /// The one that was counted last does not count.
    pub(crate) fn take_back(&self, key: &K) {
        if let Some(count) = self.lock().get_mut(key) {
            count.times = count.times.saturating_sub(1);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Count>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_over(&self, count: &Count, now: Micros) -> bool {
        now >= count.since.later(self.window)
    }

    fn left(&self, all: &mut HashMap<K, Count>, key: &K, max: u32, now: Micros) -> Option<u64> {
        let count = all.get(key)?;
        if self.is_over(count, now) {
            all.remove(key);
            return None;
        }
        if count.times < max {
            return None;
        }
        let left = count.since.later(self.window).0.saturating_sub(now.0);
        Some(u64::try_from(left).unwrap_or_default().div_ceil(1_000_000))
    }

    fn add(&self, all: &mut HashMap<K, Count>, key: &K, now: Micros) {
        if all.len() >= REMEMBERED_MAX && !all.contains_key(key) {
            all.retain(|_, count| !self.is_over(count, now));
            if all.len() >= REMEMBERED_MAX {
                let oldest = all.iter().min_by_key(|(_, count)| count.since);
                if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                    all.remove(&oldest);
                }
            }
        }
        let fresh = Count {
            since: now,
            times: 0,
        };
        let count = all.entry(key.clone()).or_insert(fresh);
        if self.is_over(count, now) {
            *count = fresh;
        }
        count.times = count.times.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_keys_take_no_more_room_than_they_may_and_the_newest_are_remembered() {
        let tries = Tries::new(Duration::from_secs(60));
        for key in 0..20_000 {
            tries.count(&key, Micros(key));
        }
        assert_eq!(tries.lock().len(), REMEMBERED_MAX);
        assert!(tries.wait(&19_999, 1, Micros(20_000)).is_some());
        assert!(tries.wait(&0, 1, Micros(20_000)).is_none());
    }

    #[test]
    fn a_window_ends_at_its_instant() {
        let tries = Tries::new(Duration::from_secs(60));
        let begin = Micros(1);
        assert_eq!(tries.count_unless_full(&0, 1, begin), Ok(()));
        assert_eq!(tries.count_unless_full(&0, 1, begin), Err(60));
        let end = begin.later(Duration::from_secs(60));
        assert_eq!(tries.count_unless_full(&0, 1, Micros(end.0 - 1)), Err(1));
        assert_eq!(tries.count_unless_full(&0, 1, end), Ok(()));
    }
}
