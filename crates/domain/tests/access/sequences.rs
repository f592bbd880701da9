//! What no sequence of permitted writes brings about, however long and clever.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::reference::Reference;
use crate::world::writes::{CALLER, Course, Outcome, world, writes};
use crate::world::{Held, PEOPLE, World, binding, group_name, person_name};

/// Everybody, everywhere.
fn places(world: &World) -> impl Iterator<Item = (String, String)> {
    let groups = 0..world.parents.len();
    groups.flat_map(|group| (0..PEOPLE).map(move |at| (person_name(at), group_name(group))))
}

/// The instants from now on at which anything ends in one of the worlds.
fn instants(one: &Reference, other: &Reference, now: i64) -> Vec<i64> {
    let mut all = one.instants(now, None);
    all.extend(other.instants(now, None));
    all.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn nobody_is_raised_above_the_caller_or_lowered_from_above(
        world in world(), writes in writes(),
    ) {
        let course = Course::run(world.clone(), &writes);
        let (before, after) = (world.reference(), course.world.reference());
        let caller = person_name(CALLER);
        for at in instants(&before, &after, course.now) {
            for (person, group) in places(&world) {
                let callers = before.held(&caller, &group, at);
                let was = before.held(&person, &group, at);
                let is = after.held(&person, &group, at);
                let gained = is.iter().find(|what| !was.contains(*what) && !callers.contains(*what));
                prop_assert!(gained.is_none(), "{person} gained {gained:?} at {group}, {at}");
                // Whoever leaves loses what they had: that is not from above.
                let lost = was.iter().find(|what| !is.contains(*what) && !callers.contains(*what));
                prop_assert!(lost.is_none(), "{person} lost {lost:?} at {group}, {at}");
            }
        }
    }

    #[test]
    fn no_grant_outlives_the_hold_of_its_maker(world in world(), writes in writes()) {
        for made in Course::run(world, &writes).made {
            let (before, new) = (made.before.reference(), binding(&made.held));
            let until = new.end.unwrap_or(i64::MAX);
            for at in before.instants(made.at, Some(until)) {
                let held = before.held(&person_name(CALLER), &new.group, at);
                prop_assert!(new.role.is_subset(&held), "{:?} at {at}", made.held);
            }
        }
    }

    #[test]
    fn an_organization_keeps_an_owner(world in world(), writes in writes()) {
        let after = Course::run(world.clone(), &writes).world;
        for organization in (0..world.parents.len()).filter(|&at| world.parents[at].is_none()) {
            let name = group_name(organization);
            prop_assert!(
                after.deleted[organization]
                    || after.reference().has_owner(&name)
                    || !world.reference().has_owner(&name)
            );
        }
    }
}

/// How many of some sequences show what the properties above are about.
#[derive(Debug, Default)]
struct Shares {
    mixed: usize,
    given_to_others: usize,
    given_with_an_end: usize,
    taken_from_others: usize,
    owned_by_the_caller_alone: usize,
}

impl Shares {
    fn count(&mut self, before: &World, course: &Course) {
        let made = |is: fn(&Held) -> bool| course.made.iter().any(|made| is(&made.held));
        let others = before.bindings.iter().filter(|held| held.person != CALLER);
        let mut without_caller = before.clone();
        without_caller.bindings.retain(|held| held.person != CALLER);
        let has = |outcome| course.outcomes.contains(&outcome);
        self.mixed += usize::from(has(Outcome::Done) && has(Outcome::Refused));
        self.given_to_others += usize::from(made(|held| held.person != CALLER));
        self.given_with_an_end += usize::from(made(|held| held.end.is_some()));
        self.taken_from_others += usize::from(
            others
                .clone()
                .any(|held| !course.world.bindings.contains(held)),
        );
        self.owned_by_the_caller_alone +=
            usize::from(before.has_owner(0) && !without_caller.has_owner(0));
    }
}

/// The properties above say little if hardly anything is permitted, or nearly all.
#[test]
fn a_good_share_of_the_sequences_has_permitted_writes_and_refusals() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut shares = Shares::default();
    for _ in 0..1000 {
        let drawn = (world(), writes()).new_tree(&mut runner).unwrap();
        let (world, writes) = drawn.current();
        shares.count(&world, &Course::run(world.clone(), &writes));
    }
    println!("of 1000: {shares:?}");
    assert!(shares.mixed > 500, "{shares:?}");
    assert!(shares.given_to_others > 150, "{shares:?}");
    assert!(shares.given_with_an_end > 100, "{shares:?}");
    assert!(shares.taken_from_others > 100, "{shares:?}");
    assert!(shares.owned_by_the_caller_alone > 50, "{shares:?}");
}
