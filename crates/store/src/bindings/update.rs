//! Changing role or end of a role binding.

use bailiwick_domain::{
    Capability, EndError, Grant, Micros, Uidp, UpdateBindingError, makes_owner, may_end,
};
use sqlx::Row as _;

use crate::access::Permit;
use crate::act::{Act, Attempt};
use crate::bindings::get::{is_for, one};
use crate::bindings::{RoleBindingRow, RoleBindingsHandle, bound, group_of, said};
use crate::error::{Failure, corrupt};
use crate::roles::bindable;

/// What the audit trail calls it.
pub(crate) const UPDATE: &str = "role_bindings.update";

/// What is changed; `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BindingChange {
    /// Whose it is. That cannot change: another one is refused.
    pub identity: Option<Uidp>,
    /// The role.
    pub role: Option<Uidp>,
    /// The end, or that there is none.
    pub ends_at: Option<Option<Micros>>,
}

impl RoleBindingsHandle<'_> {
    /// Changes role or end of a binding. What is already so is no write.
    ///
    /// # Errors
    /// See [`UpdateBindingError`].
    pub async fn update(
        &self,
        uid: Uidp,
        change: BindingChange,
    ) -> Result<RoleBindingRow, Failure<UpdateBindingError>> {
        let caller = self.caller.identity().clone();
        let attempt = Attempt::on(UPDATE, &uid);
        self.store
            .act_for(self.caller, &self.if_match, attempt, move |act| {
                Box::pin(update_binding(act, caller, uid, change))
            })
            .await
    }
}

/// Changes a binding for `caller`, whose act this is.
pub(crate) async fn update_binding(
    act: &mut Act<'_>,
    caller: Uidp,
    uid: Uidp,
    change: BindingChange,
) -> Result<RoleBindingRow, Failure<UpdateBindingError>> {
    let group = group_of(&uid).ok_or(Failure::Rule(UpdateBindingError::NotFound))?;
    let permit = act
        .permit(
            Capability::ROLE_BINDINGS_UPDATE,
            &group,
            UpdateBindingError::NotFound,
            UpdateBindingError::Forbidden,
        )
        .await?;
    let (before, identity) = bound(act.tx, &uid)
        .await?
        .ok_or(Failure::Rule(UpdateBindingError::NotFound))?;
    if !is_for(act, &caller, &uid).await? {
        return Err(Failure::Rule(UpdateBindingError::Stale));
    }
    if change.identity.is_some_and(|other| other != identity) {
        return Err(Failure::Rule(UpdateBindingError::IdentityFixed));
    }
    let after = Grant {
        role: change.role.unwrap_or_else(|| before.role.clone()),
        ends_at: change.ends_at.unwrap_or(before.ends_at),
        ..before.clone()
    };
    if after == before {
        act.nothing_changed();
    } else {
        let after = permitted(act, &permit, &before, after, identity == caller).await?;
        apply(act, &before, &after, &identity).await?;
    }
    let row = one(act.tx, &uid, &caller).await?;
    Ok(row.ok_or_else(|| corrupt("role_bindings.uid", uid.as_str()))?)
}

/// The binding as it will be, if rule 2 allows it: over what is taken away, but from oneself, and
/// over what is given.
async fn permitted(
    act: &mut Act<'_>,
    permit: &Permit,
    before: &Grant,
    mut after: Grant,
    own: bool,
) -> Result<Grant, Failure<UpdateBindingError>> {
    if after.role != before.role {
        let role = bindable(act.tx, &after.role, &permit.at)
            .await?
            .ok_or(Failure::Rule(UpdateBindingError::RoleNotFound))?;
        if role.reserved {
            return Err(Failure::Rule(UpdateBindingError::RoleReserved));
        }
        after.capabilities = role.capabilities;
    }
    may_end(after.ends_at, act.now).map_err(|wrong| {
        Failure::Rule(match wrong {
            EndError::Past => UpdateBindingError::Ended,
            EndError::TooFar => UpdateBindingError::EndTooFar,
        })
    })?;
    let reaches = |grant: &Grant| {
        permit
            .reaches(&grant.capabilities, &permit.at, grant.ends_at, act.now)
            .map_err(|beyond| Failure::Rule(UpdateBindingError::BeyondReach(beyond)))
    };
    if !own && !before.has_ended(act.now) {
        reaches(before)?;
    }
    reaches(&after)?;
    let was_owner = makes_owner(&before.capabilities, &permit.at);
    if !(was_owner && before.lasts_until(after.ends_at)) {
        act.step_up_for_owner(&after.capabilities, &permit.at)?;
    }
    Ok(after)
}

async fn apply(
    act: &mut Act<'_>,
    before: &Grant,
    after: &Grant,
    identity: &Uidp,
) -> Result<(), Failure<UpdateBindingError>> {
    if after.role != before.role {
        make_room(act, after, identity).await?;
    }
    let organization = before.group.organization();
    act.watch_owner(&organization).await?;
    sqlx::query(
        "UPDATE role_bindings SET role_uid = $2, ends_at = $3, update_time = $4 WHERE uid = $1",
    )
    .bind(before.binding.as_str())
    .bind(after.role.as_str())
    .bind(after.ends_at.map(|end| end.0))
    .bind(act.now.0)
    .execute(&mut *act.tx)
    .await?;
    act.tell("identity", identity.as_str());
    act.tell("role_before", before.role.as_str());
    act.tell("role", after.role.as_str());
    act.tell("ends_at_before", said(before.ends_at));
    act.tell("ends_at", said(after.ends_at));
    match act.keeps_owner(&organization).await? {
        true => Ok(()),
        false => Err(Failure::Rule(UpdateBindingError::LastOwner)),
    }
}

/// A role is bound once: what has ended goes, and what lives stands in the way.
async fn make_room(
    act: &mut Act<'_>,
    after: &Grant,
    identity: &Uidp,
) -> Result<(), Failure<UpdateBindingError>> {
    let other = sqlx::query(
        "SELECT uid, ends_at FROM role_bindings
         WHERE identity_uid = $1 AND group_uid = $2 AND role_uid = $3",
    )
    .bind(identity.as_str())
    .bind(after.group.as_str())
    .bind(after.role.as_str())
    .fetch_optional(&mut *act.tx)
    .await?;
    let Some(other) = other else { return Ok(()) };
    let ends_at = other.try_get::<Option<i64>, _>("ends_at")?.map(Micros);
    if ends_at.is_none_or(|end| end > act.now) {
        return Err(Failure::Rule(UpdateBindingError::Exists));
    }
    sqlx::query("DELETE FROM role_bindings WHERE uid = $1")
        .bind(other.try_get::<String, _>("uid")?)
        .execute(&mut *act.tx)
        .await?;
    Ok(())
}
