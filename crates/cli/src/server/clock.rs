//! Whether this machine's clock goes with the server's.

use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

/// Clocks that are further apart than this are named when a server refuses a token.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// A line about the clock, if it is far from `date`, the header of an answer that has just come
/// (RFC 9110 §6.6.1).
pub(crate) fn complaint(date: &str, now: OffsetDateTime) -> Option<String> {
    let theirs = OffsetDateTime::parse(date, &Rfc2822).ok()?;
    let apart = now - theirs;
    if apart.unsigned_abs() < TOLERANCE {
        return None;
    }
    let direction = match apart.is_negative() {
        true => "behind",
        false => "ahead of",
    };
    Some(format!(
        "This machine's clock is {} {direction} the server's: set it right.",
        length(apart.unsigned_abs())
    ))
}

fn length(apart: Duration) -> String {
    match apart.as_secs() / 60 {
        minutes if minutes < 120 => format!("{minutes} minutes"),
        minutes if minutes < 48 * 60 => format!("{} hours", minutes / 60),
        minutes => format!("{} days", minutes / (24 * 60)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_off_is_told_by_how_much() {
        let now = OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap();
        let at = |seconds| {
            let time = now + time::Duration::seconds(seconds);
            let text = time.format(&Rfc2822).unwrap().replace("+0000", "GMT");
            complaint(&text, now)
        };
        assert_eq!(at(0), None);
        assert_eq!(at(-240), None);
        assert!(at(3600).unwrap().contains("60 minutes behind"));
        assert!(at(-3 * 86_400).unwrap().contains("3 days ahead of"));
        assert_eq!(complaint("yesterday", now), None);
    }
}
