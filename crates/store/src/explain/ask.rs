//! Questions about one person.

use bailiwick_domain::{Capability, ExplainError, Grant, Micros, Uidp, allows};
use sqlx::AnyConnection;

use crate::access::{grants, held_by};
use crate::error::Failure;
use crate::explain::row::{Eye, bindings};
use crate::explain::subject::subject;
use crate::explain::{ExplainHandle, Explained, ExplainedBinding, Void};
use crate::groups::{self, GroupRow};

/// What it takes at a group to ask about somebody else.
const TO_ASK: [Capability; 2] = [Capability::ROLE_BINDINGS_LIST, Capability::IDENTITY_LIST];

impl ExplainHandle<'_> {
    /// Whether an identity may do `what` at a group, or without `what` all that they may do there.
    /// Of oneself wherever one sees the group; of others it takes `role_bindings.list` and
    /// `identity.list` there.
    ///
    /// # Errors
    /// See [`ExplainError`].
    pub async fn person(
        &self,
        identity: &Uidp,
        what: Option<Capability>,
        group: &Uidp,
    ) -> Result<Explained, Failure<ExplainError>> {
        let (caller, now) = (self.caller.identity(), self.store.now());
        let issuers = &*self.store.issuers;
        let mut snapshot = self.store.readers.begin().await?;
        let about_others = identity != caller;
        if !about_others && self.caller.by_device {
            let off = self.switched_off(&mut snapshot, group, what).await?;
            if let Some(explained) = off {
                return Ok(explained);
            }
        }
        let held = held_by(&mut snapshot, self.caller).await?;
        let group = asked_at(&mut snapshot, &held, group, now, about_others).await?;
        let eye = Eye {
            caller,
            held: &held,
            now,
        };
        let organization = group.uid.organization();
        let (person, void) =
            subject(&mut snapshot, identity, caller, &organization, issuers).await?;
        let people = [identity.clone()];
        let bindings = bindings(&mut snapshot, &people, &group.uid, what, eye).await?;
        let mut explained = Explained {
            sources: match void {
                None => sources(&bindings, now),
                Some(_) => Vec::new(),
            },
            group,
            identity: person,
            void,
            bindings,
            decision: None,
            remedy: None,
        };
        if let Some(what) = what {
            let yes = explained.sources.iter().any(|(given, _)| *given == what);
            explained.decision = Some(yes);
            if !yes {
                explained.remedy = Some(self.remedy(&mut snapshot, &explained, what, eye).await?);
            }
        }
        Ok(explained)
    }
}

impl ExplainHandle<'_> {
    /// What a device is told of an organization that switched device sign-in off: that it did, if
    /// its person sees the group otherwise, and nothing of what is bound.
    async fn switched_off(
        &self,
        snapshot: &mut AnyConnection,
        group: &Uidp,
        what: Option<Capability>,
    ) -> Result<Option<Explained>, Failure<ExplainError>> {
        let (caller, now) = (self.caller.identity(), self.store.now());
        let organization = group.organization();
        let root = groups::one(snapshot, &organization).await?;
        if root.is_none_or(|root| root.device_sign_in) {
            return Ok(None);
        }
        let otherwise = grants(snapshot, caller).await?;
        let group = asked_at(snapshot, &otherwise, group, now, false).await?;
        let issuers = &*self.store.issuers;
        let (person, _) = subject(snapshot, caller, caller, &organization, issuers).await?;
        Ok(Some(Explained {
            group,
            identity: person,
            void: Some(Void::DeviceSignInOff),
            bindings: Vec::new(),
            sources: Vec::new(),
            decision: what.map(|_| false),
            remedy: None,
        }))
    }
}

/// The group, if the caller may ask about people there.
pub(super) async fn asked_at(
    connection: &mut AnyConnection,
    held: &[Grant],
    group: &Uidp,
    now: Micros,
    about_others: bool,
) -> Result<GroupRow, Failure<ExplainError>> {
    let not_found = Failure::Rule(ExplainError::GroupNotFound);
    if !allows(held, Capability::GROUPS_LIST, group, now) {
        return Err(not_found);
    }
    let row = groups::one(connection, group).await?.ok_or(not_found)?;
    match TO_ASK
        .into_iter()
        .find(|&what| !allows(held, what, group, now))
    {
        Some(what) if about_others => Err(Failure::Rule(ExplainError::Forbidden(what))),
        _ => Ok(row),
    }
}

/// Whether the caller may be told who else could do something at a group.
pub(super) fn may_ask(held: &[Grant], group: &Uidp, now: Micros) -> bool {
    TO_ASK.iter().all(|&what| allows(held, what, group, now))
}

/// Each capability with the places of the bindings that give it.
fn sources(bindings: &[ExplainedBinding], now: Micros) -> Vec<(Capability, Vec<usize>)> {
    let gives = |binding: &ExplainedBinding, what| {
        binding.ends_at.is_none_or(|end| now < end) && binding.role.capabilities.contains(what)
    };
    Capability::all()
        .filter_map(|what| {
            let from: Vec<usize> = bindings
                .iter()
                .enumerate()
                .filter(|(_, binding)| gives(binding, what))
                .map(|(at, _)| at)
                .collect();
            (!from.is_empty()).then_some((what, from))
        })
        .collect()
}
