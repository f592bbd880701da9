//! E-mail addresses and when a provider is believed.

use std::collections::{BTreeSet, HashSet};

use bailiwick_domain::{EmailAddress, EmailError, EmailTrust, vouched_email};
use proptest::prelude::*;

const GOOGLE: &str = "https://accounts.google.com";
const OTHER: &str = "https://id.example.com";

proptest! {
    #[test]
    fn an_address_is_the_same_in_capitals_and_with_space_around_it(
        name in "[a-zé.+]{1,8}", domain in "[a-z]{1,5}\\.[a-z]{2}", space in "[ \\t\\n]{0,2}",
    ) {
        let text = format!("{name}@{domain}");
        let typed = format!("{space}{}{space}", text.to_ascii_uppercase());
        let (one, other): (EmailAddress, EmailAddress) = (text.parse().unwrap(), typed.parse().unwrap());
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(one.to_key(), other.to_key());
        prop_assert_eq!(other.as_str(), typed.trim());
        prop_assert_eq!(HashSet::from([one.clone(), other.clone()]).len(), 1);
        prop_assert_eq!(BTreeSet::from([one, other]).len(), 1);
    }

    #[test]
    fn addresses_that_differ_in_more_than_case_are_different(
        one in "[a-cA-C]{1,3}@[ab]{1,2}\\.c", other in "[a-cA-C]{1,3}@[ab]{1,2}\\.c",
    ) {
        let is_one = one.to_lowercase() == other.to_lowercase();
        let order = one.to_lowercase().cmp(&other.to_lowercase());
        let (one, other): (EmailAddress, EmailAddress) = (one.parse().unwrap(), other.parse().unwrap());
        prop_assert_eq!(one == other, is_one);
        prop_assert_eq!(one.cmp(&other), order);
    }
}

#[test]
fn each_way_to_miss_an_address_has_its_own_answer() {
    let long = format!("{}@example.com", "a".repeat(243));
    for (text, expected) in [
        ("", EmailError::Empty),
        (" \t", EmailError::Empty),
        (&long, EmailError::TooLong { max: 254, got: 255 }),
        ("ada", EmailError::NoAt),
        ("ada@b@example.com", EmailError::ManyAts),
        ("ada@example.com, bob@example.com", EmailError::ManyAts),
        (
            "ada lovelace@example.com",
            EmailError::Character { found: ' ', at: 3 },
        ),
        (
            "a\0@example.com",
            EmailError::Character { found: '\0', at: 1 },
        ),
        (
            "Ada <ada@example.com>",
            EmailError::Character { found: ' ', at: 3 },
        ),
        (
            "ada@example.com,",
            EmailError::Character { found: ',', at: 15 },
        ),
        (
            "é@exa mple.com",
            EmailError::Character { found: ' ', at: 5 },
        ),
        (
            "ada@[10.0.0.1]",
            EmailError::Character { found: '[', at: 4 },
        ),
        ("@example.com", EmailError::NoName),
        ("ada@", EmailError::Domain),
        ("ada@localhost", EmailError::Domain),
        ("ada@example.", EmailError::Domain),
        ("ada@.com", EmailError::Domain),
        ("ada@example..com", EmailError::Domain),
    ] {
        assert_eq!(text.parse::<EmailAddress>(), Err(expected), "{text}");
        assert!(serde_json::from_value::<EmailAddress>(text.into()).is_err());
    }
    assert!(long[1..].parse::<EmailAddress>().is_ok());
    assert!("ada+x@bücher.example".parse::<EmailAddress>().is_ok());
}

#[test]
fn an_address_counts_only_when_the_provider_is_believed() {
    use EmailTrust::{Claim, Domains, Never};
    let domains = || Domains(vec!["Example.com".to_owned(), "example.org".to_owned()]);
    for (trust, issuer, email, is_verified, hd, expected) in [
        (Claim, OTHER, "ada@example.com", true, None, true),
        (Claim, OTHER, "ada@example.com", false, None, false),
        (
            Claim,
            OTHER,
            "ada@example.com",
            false,
            Some("example.com"),
            false,
        ),
        (Claim, OTHER, "no address", true, None, false),
        // Google runs the mailbox, or it does not count.
        (Claim, GOOGLE, "ada@example.com", true, None, false),
        (Claim, GOOGLE, "ada@example.com", true, Some(""), false),
        (
            Claim,
            GOOGLE,
            "ada@example.com",
            true,
            Some("example.com"),
            true,
        ),
        (
            Claim,
            GOOGLE,
            "ada@example.com",
            false,
            Some("example.com"),
            false,
        ),
        (Claim, GOOGLE, "ada@Gmail.com", true, None, true),
        (Claim, GOOGLE, "ada@gmail.com", false, None, false),
        (Claim, GOOGLE, "ada@notgmail.com", true, None, false),
        (
            Claim,
            GOOGLE,
            "ada@gmail.com.example.com",
            true,
            None,
            false,
        ),
        // Trusted domains are compared whole.
        (domains(), OTHER, "ada@example.com", false, None, true),
        (domains(), OTHER, "ada@EXAMPLE.ORG", true, None, true),
        (domains(), OTHER, "ada@mail.example.com", true, None, false),
        (domains(), OTHER, "ada@badexample.com", true, None, false),
        (domains(), GOOGLE, "ada@example.com", true, None, false),
        (
            domains(),
            GOOGLE,
            "ada@example.com",
            true,
            Some("example.com"),
            true,
        ),
        (domains(), GOOGLE, "ada@gmail.com", true, None, false),
        (Domains(vec![]), OTHER, "ada@example.com", true, None, false),
        (Never, OTHER, "ada@example.com", true, None, false),
        (
            Never,
            GOOGLE,
            "ada@gmail.com",
            true,
            Some("example.com"),
            false,
        ),
    ] {
        let vouched = vouched_email(&trust, issuer, Some(email), is_verified, hd);
        let expected = expected.then(|| email.parse().unwrap());
        assert_eq!(
            vouched, expected,
            "{trust:?} {issuer} {email} {is_verified} {hd:?}"
        );
        assert_eq!(vouched_email(&trust, issuer, None, is_verified, hd), None);
    }
}
