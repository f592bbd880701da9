//! Why somebody may do something somewhere, what would let them, and who may.

mod ask;
mod holders;
mod makers;
mod remedy;
mod row;
mod subject;

use bailiwick_domain::{Capability, Uidp};

use crate::access::Caller;
use crate::bindings::BoundIdentity;
use crate::groups::GroupRow;
use crate::store::Store;

pub use holders::HolderRow;
#[cfg(test)]
pub(crate) use remedy::statement as roles_statement;
pub use remedy::{RemedyKind, RemedyRow};
#[cfg(test)]
pub(crate) use row::statement as bindings_statement;
pub use row::{ExplainedBinding, Part};

/// Why an identity holds nothing, whatever is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Void {
    /// The host has suspended them.
    Suspended,
    /// Their provider is not configured.
    ProviderMissing,
    /// They have not signed in yet: what is bound holds from then on.
    NeverSignedIn,
    /// The caller asks about themselves from a device, and the organization does not want those.
    DeviceSignInOff,
}

/// What somebody may do at a group, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// Where, with its path.
    pub group: GroupRow,
    /// Who.
    pub identity: BoundIdentity,
    /// Why they hold nothing at all.
    pub void: Option<Void>,
    /// Their bindings on the way to the group, the topmost first.
    pub bindings: Vec<ExplainedBinding>,
    /// What they may do there: each capability with the places in `bindings` of those that give it.
    pub sources: Vec<(Capability, Vec<usize>)>,
    /// Of a question about one capability: the answer.
    pub decision: Option<bool>,
    /// What would make a no a yes.
    pub remedy: Option<RemedyRow>,
}

/// Questions about access as one caller may ask them.
#[derive(Debug)]
pub struct ExplainHandle<'a> {
    store: &'a Store,
    caller: &'a Caller,
}

impl<'a> ExplainHandle<'a> {
    pub(crate) fn new(store: &'a Store, caller: &'a Caller) -> Self {
        Self { store, caller }
    }
}

/// The group and everything above it.
fn way(group: &Uidp) -> Vec<Uidp> {
    std::iter::once(group.clone())
        .chain(group.ancestors())
        .collect()
}
