//! Until when a role binding may be made to hold.

use std::time::Duration;

use crate::Micros;

/// How far ahead the end of a binding may be: ten years of 365 days, and the days of three leap years.
pub const BINDING_LIFE_MAX: Duration = Duration::from_secs((10 * 365 + 3) * 24 * 60 * 60);

/// Why an instant can be no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndError {
    /// It is not in the future.
    Past,
    /// It is more than [`BINDING_LIFE_MAX`] ahead.
    TooFar,
}

/// Whether a binding may be made now to end at `ends_at`; `None` is never.
///
/// # Errors
/// What is wrong with the instant.
pub fn may_end(ends_at: Option<Micros>, now: Micros) -> Result<(), EndError> {
    match ends_at {
        Some(end) if end <= now => Err(EndError::Past),
        Some(end) if end > now.later(BINDING_LIFE_MAX) => Err(EndError::TooFar),
        _ => Ok(()),
    }
}
