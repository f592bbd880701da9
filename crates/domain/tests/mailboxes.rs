//! When two addresses are one mailbox, and which are none (UTS-46 for domains, no likeness of
//! letters before the `@`).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use bailiwick_domain::{EmailError, Mailbox};
use proptest::prelude::*;

fn key(text: &str) -> String {
    text.parse::<Mailbox>().unwrap().key().as_str().to_owned()
}

#[test]
fn spellings_of_one_mailbox_have_one_key() {
    for (one, other) in [
        ("Ada@Example.COM", "ada@example.com"),
        ("ada@BÜCHER.example", "ada@bücher.example"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@example.com", "ada@ｅxample.com"),
        // Composed, and as letter and mark.
        ("j\u{f6}rg@example.com", "jo\u{308}rg@example.com"),
    ] {
        assert_eq!(key(one), key(other), "{one}");
    }
}

#[test]
fn what_may_be_another_mailbox_is_another() {
    for (one, other) in [
        ("a.da@example.com", "ada@example.com"),
        ("ada+x@example.com", "ada@example.com"),
        ("ada@example.com", "ada@example.org"),
        ("ada@example.com", "ada@mail.example.com"),
        ("strasse@example.com", "stra\u{df}e@example.com"),
        ("iris@example.com", "\u{131}ris@example.com"),
        ("J\u{d6}RG@example.com", "j\u{f6}rg@example.com"),
        // A Cyrillic a.
        ("ada@example.com", "\u{430}da@example.com"),
        ("ada@example.com", "ada@ex\u{430}mple.com"),
    ] {
        assert_ne!(key(one), key(other), "{one} {other}");
    }
}

#[test]
fn what_only_looks_like_an_address_is_none() {
    for text in [
        " ada@example.com",
        "ada@example.com ",
        "ada@example.com\r\nBcc: x@example.com",
        "ada@example.com\n",
        "ada\r@example.com",
        "ada\0@example.com",
        "Ada <ada@example.com>",
        "ada@example.com,bob@example.com",
        "\u{212a}im@example.com",
        "ada\u{200b}@example.com",
        "\u{202e}ada@example.com",
        "ada@exam\u{200b}ple..com",
        "ada@-example.com",
        "ada@xn--.example",
        "ada@example",
        "@example.com",
        "",
    ] {
        assert!(text.parse::<Mailbox>().is_err(), "{text:?}");
    }
    let long = format!("{}@example.com", "a".repeat(300));
    assert!(matches!(
        long.parse::<Mailbox>(),
        Err(EmailError::TooLong { .. })
    ));
}

proptest! {
    #[test]
    fn a_key_is_its_own_key(text in "[a-zA-Z0-9.+_ä-]{1,20}@[a-zA-Z0-9ü]{1,10}\\.(com|example)") {
        if let Ok(mailbox) = text.parse::<Mailbox>() {
            let of_itself = mailbox.key().as_str().parse::<Mailbox>().unwrap();
            prop_assert_eq!(of_itself.key(), mailbox.key());
        }
    }

    #[test]
    fn nothing_with_a_control_character_is_an_address(
        before in "[a-z]{0,5}", control in prop::char::range('\0', '\u{1f}'), after in "[a-z]{0,5}",
    ) {
        let text = format!("{before}{control}{after}@example.com");
        prop_assert!(text.parse::<Mailbox>().is_err());
        let text = format!("ada@{before}{control}{after}.com");
        prop_assert!(text.parse::<Mailbox>().is_err());
    }
}
