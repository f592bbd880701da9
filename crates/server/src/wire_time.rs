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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_utc() {
        assert_eq!(rfc3339(Micros(1_000_000)), "1970-01-01T00:00:01Z");
        assert_eq!(rfc3339(Micros(1_500_000)), "1970-01-01T00:00:01.5Z");
    }
}
