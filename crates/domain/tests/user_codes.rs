//! The code of a device, as people type and paste it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use bailiwick_domain::{USER_CODE_ALPHABET, USER_CODE_TEXT_MAX, UserCode};
use proptest::prelude::*;

fn found(text: &str) -> Option<String> {
    UserCode::find(text).map(|code| code.to_string())
}

#[test]
fn a_code_is_read_however_it_is_typed() {
    for text in [
        "BCDF-GHJK",
        "bcdf-ghjk",
        "bcdfghjk",
        " BC DF GH JK ",
        "b-c-d-f-g-h-j-k",
        "BCDF\u{2013}GHJK",
        "BCDFG-HJK",
        "BCDF\u{a0}GHJK\n",
        "Enter the code BCDF-GHJK, please.",
        "https://id.example.com/activate?user_code=BCDF-GHJK",
        "code: bcdf ghjk at https://id.example.com/activate",
        "BCDF-GHJK or BCDFGHJK",
    ] {
        assert_eq!(found(text).as_deref(), Some("BCDF-GHJK"), "{text}");
    }
}

#[test]
fn what_is_no_code_or_more_than_one_is_none() {
    for text in [
        "",
        "BCDF-GHJ",
        "BCDF-GHJKL",
        "BCDF-GHJA",
        "BCDF-GHJ1",
        "BCDF-GHJY",
        "\u{412}CDF-GHJK",
        "first BCDF-GHJK then ZXWV-TSRQ",
        "an invite, not a code",
    ] {
        assert_eq!(found(text), None, "{text}");
    }
    let long = format!("{} BCDF-GHJK", " ".repeat(USER_CODE_TEXT_MAX));
    assert_eq!(found(&long), None);
}

#[test]
fn every_letter_comes_as_often_as_any_other() {
    let mut times: BTreeMap<char, u32> = BTreeMap::new();
    for byte in 0..=255_u8 {
        let Some(code) = UserCode::from_random(&[byte; 64]) else {
            assert!(byte >= 240, "{byte}");
            continue;
        };
        let first = code.to_string().chars().next().unwrap();
        *times.entry(first).or_default() += 1;
    }
    assert_eq!(times.len(), USER_CODE_ALPHABET.len());
    assert!(times.values().all(|count| *count == 12), "{times:?}");
}

proptest! {
    #[test]
    fn a_code_that_was_made_is_found_again(bytes in prop::array::uniform32(0_u8..240)) {
        let mut random = [0; 64];
        random[..32].copy_from_slice(&bytes);
        let code = UserCode::from_random(&random).unwrap();
        prop_assert_eq!(UserCode::find(&code.to_string()), Some(code));
        prop_assert_eq!(UserCode::find(&format!("your code is {code}!")), Some(code));
    }

    #[test]
    fn nothing_that_is_pasted_makes_it_fall_over(text in any::<String>()) {
        if let Some(code) = UserCode::find(&text) {
            prop_assert_eq!(code.to_string().len(), 9);
        }
    }
}
