//! Instants.

use std::time::Duration;

use bailiwick_domain::Micros;
use proptest::prelude::*;

proptest! {
    #[test]
    fn what_is_added_to_an_instant_is_how_long_ago_it_then_was(at in any::<i64>(), micros in any::<u64>()) {
        let duration = Duration::from_micros(micros);
        let sum = i128::from(at) + i128::from(micros);
        match Micros(at).plus(duration) {
            Some(later) => {
                prop_assert_eq!(i128::from(later.0), sum);
                prop_assert_eq!(later.since(Micros(at)), duration);
                prop_assert_eq!(Micros(at).since(later), Duration::ZERO);
            }
            None => prop_assert!(sum > i128::from(i64::MAX) || micros > i64::MAX as u64),
        }
    }
}

#[test]
fn seconds_are_a_million_micros_and_round_down() {
    assert_eq!(Micros::from_seconds(-3), Micros(-3_000_000));
    assert_eq!(Micros::from_seconds(i64::MAX), Micros(i64::MAX));
    for (micros, seconds) in [
        (0, 0),
        (999_999, 0),
        (1_000_000, 1),
        (-1, -1),
        (-1_000_000, -1),
    ] {
        assert_eq!(Micros(micros).seconds(), seconds);
    }
    assert_eq!(Micros(0).plus(Duration::MAX), None);
    assert_eq!(
        Micros(i64::MAX).since(Micros(i64::MIN)),
        Duration::from_micros(u64::MAX)
    );
}

#[test]
fn later_and_earlier_stop_at_the_ends_of_time() {
    let second = Duration::from_secs(1);
    assert_eq!(Micros(5).later(second), Micros(1_000_005));
    assert_eq!(Micros(5).earlier(second), Micros(-999_995));
    for duration in [second, Duration::MAX] {
        assert_eq!(Micros(i64::MAX - 1).later(duration), Micros(i64::MAX));
        assert_eq!(Micros(i64::MIN + 1).earlier(duration), Micros(i64::MIN));
    }
}
