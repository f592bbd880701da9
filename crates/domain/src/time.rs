//! Instants. The clock is elsewhere: whoever asks for a decision says what time it is.

use std::time::Duration;

/// An instant, in microseconds since the Unix epoch, as the database stores it.
#[derive(
    Copy,
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(transparent)]
pub struct Micros(pub i64);

impl Micros {
    /// The instant so many whole seconds after the Unix epoch, or the nearest that can be told.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// Whole seconds since the Unix epoch, rounded down: what a JWT calls a NumericDate.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// This instant, `duration` later; at the end of time it stays there.
    #[must_use]
    pub fn later(self, duration: Duration) -> Self {
        let micros = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(micros))
    }

    /// This instant, `duration` earlier; at the beginning of time it stays there.
    #[must_use]
    pub fn earlier(self, duration: Duration) -> Self {
        let micros = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_sub(micros))
    }

    /// The instant `duration` later, in whole microseconds, or `None` when it cannot be told.
    pub fn plus(self, duration: Duration) -> Option<Self> {
        let micros = i64::try_from(duration.as_micros()).ok()?;
        self.0.checked_add(micros).map(Self)
    }

    /// How long ago `earlier` was: zero when it was not before this instant.
    pub fn since(self, earlier: Self) -> Duration {
        if earlier >= self {
            return Duration::ZERO;
        }
        Duration::from_micros(self.0.abs_diff(earlier.0))
    }
}
