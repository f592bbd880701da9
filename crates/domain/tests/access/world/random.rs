//! Random worlds. Few groups, parts of roles and instants, so that things often meet.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Held, PARTS, PEOPLE, World, owner_role};

/// Groups of a world; more than there are is taken modulo.
const GROUPS: usize = 9;

pub(crate) fn group() -> impl Strategy<Value = usize> {
    // Numbers near 0 are near the root, where rights matter most.
    prop_oneof![2 => 0..2usize, 3 => 0..GROUPS]
}

pub(crate) fn instant() -> impl Strategy<Value = i64> {
    0..8i64
}

pub(crate) fn end() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![3 => Just(None), 2 => (1..9i64).prop_map(Some)]
}

pub(crate) fn role() -> impl Strategy<Value = Vec<usize>> {
    let parts = || (0..PARTS).collect::<Vec<_>>();
    prop_oneof![
        3 => prop::sample::subsequence(parts(), 1..=2),
        2 => prop::sample::subsequence(parts(), 0..=PARTS),
        1 => Just(owner_role()),
    ]
}

pub(crate) fn held() -> impl Strategy<Value = Held> {
    (0..PEOPLE, group(), role(), end()).prop_map(|(person, group, role, end)| Held {
        person,
        group,
        role,
        end,
    })
}

pub(crate) fn world() -> impl Strategy<Value = World> {
    let parents = vec(prop::option::weighted(0.9, 0..GROUPS), 2..=GROUPS);
    let can_sign_in = prop::array::uniform4(prop::bool::weighted(0.7));
    (parents, can_sign_in, vec(held(), 0..9)).prop_map(|(parents, can_sign_in, bindings)| {
        let n_groups = parents.len();
        let above = |(at, parent): (usize, Option<usize>)| match at {
            0 => None,
            at => parent.map(|parent| parent % at),
        };
        World {
            parents: parents.into_iter().enumerate().map(above).collect(),
            deleted: vec![false; n_groups],
            can_sign_in,
            bindings: bindings
                .into_iter()
                .map(|held| Held {
                    group: held.group % n_groups,
                    ..held
                })
                .collect(),
        }
    })
}
