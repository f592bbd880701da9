//! Names of groups, descriptions, and the words that refuse them.

use bailiwick_domain::{Description, DescriptionError, GroupName, NameError};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_name_is_kept_letter_by_letter(text in "[a-z0-9._-][a-z0-9 ._-]{0,61}[g-z]") {
        let name: GroupName = text.parse().unwrap();
        prop_assert_eq!(name.as_str(), &text);
        prop_assert_eq!(name.to_string(), text);
        let json = serde_json::to_string(&name).unwrap();
        prop_assert_eq!(serde_json::from_str::<GroupName>(&json).unwrap(), name);
    }

    #[test]
    fn one_foreign_character_refuses_a_name_and_is_pointed_out(
        head in "[a-z0-9._-]{0,20}", found in "[^a-z0-9 ._-]", tail in "[a-z0-9 .É]{0,20}",
    ) {
        let found = found.chars().next().unwrap();
        let text = format!("{head}{found}{tail}");
        let expected = NameError::Character { found, at: head.len() };
        prop_assert_eq!(text.parse::<GroupName>(), Err(expected));
        prop_assert!(!expected.to_string().contains(char::is_control));
    }

    #[test]
    fn a_name_field_makes_capitals_small_and_changes_nothing_else(typed in "[A-Ca-c É K\\t.]{0,9}") {
        let shown = GroupName::suggest(&typed);
        prop_assert_eq!(shown.chars().count(), typed.chars().count());
        for (shown, typed) in shown.chars().zip(typed.chars()) {
            prop_assert!(!shown.is_ascii_uppercase());
            prop_assert!(shown == typed || typed.is_ascii_uppercase() && shown.eq_ignore_ascii_case(&typed));
        }
    }

    #[test]
    fn a_description_is_any_line_of_up_to_512_characters(text in "[^\\p{Cc}\\x{2028}\\x{2029}]{0,520}") {
        let got = text.chars().count();
        match text.parse::<Description>() {
            Ok(description) => {
                prop_assert!(got <= 512);
                prop_assert_eq!(description.as_str(), text);
            }
            Err(error) => {
                prop_assert!(got > 512);
                prop_assert_eq!(error, DescriptionError::TooLong { max: 512, got });
            }
        }
    }
}

#[test]
fn each_way_to_miss_a_name_has_its_own_answer() {
    let long = "a".repeat(64);
    for (text, error, message) in [
        ("", NameError::Empty, "Type a name."),
        (
            &long,
            NameError::TooLong { max: 63, got: 64 },
            "Make the name shorter: it has 64 characters, and 63 is the most.",
        ),
        (
            "payMents",
            NameError::Character { found: 'M', at: 3 },
            "Write M as m. A name has letters a-z, digits, space, dot, dash and underscore.",
        ),
        (
            "a/b",
            NameError::Character { found: '/', at: 1 },
            "Take away /. A name has letters a-z, digits, space, dot, dash and underscore.",
        ),
        (
            "a\u{a0}b",
            NameError::Character {
                found: '\u{a0}',
                at: 1,
            },
            "Take away the invisible character U+00A0. A name has letters a-z, digits, space, dot, dash and underscore.",
        ),
        (
            " a",
            NameError::EdgeSpace,
            "Take away the space at the start or the end.",
        ),
        (
            "a ",
            NameError::EdgeSpace,
            "Take away the space at the start or the end.",
        ),
        (
            " ",
            NameError::EdgeSpace,
            "Take away the space at the start or the end.",
        ),
        (
            "..",
            NameError::OnlyDots,
            "Add a letter or a digit: a name cannot be dots alone.",
        ),
        (
            "0123456789abcdef",
            NameError::LooksLikeId,
            "Choose another name: this one looks like an id.",
        ),
        (
            "0123456789abcdef0123456789abcdef01234567",
            NameError::LooksLikeId,
            "Choose another name: this one looks like an id.",
        ),
    ] {
        assert_eq!(text.parse::<GroupName>(), Err(error), "{text:?}");
        assert_eq!(error.to_string(), message);
        assert!(serde_json::from_value::<GroupName>(text.into()).is_err());
    }
}

#[test]
fn names_close_to_the_edge_of_the_rules_are_names() {
    let longest = "a".repeat(63);
    for text in [
        "a",
        "0",
        "-",
        ".a",
        "a.",
        "...-",
        "a b",
        "0123456789abcde",
        "0123456789abcdeg",
        &longest,
    ] {
        assert!(text.parse::<GroupName>().is_ok(), "{text}");
    }
}

#[test]
fn a_description_has_one_line() {
    for found in [
        '\n', '\r', '\t', '\0', '\u{7f}', '\u{85}', '\u{2028}', '\u{2029}',
    ] {
        let text = format!("é {found}b");
        let expected = DescriptionError::Character { found, at: 2 };
        assert_eq!(text.parse::<Description>(), Err(expected));
        assert!(serde_json::from_value::<Description>(text.into()).is_err());
    }
    let longest = "é".repeat(512);
    assert!(longest.parse::<Description>().is_ok());
    assert_eq!("".parse(), Ok(Description::default()));
}
