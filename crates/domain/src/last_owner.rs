//! Rule 3: somebody who can sign in always owns an organization for good.

use std::collections::BTreeMap;

use crate::{CapabilitySet, Micros, Uidp, owner};

/// A role binding directly at an organization, as far as rule 3 asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootBinding {
    /// Whose it is.
    pub identity: Uidp,
    /// What its role contains.
    pub capabilities: CapabilitySet,
    /// When it ends, if it does.
    pub ends_at: Option<Micros>,
    /// Whether the identity is a person who is not suspended and whose provider is configured.
    pub can_sign_in: bool,
}

/// Whether one person who can sign in holds, by bindings without an end, every capability of the
/// built-in owner. A binding with an end never counts, so that no expiry can break the rule.
pub fn has_owner(bindings: impl IntoIterator<Item = RootBinding>) -> bool {
    let mut held = BTreeMap::new();
    bindings
        .into_iter()
        .any(|binding| makes_owner(&mut held, binding))
}

/// How many such people there are.
pub fn owner_count(bindings: impl IntoIterator<Item = RootBinding>) -> usize {
    let mut held = BTreeMap::new();
    for binding in bindings {
        makes_owner(&mut held, binding);
    }
    held.values().filter(|all| is_owners(all)).count()
}

/// Whether somebody is an owner by this binding and those of theirs before it.
fn makes_owner(held: &mut BTreeMap<Uidp, CapabilitySet>, binding: RootBinding) -> bool {
    if !binding.can_sign_in || binding.ends_at.is_some() {
        return false;
    }
    let all = held.entry(binding.identity).or_default();
    *all = all.union(&binding.capabilities);
    is_owners(all)
}

fn is_owners(held: &CapabilitySet) -> bool {
    owner().capabilities.is_subset_of(held)
}
