//! Several changes of access as one transaction: judged, or made. Both run the very functions that
//! the writes use; a preview takes back what it did.

mod affected;
mod judge;
mod make;
mod people;

use bailiwick_domain::{CapabilitySet, ChangesError, Uidp};

use crate::access::Caller;
use crate::act::{Actor, Attempt};
use crate::bindings::{BindingChange, BoundIdentity, NewBinding};
use crate::error::Failure;
use crate::roles::{NewRole, RoleChange};
use crate::store::Store;

/// How many people an answer names.
const PEOPLE_SHOWN: usize = 200;
/// How many places an answer names of each.
const PLACES_SHOWN: usize = 20;

/// One change.
#[derive(Debug, Clone)]
pub enum AccessChange {
    /// Bind a role.
    CreateBinding(NewBinding),
    /// Change role or end of a binding.
    UpdateBinding(Uidp, BindingChange),
    /// Remove a binding.
    DeleteBinding(Uidp),
    /// Make a custom role.
    CreateRole(NewRole),
    /// Change a custom role.
    UpdateRole(Uidp, RoleChange),
    /// Delete a custom role.
    DeleteRole(Uidp),
    /// Remove all bindings of a person at a group and below.
    RemoveIdentity {
        /// Who.
        identity: Uidp,
        /// Where.
        group: Uidp,
    },
}

impl AccessChange {
    /// The organization in which it is made.
    pub fn organization(&self) -> Uidp {
        match self {
            Self::CreateBinding(new) => new.group.organization(),
            Self::CreateRole(new) => new.group.organization(),
            Self::UpdateBinding(uid, _)
            | Self::DeleteBinding(uid)
            | Self::UpdateRole(uid, _)
            | Self::DeleteRole(uid)
            | Self::RemoveIdentity { group: uid, .. } => uid.organization(),
        }
    }

    /// Whether it can take something from somebody.
    fn takes_away(&self) -> bool {
        matches!(
            self,
            Self::UpdateBinding(..)
                | Self::DeleteBinding(_)
                | Self::UpdateRole(..)
                | Self::RemoveIdentity { .. }
        )
    }
}

/// What changes do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The organization's revision: before them in a preview, after them once they are made.
    pub revision: i64,
    /// How many people gain something somewhere.
    pub gain_count: usize,
    /// How many people lose something somewhere.
    pub lose_count: usize,
    /// How many people own the organization for good then.
    pub owner_count: usize,
    /// Those whom the caller may see, whoever loses first and then the most first.
    pub people: Vec<PersonEffect>,
    /// What a rule refuses.
    pub refusals: Vec<RefusedChange>,
}

/// What somebody gains and loses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonEffect {
    /// Who.
    pub identity: BoundIdentity,
    /// Everything gained somewhere.
    pub gained: CapabilitySet,
    /// Everything lost somewhere.
    pub lost: CapabilitySet,
    /// Whether they own some group that they did not own.
    pub becomes_owner: bool,
    /// Whether they own some group no longer.
    pub was_owner: bool,
    /// Where, as far as the caller may see.
    pub places: Vec<PlaceEffect>,
}

/// What somebody gains and loses at a group and below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceEffect {
    /// Where.
    pub group: Uidp,
    /// The group's name.
    pub group_name: String,
    /// Gained there.
    pub gained: CapabilitySet,
    /// Lost there.
    pub lost: CapabilitySet,
}

/// A change that a rule refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedChange {
    /// Its place in the list.
    pub index: usize,
    /// A word for programs.
    pub reason: &'static str,
    /// For a person.
    pub message: String,
}

/// Changes of access as one caller may preview and make them.
#[derive(Debug)]
pub struct ChangesHandle<'a> {
    store: &'a Store,
    caller: &'a Caller,
}

impl<'a> ChangesHandle<'a> {
    pub(crate) fn new(store: &'a Store, caller: &'a Caller) -> Self {
        Self { store, caller }
    }

    /// What these changes in one organization would do. Nothing is changed, and no trail is left.
    ///
    /// # Errors
    /// [`ChangesError::NotFound`]. What a rule refuses is part of the answer.
    pub async fn preview(
        &self,
        organization: Uidp,
        changes: Vec<AccessChange>,
    ) -> Result<Effect, Failure<ChangesError>> {
        let (actor, caller) = self.actor();
        let attempt = Attempt::on("access.preview", &organization);
        self.store
            .act(actor, attempt, move |act| {
                Box::pin(judge::preview(act, caller, organization, changes))
            })
            .await
    }

    /// Makes all of these changes in one organization, or none. With a `revision`, only if nobody
    /// has changed anything there since.
    ///
    /// # Errors
    /// See [`ChangesError`].
    pub async fn apply(
        &self,
        organization: Uidp,
        changes: Vec<AccessChange>,
        revision: Option<i64>,
    ) -> Result<Effect, Failure<ChangesError>> {
        let (actor, caller) = self.actor();
        let attempt = Attempt::on("access.apply", &organization);
        self.store
            .act(actor, attempt, move |act| {
                Box::pin(judge::apply(act, caller, organization, changes, revision))
            })
            .await
    }

    fn actor(&self) -> (Actor, Uidp) {
        let caller = self.caller.clone();
        let identity = caller.identity().clone();
        (Actor::Person(caller), identity)
    }
}
