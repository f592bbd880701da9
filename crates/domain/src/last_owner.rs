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
    let mut held: BTreeMap<Uidp, CapabilitySet> = BTreeMap::new();
    bindings
        .into_iter()
        .filter(|binding| binding.can_sign_in && binding.ends_at.is_none())
        .any(|binding| {
            let all = held.entry(binding.identity).or_default();
            *all = all.union(&binding.capabilities);
            owner().capabilities.is_subset_of(all)
        })
}
