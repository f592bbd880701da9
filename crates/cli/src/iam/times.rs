//! Ends of role bindings, as they are typed.

use bailiwick_domain::parse_ttl;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::failure::Failure;

/// The end in RFC 3339, empty for none: `never`, a life from now on (`90d`), a day (`2027-01-31`,
/// at its beginning in UTC), or RFC 3339 itself.
///
/// # Errors
/// None of these.
pub(super) fn end(text: &str) -> Result<String, Failure> {
    if text == "never" {
        return Ok(String::new());
    }
    if let Ok(life) = parse_ttl(text) {
        let at = OffsetDateTime::now_utc() + life;
        return at.format(&Rfc3339).map_err(|_| wrong(text));
    }
    let whole = match text.len() {
        10 => format!("{text}T00:00:00Z"),
        _ => text.to_owned(),
    };
    match OffsetDateTime::parse(&whole, &Rfc3339) {
        Ok(_) => Ok(whole),
        Err(_) => Err(wrong(text)),
    }
}

fn wrong(text: &str) -> Failure {
    Failure::usage(format!(
        "{text:?} is no end: write a day as 2027-01-31, a time as 2027-01-31T12:00:00Z, how long \
         from now as 90d, or never."
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_a_day_a_time_a_life_or_never() {
        assert_eq!(end("never").unwrap(), "");
        assert_eq!(end("2027-01-31").unwrap(), "2027-01-31T00:00:00Z");
        assert_eq!(
            end("2027-01-31T12:00:00+02:00").unwrap(),
            "2027-01-31T12:00:00+02:00"
        );
        assert!(end("90d").unwrap().ends_with('Z'));
        for text in ["", "2027-02-30", "tomorrow", "1s"] {
            assert!(end(text).is_err(), "{text}");
        }
    }
}
