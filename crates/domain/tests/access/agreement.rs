//! The engine and the reference, side by side in random worlds.

use std::collections::BTreeSet;

use crate::world::random::{held, instant, world};
use crate::world::{Held, PEOPLE, SAMPLES, World, binding, group_name, person_name, writes};
use bailiwick_domain::{Capability, Micros, decide, scopes};
use proptest::prelude::*;

/// Who asks for what where, all as numbers.
fn question() -> impl Strategy<Value = (usize, Capability, prop::sample::Index)> {
    let what = prop::sample::select(SAMPLES.to_vec());
    (0..PEOPLE, what, any::<prop::sample::Index>())
}

fn with_group(held: Held, world: &World) -> Held {
    Held {
        group: held.group % world.parents.len(),
        ..held
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn both_decide_alike(world in world(), (person, what, at) in question(), now in instant()) {
        let group = at.index(world.parents.len());
        let reference = world.reference();
        let (name, place) = (person_name(person), group_name(group));
        let expected = reference.is_allowed(&name, what.name(), &place, now);
        prop_assert_eq!(world.is_allowed(person, what, group, now), expected);
        let grants = world.grants(person);
        let decision = decide(&grants, what, &world.uidp(group), Micros(now));
        prop_assert_eq!(decision.is_allowed(), expected);
        let held: BTreeSet<_> = world
            .capabilities_at(person, group, now)
            .iter()
            .map(Capability::name)
            .collect();
        prop_assert_eq!(held, reference.held(&name, &place, now));
    }

    #[test]
    fn both_find_the_same_topmost_groups(
        world in world(), (person, what, _) in question(), now in instant(),
    ) {
        let grants = world.grants(person);
        let scopes: BTreeSet<String> = scopes(&grants, what, Micros(now))
            .into_iter()
            .map(|scope| {
                let group = (0..world.parents.len()).find(|&group| world.uidp(group) == *scope);
                group_name(group.unwrap())
            })
            .collect();
        let expected = world.reference().topmost(&person_name(person), what.name(), now);
        prop_assert_eq!(scopes, expected);
    }

    #[test]
    fn both_know_an_owner(world in world()) {
        for organization in (0..world.parents.len()).filter(|&at| world.parents[at].is_none()) {
            prop_assert_eq!(
                world.has_owner(organization),
                world.reference().has_owner(&group_name(organization))
            );
        }
    }

    #[test]
    fn both_permit_the_same_bindings(
        world in writes::world(), new in held(), now in instant(),
    ) {
        let (reference, new) = (world.reference(), with_group(new, &world));
        for writer in 0..PEOPLE {
            prop_assert_eq!(
                world.may_bind(writer, &new, now),
                reference.may_bind(&person_name(writer), &binding(&new), now)
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    /// Rule 2 when an invite is made or renewed, and again when it is accepted, in a world that has
    /// gone on meanwhile.
    #[test]
    fn both_permit_the_same_invites(
        then in writes::world(), gone in any::<prop::sample::Index>(), new in held(),
        (made, accepted) in (instant(), instant()),
    ) {
        let new = with_group(new, &then);
        let mut later = then.clone();
        if !later.bindings.is_empty() {
            later.bindings.remove(gone.index(then.bindings.len()));
        }
        for inviter in 0..PEOPLE {
            let name = person_name(inviter);
            prop_assert_eq!(
                then.may_invite(inviter, &new, made),
                then.reference().may_invite(&name, &binding(&new), made)
            );
            for world in [&then, &later] {
                prop_assert_eq!(
                    world.may_accept(inviter, &new, accepted),
                    world.reference().may_accept(&name, &binding(&new), accepted)
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn both_permit_the_same_removals(world in writes::world(), now in instant()) {
        let reference = world.reference();
        for writer in 0..PEOPLE {
            let name = person_name(writer);
            for at in 0..world.bindings.len() {
                prop_assert_eq!(
                    world.may_unbind(writer, at, now),
                    reference.may_unbind(&name, at, now)
                );
            }
            for group in 0..world.parents.len() {
                prop_assert_eq!(
                    world.may_delete(writer, group, now),
                    reference.may_delete(&name, &group_name(group), now)
                );
            }
        }
    }
}
