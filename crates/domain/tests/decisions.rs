//! Access decisions, against models that are written differently.

mod support;

use bailiwick_domain::{
    BeyondReach, Capability, CapabilitySet, Grant, Micros, Reason, Uidp, allows, capabilities_at,
    decide, may_pass_on, scopes,
};
use proptest::prelude::*;
use support::{CAPABILITIES, capabilities, capability, end, grants, instant, node, node_at};

/// The rule in its simplest words: go from the node up, and look for a living binding at each step.
fn is_allowed_walking_up(grants: &[Grant], what: Capability, at: &Uidp, now: Micros) -> bool {
    let mut here: Vec<&str> = at.as_str().split('/').collect();
    while !here.is_empty() {
        let group = here.join("/");
        for grant in grants {
            let is_alive = match grant.ends_at {
                Some(end) => now.0 < end.0,
                None => true,
            };
            let has_it = grant.capabilities.iter().any(|held| held == what);
            if grant.group.to_string() == group && has_it && is_alive {
                return true;
            }
        }
        here.pop();
    }
    false
}

#[expect(clippy::unwrap_used, reason = "a test's helper")]
fn grant(group: Uidp, what: Capability, ends_at: Option<Micros>) -> Grant {
    Grant {
        binding: group.child([9; 8]).unwrap(),
        role: Uidp::root([9; 20]),
        group,
        capabilities: [what].into_iter().collect(),
        ends_at,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_decision_is_what_a_walk_up_the_tree_finds(
        grants in grants(), what in capability(), at in node(), now in instant(),
    ) {
        let expected = is_allowed_walking_up(&grants, what, &at, now);
        prop_assert_eq!(allows(&grants, what, &at, now), expected);
        prop_assert_eq!(decide(&grants, what, &at, now).is_allowed(), expected);
    }

    #[test]
    fn a_decision_gives_each_grant_its_true_reason(
        grants in grants(), what in capability(), at in node(), now in instant(),
    ) {
        let decision = decide(&grants, what, &at, now);
        prop_assert_eq!(decision.reasons().len(), grants.len());
        for (grant, reason) in grants.iter().zip(decision.reasons()) {
            prop_assert!(std::ptr::eq(reason.grant(), grant));
            let alone = std::slice::from_ref(grant);
            let nothing_ends = Grant { ends_at: None, ..grant.clone() };
            let allows_but_for_its_end =
                is_allowed_walking_up(&[nothing_ends], what, &at, now);
            let is_near = at.as_str().starts_with(grant.group.as_str());
            match reason {
                Reason::Granted(_) => prop_assert!(is_allowed_walking_up(alone, what, &at, now)),
                Reason::Ended(_) => {
                    prop_assert!(!is_allowed_walking_up(alone, what, &at, now));
                    prop_assert!(allows_but_for_its_end);
                }
                Reason::LacksCapability(_) => prop_assert!(is_near && !allows_but_for_its_end),
                Reason::OutOfReach(_) => prop_assert!(!is_near),
            }
        }
    }

    #[test]
    fn the_capabilities_at_a_node_are_those_that_are_allowed_one_by_one(
        grants in grants(), at in node(), now in instant(),
    ) {
        let expected: CapabilitySet = CAPABILITIES
            .into_iter()
            .filter(|&what| is_allowed_walking_up(&grants, what, &at, now))
            .collect();
        prop_assert_eq!(capabilities_at(&grants, &at, now), expected);
    }

    #[test]
    fn who_may_pass_on_holds_it_all_until_the_end(
        grants in grants(), wanted in capabilities(), at in node(), ends_at in end(), now in instant(),
    ) {
        // Nothing here begins later than now: what is held now and at the last instant is held
        // all the time between.
        let last = ends_at.map_or(Micros(i64::MAX), |end| Micros(end.0 - 1).max(now));
        let missing: CapabilitySet = wanted
            .iter()
            .filter(|&what| !is_allowed_walking_up(&grants, what, &at, last))
            .collect();
        let expected = if missing.is_empty() { Ok(()) } else { Err(BeyondReach(missing)) };
        prop_assert_eq!(may_pass_on(&grants, &wanted, &at, ends_at, now), expected);
    }

    #[test]
    fn what_was_passed_on_gives_nobody_more_than_the_giver_has(
        grants in grants(), wanted in capabilities(), at in node(), ends_at in end(), now in instant(),
        below in node(), later in 0..6i64,
    ) {
        let missing = may_pass_on(&grants, &wanted, &at, ends_at, now)
            .map_or_else(|beyond| beyond.0, |()| CapabilitySet::empty());
        let passed_on = Grant {
            capabilities: wanted.difference(&missing),
            ends_at,
            ..grant(at, Capability::GROUPS_LIST, None)
        };
        let later = Micros(now.0 + later);
        let receiver = capabilities_at(&[passed_on], &below, later);
        prop_assert!(receiver.is_subset_of(&capabilities_at(&grants, &below, later)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn scopes_are_the_topmost_nodes_that_are_allowed(
        grants in grants(), what in capability(), now in instant(),
    ) {
        let tree = support::whole_tree();
        let is_allowed = |node: &Uidp| is_allowed_walking_up(&grants, what, node, now);
        let mut expected: Vec<&Uidp> = tree
            .iter()
            .filter(|node| is_allowed(node) && !node.parent().is_some_and(|up| is_allowed(&up)))
            .collect();
        expected.sort_by_key(|node| node.to_string());
        let scopes = scopes(&grants, what, now);
        prop_assert_eq!(&scopes, &expected);
        for node in &tree {
            prop_assert_eq!(scopes.iter().any(|scope| scope.reaches(node)), is_allowed(node));
        }
    }
}

#[test]
fn a_grant_is_dead_at_its_instant_and_not_before() {
    let group = node_at(0, &[1]);
    let grants = [grant(
        group.clone(),
        Capability::GROUPS_LIST,
        Some(Micros(100)),
    )];
    for (now, expected) in [(99, true), (100, false), (101, false)] {
        let now = Micros(now);
        assert_eq!(
            allows(&grants, Capability::GROUPS_LIST, &group, now),
            expected
        );
        assert_eq!(capabilities_at(&grants, &group, now).is_empty(), !expected);
        assert_eq!(
            scopes(&grants, Capability::GROUPS_LIST, now).is_empty(),
            !expected
        );
    }
}

#[test]
fn a_grant_says_nothing_about_what_stands_above_or_beside_it() {
    let grants = [grant(node_at(0, &[1, 1]), Capability::GROUPS_LIST, None)];
    for (at, expected) in [
        (node_at(0, &[1, 1]), true),
        (node_at(0, &[1, 1, 2]), true),
        (node_at(0, &[1]), false),
        (node_at(0, &[1, 2]), false),
        (node_at(1, &[1, 1]), false),
    ] {
        assert_eq!(
            allows(&grants, Capability::GROUPS_LIST, &at, Micros(0)),
            expected,
            "{at}"
        );
    }
}

#[test]
fn nobody_passes_on_what_ends_later_than_their_own_hold() {
    let at = node_at(0, &[]);
    let wanted: CapabilitySet = [Capability::GROUPS_LIST].into_iter().collect();
    let grants = [grant(
        at.clone(),
        Capability::GROUPS_LIST,
        Some(Micros(100)),
    )];
    for (ends_at, is_fine) in [
        (Some(99), true),
        (Some(100), true),
        (Some(101), false),
        (None, false),
    ] {
        let answer = may_pass_on(&grants, &wanted, &at, ends_at.map(Micros), Micros(0));
        assert_eq!(
            answer,
            if is_fine {
                Ok(())
            } else {
                Err(BeyondReach(wanted))
            },
            "{ends_at:?}"
        );
    }
}

#[test]
fn a_denial_without_grants_has_no_reasons() {
    let decision = decide(&[], Capability::GROUPS_LIST, &node_at(0, &[]), Micros(0));
    assert!(!decision.is_allowed());
    assert_eq!(decision.reasons(), []);
}
