//! Times on the wire: RFC 3339, UTC, to the microsecond.

use bailiwick_domain::Micros;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// As `2026-11-21T05:33:48.123456Z`.
pub(crate) fn rfc3339(micros: Micros) -> String {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros.0) * 1000)
        .ok()
        .and_then(|time| time.format(&Rfc3339).ok())
        .unwrap_or_default()
}

/// Reads RFC 3339 in any offset. What no [`Micros`] can tell is `None`.
pub(crate) fn parse_rfc3339(text: &str) -> Option<Micros> {
    let time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    i64::try_from(time.unix_timestamp_nanos().div_euclid(1000))
        .ok()
        .map(Micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_utc() {
        assert_eq!(rfc3339(Micros(1_000_000)), "1970-01-01T00:00:01Z");
        assert_eq!(rfc3339(Micros(1_500_000)), "1970-01-01T00:00:01.5Z");
    }

    #[test]
    fn a_time_is_read_in_any_offset_and_nothing_else_is() {
        for text in ["1970-01-01T00:00:01.5Z", "1970-01-01T02:00:01.5+02:00"] {
            assert_eq!(parse_rfc3339(text), Some(Micros(1_500_000)), "{text}");
        }
        for text in [
            "",
            "tomorrow",
            "1970-01-01",
            "1970-13-01T00:00:00Z",
            "1500000",
        ] {
            assert_eq!(parse_rfc3339(text), None, "{text}");
        }
    }
}
