//! The laws of ids.

mod support;

use bailiwick_domain::{GROUP_DEPTH_MAX, Uidp, UidpError, identity_uidp};
use proptest::collection::vec;
use proptest::prelude::*;
use support::{node, node_at, whole_tree};

/// `^[0-9a-f]{40}(?:/[0-9a-f]{16})*$` by positions, for texts of any depth.
fn is_uidp(text: &str) -> bool {
    let is_whole = text.len() >= 40 && (text.len() - 40).is_multiple_of(17);
    is_whole
        && text.chars().enumerate().all(|(at, found)| match at {
            40.. if (at - 40) % 17 == 0 => found == '/',
            _ => matches!(found, '0'..='9' | 'a'..='f'),
        })
}

#[expect(clippy::unwrap_used, reason = "a test's helper")]
fn any_uidp() -> impl Strategy<Value = Uidp> {
    (any::<[u8; 20]>(), vec(any::<[u8; 8]>(), 0..6)).prop_map(|(root, steps)| {
        steps
            .into_iter()
            .fold(Uidp::root(root), |node, step| node.child(step).unwrap())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn an_id_is_read_back_from_its_text_and_from_json(id in any_uidp()) {
        let text = id.to_string();
        prop_assert!(is_uidp(&text));
        prop_assert_eq!(&text.parse::<Uidp>().unwrap(), &id);
        let json = serde_json::to_string(&id).unwrap();
        prop_assert_eq!(&json, &format!("\"{text}\""));
        prop_assert_eq!(serde_json::from_str::<Uidp>(&json).unwrap(), id);
    }

    #[test]
    fn an_id_with_one_character_off_is_refused(
        id in node(), at in any::<prop::sample::Index>(), kind in 0..3,
        new in prop::sample::select("0aAgF/ \n.é-\0".chars().collect::<Vec<_>>()),
    ) {
        let old = id.as_str();
        let at = at.index(old.len());
        let tail = if kind == 0 { at } else { at + 1 };
        let new = if kind == 2 { String::new() } else { new.to_string() };
        let text = format!("{}{new}{}", &old[..at], &old[tail..]);
        prop_assert_eq!(text.parse::<Uidp>().is_ok(), is_uidp(&text), "{}", text);
    }

    #[test]
    fn an_id_reaches_what_has_its_text_as_a_prefix_up_to_a_slash(one in node(), other in node()) {
        let starts = other.as_str().starts_with(&format!("{one}/"));
        prop_assert_eq!(one.reaches(&other), one == other || starts);
        prop_assert_eq!(other.is_below(&one), starts);
    }

    #[test]
    fn the_bounds_below_an_id_hold_exactly_what_is_below_it(one in node(), other in node()) {
        let (from, to) = one.below_bounds();
        prop_assert_eq!((&from, &to), (&format!("{one}/"), &format!("{one}0")));
        let text = other.as_str().as_bytes();
        let is_within = from.as_bytes() <= text && text < to.as_bytes();
        prop_assert_eq!(is_within, other.is_below(&one));
    }

    #[test]
    fn the_ancestors_are_the_prefixes_nearest_first(id in any_uidp()) {
        let mut expected = Vec::new();
        let mut text = id.as_str();
        while let Some((above, _)) = text.rsplit_once('/') {
            expected.push(above.to_owned());
            text = above;
        }
        let ancestors: Vec<String> = id.ancestors().map(|up| up.to_string()).collect();
        prop_assert_eq!(&ancestors, &expected);
        prop_assert_eq!(id.parent().map(|up| up.to_string()), expected.first().cloned());
        prop_assert_eq!(id.organization().to_string(), text);
        prop_assert_eq!(id.depth(), expected.len() + 1);
        prop_assert_eq!(id.is_root(), expected.is_empty());
    }

    #[test]
    fn two_people_have_two_ids(
        one in ("https://[a-c]{0,2}", "[ab\0]{0,3}"), other in ("https://[a-c]{0,2}", "[ab\0]{0,3}"),
    ) {
        let is_one_id = identity_uidp(&one.0, &one.1) == identity_uidp(&other.0, &other.1);
        prop_assert_eq!(is_one_id, one == other);
    }
}

#[test]
fn every_id_stands_directly_before_everything_below_it() {
    let mut tree = whole_tree();
    tree.sort();
    for (at, top) in tree.iter().enumerate() {
        let n_below = tree.iter().filter(|node| node.is_below(top)).count();
        assert!(
            tree[at + 1..=at + n_below]
                .iter()
                .all(|node| node.is_below(top)),
            "{top}"
        );
    }
}

#[test]
fn a_group_is_at_most_a_hundred_deep_and_what_it_owns_one_more() {
    let mut deepest = node_at(0, &[]);
    for _ in 1..Uidp::MAX_DEPTH {
        deepest = deepest.child([7; 8]).unwrap();
    }
    assert_eq!(deepest.depth(), GROUP_DEPTH_MAX + 1);
    assert_eq!(deepest.as_str().parse(), Ok(deepest.clone()));
    assert_eq!(deepest.child([7; 8]), Err(UidpError::TooDeep));
    let too_deep = format!("{deepest}/0707070707070707");
    assert_eq!(too_deep.parse::<Uidp>(), Err(UidpError::TooDeep));
}

#[test]
fn a_refused_id_says_which_part_is_wrong() {
    let root = "0123456789abcdef0123456789abcdef01234567";
    for (text, expected) in [
        (String::new(), UidpError::Root),
        ("/".to_owned(), UidpError::Root),
        (root[1..].to_owned(), UidpError::Root),
        (root.to_uppercase(), UidpError::Root),
        (format!("/{root}"), UidpError::Root),
        (format!("{root}/"), UidpError::Segment { at: 1 }),
        (
            format!("{root}/0123456789abcdef/{root}"),
            UidpError::Segment { at: 2 },
        ),
    ] {
        assert_eq!(text.parse::<Uidp>(), Err(expected), "{text}");
        assert!(serde_json::from_value::<Uidp>(text.into()).is_err());
    }
}

#[test]
fn a_person_has_the_id_that_sha256_gives() {
    let id = identity_uidp("https://accounts.google.com", "1234567890");
    assert_eq!(id.as_str(), "61a36c14d31c365d9bc0c4569a8510767c80a675");
}
