//! How long something lives, as people type it. The one parser for invites everywhere: console,
//! command line, API and `bailiwick admin`.

use std::time::Duration;

use thiserror::Error;

/// The shortest life.
pub const TTL_MIN: Duration = Duration::from_secs(5 * 60);
/// The longest life: a year of 366 days.
pub const TTL_MAX: Duration = Duration::from_secs(366 * 24 * 60 * 60);
/// The life of an invite for which nobody says another.
pub const TTL_DEFAULT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Why a text is no life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Write how long, from 5 minutes to a year: 45m, 24h, 1h30m, 7d, 2w or 604800s.")]
pub struct TtlError;

/// Reads numbers with the units `w`, `d`, `h`, `m` and `s`, each at most once and the greatest
/// first: `24h`, `7d`, `2w`, `1h30m`, `604800s`.
///
/// # Errors
/// [`TtlError`] for anything else, and for what is shorter than [`TTL_MIN`] or longer than
/// [`TTL_MAX`].
pub fn parse_ttl(text: &str) -> Result<Duration, TtlError> {
    const UNITS: [(char, u64); 5] = [
        ('w', 604_800),
        ('d', 86_400),
        ('h', 3600),
        ('m', 60),
        ('s', 1),
    ];
    let mut units = UNITS.iter();
    let mut rest = text.trim();
    let mut seconds: u64 = 0;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest[..digits].parse().map_err(|_| TtlError)?;
        let unit = rest[digits..].chars().next().ok_or(TtlError)?;
        let (_, worth) = units.find(|(name, _)| *name == unit).ok_or(TtlError)?;
        let part = number.checked_mul(*worth).ok_or(TtlError)?;
        seconds = seconds.checked_add(part).ok_or(TtlError)?;
        rest = &rest[digits + unit.len_utf8()..];
    }
    let life = Duration::from_secs(seconds);
    match (TTL_MIN..=TTL_MAX).contains(&life) {
        true => Ok(life),
        false => Err(TtlError),
    }
}
