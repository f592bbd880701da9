//! What a caller holds: role bindings, each joined with its role.

use crate::{Capability, CapabilitySet, Micros, Uidp};

/// One role binding of one identity with what its role contains: the identity holds
/// `capabilities` at `group` and everything below, until `ends_at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role binding.
    pub binding: Uidp,
    /// Where it holds, with everything below.
    pub group: Uidp,
    /// The role that it binds.
    pub role: Uidp,
    /// What the role contains.
    pub capabilities: CapabilitySet,
    /// The first instant at which it no longer holds, or `None` when it never ends.
    pub ends_at: Option<Micros>,
}

impl Grant {
    /// Whether the end has come. A grant is dead at its very instant.
    #[inline]
    pub fn has_ended(&self, now: Micros) -> bool {
        self.ends_at.is_some_and(|end| now >= end)
    }

    /// Whether this grant alone allows `what` at `at`.
    #[inline]
    pub fn allows(&self, what: Capability, at: &Uidp, now: Micros) -> bool {
        self.capabilities.contains(what) && !self.has_ended(now) && self.group.reaches(at)
    }

    /// Whether this grant lasts at least until `ends_at`, where `None` is for ever.
    pub fn lasts_until(&self, ends_at: Option<Micros>) -> bool {
        match (self.ends_at, ends_at) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(wanted)) => own >= wanted,
        }
    }
}
