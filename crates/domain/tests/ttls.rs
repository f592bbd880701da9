//! How long something lives, as people type it.

use std::time::Duration;

use bailiwick_domain::{TTL_DEFAULT, TTL_MAX, TTL_MIN, TtlError, parse_ttl};
use proptest::prelude::*;

#[test]
fn what_people_type_is_understood() {
    for (text, seconds) in [
        ("24h", 86_400),
        ("7d", 604_800),
        ("2w", 1_209_600),
        ("1h30m", 5_400),
        ("604800s", 604_800),
        ("1w1d1h1m1s", 694_861),
        (" 5m ", 300),
        ("366d", 31_622_400),
        ("300s", 300),
        ("007d", 604_800),
    ] {
        assert_eq!(parse_ttl(text), Ok(Duration::from_secs(seconds)), "{text}");
    }
    assert_eq!(parse_ttl("7d"), Ok(TTL_DEFAULT));
}

#[test]
fn what_is_not_sure_to_be_meant_is_refused() {
    for text in [
        "",
        " ",
        "7",
        "d",
        "7D",
        "7 d",
        "-7d",
        "+7d",
        "7d7d",
        "1m1h",
        "1.5h",
        "7d!",
        "4m59s",
        "0d",
        "366d1s",
        "53w",
        "99999999999999999999d",
        "18446744073709551615w",
        "7ď",
        "٧d",
        "P7D",
        "1e9s",
    ] {
        assert_eq!(parse_ttl(text), Err(TtlError), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_refused_or_within_the_limits(text in "\\PC{0,12}") {
        if let Ok(life) = parse_ttl(&text) {
            prop_assert!(life >= TTL_MIN && life <= TTL_MAX);
        }
    }

    #[test]
    fn every_life_within_the_limits_can_be_typed_in_seconds(seconds in 300..=31_622_400u64) {
        prop_assert_eq!(parse_ttl(&format!("{seconds}s")), Ok(Duration::from_secs(seconds)));
    }
}
