//! What a change changes, and the least change that lets somebody do something: against every node
//! and every role of a small world.

mod support;

use bailiwick_domain::{Grant, RoleToBind, Uidp, allows, capabilities_at, differences, least_role};
use proptest::collection::vec;
use proptest::prelude::*;
use support::{capabilities, capability, grants, instant, node, whole_tree};

fn roles() -> impl Strategy<Value = Vec<RoleToBind>> {
    vec(capabilities(), 0..6).prop_map(|sets| {
        let role = |(at, capabilities)| RoleToBind {
            role: Uidp::root([u8::try_from(at).unwrap_or(0); 20]),
            name: format!("role {at}"),
            capabilities,
        };
        sets.into_iter().enumerate().map(role).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn at_every_node_the_difference_is_that_of_the_nearest_place_above(
        before in grants(), after in grants(), now in instant(),
    ) {
        let found = differences(&before, &after, now);
        for node in whole_tree() {
            let (held, will_hold) = (
                capabilities_at(&before, &node, now),
                capabilities_at(&after, &node, now),
            );
            let nearest = found
                .iter()
                .filter(|place| place.group.reaches(&node))
                .max_by_key(|place| place.group.depth());
            let (gained, lost) = nearest
                .map(|place| (place.gained, place.lost))
                .unwrap_or_default();
            prop_assert_eq!(gained, will_hold.difference(&held), "gained at {}", node);
            prop_assert_eq!(lost, held.difference(&will_hold), "lost at {}", node);
        }
    }

    #[test]
    fn no_place_is_named_in_vain(before in grants(), after in grants(), now in instant()) {
        let found = differences(&before, &after, now);
        for (at, place) in found.iter().enumerate() {
            let mut above = found[..at].iter().filter(|above| above.group.reaches(&place.group));
            let says = above.next_back().map(|above| (above.gained, above.lost));
            prop_assert_ne!(says.unwrap_or_default(), (place.gained, place.lost));
        }
        prop_assert!(differences(&before, &before, now).is_empty());
    }

    #[test]
    fn the_least_role_works_and_no_other_that_works_gives_less(
        grants in grants(), what in capability(), at in node(), now in instant(), roles in roles(),
    ) {
        let held = capabilities_at(&grants, &at, now);
        let with = |role: &RoleToBind| {
            let mut with = grants.clone();
            with.push(Grant {
                binding: at.child([8; 8]).unwrap(),
                group: at.clone(),
                role: role.role.clone(),
                capabilities: role.capabilities,
                ends_at: None,
            });
            with
        };
        prop_assume!(!allows(&grants, what, &at, now));
        let works = |role: &RoleToBind| allows(&with(role), what, &at, now);
        let gain = |role: &RoleToBind| {
            capabilities_at(&with(role), &at, now).difference(&held).len()
        };
        match least_role(&grants, what, &at, now, &roles) {
            Some(least) => {
                prop_assert!(works(least));
                for other in roles.iter().filter(|other| works(other)) {
                    prop_assert!(gain(least) <= gain(other));
                }
            }
            None => prop_assert!(!roles.iter().any(works)),
        }
    }
}
