//! A small world in which things meet: two organizations with three children at each step, few
//! capabilities and few instants, so that random grants often touch the same nodes and times.
#![allow(
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    missing_docs,
    reason = "each test file uses its part"
)]

use bailiwick_domain::{Capability, CapabilitySet, Grant, Micros, Uidp};
use proptest::collection::vec;
use proptest::prelude::*;

pub const CAPABILITIES: [Capability; 4] = [
    Capability::GROUPS_LIST,
    Capability::ROLE_BINDINGS_DELETE,
    Capability::IDENTITY_PROVIDERS_SCIM_MANAGE,
    Capability::GULFSTREAM,
];

pub fn node_at(organization: u8, steps: &[u8]) -> Uidp {
    let mut node = Uidp::root([organization; 20]);
    for &step in steps {
        node = node.child([step; 8]).unwrap();
    }
    node
}

pub fn node() -> impl Strategy<Value = Uidp> {
    (0..2u8, vec(0..3u8, 0..=3)).prop_map(|(organization, steps)| node_at(organization, &steps))
}

/// Every node of the small world.
pub fn whole_tree() -> Vec<Uidp> {
    let mut nodes: Vec<Uidp> = (0..2).map(|n| node_at(n, &[])).collect();
    let mut at = 0;
    while at < nodes.len() {
        if nodes[at].depth() < 4 {
            let children: Vec<Uidp> = (0..3).map(|n| nodes[at].child([n; 8]).unwrap()).collect();
            nodes.extend(children);
        }
        at += 1;
    }
    nodes
}

pub fn capability() -> impl Strategy<Value = Capability> {
    prop::sample::select(CAPABILITIES.to_vec())
}

pub fn capabilities() -> impl Strategy<Value = CapabilitySet> {
    prop::sample::subsequence(CAPABILITIES.to_vec(), 0..=CAPABILITIES.len())
        .prop_map(|some| some.into_iter().collect())
}

pub fn instant() -> impl Strategy<Value = Micros> {
    (0..6i64).prop_map(Micros)
}

pub fn end() -> impl Strategy<Value = Option<Micros>> {
    prop::option::of(instant())
}

pub fn grants() -> impl Strategy<Value = Vec<Grant>> {
    let grant = (node(), capabilities(), end()).prop_map(|(group, capabilities, ends_at)| Grant {
        binding: group.child([9; 8]).unwrap(),
        role: Uidp::root([9; 20]),
        group,
        capabilities,
        ends_at,
    });
    vec(grant, 0..7)
}
