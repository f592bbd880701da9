//! Changing a custom role, for everyone who has it.

use bailiwick_domain::{
    BuiltInRole, Capability, CapabilitySet, Description, GroupName, Uidp, UpdateRoleError,
    makes_owner,
};

use crate::act::{Act, Attempt};
use crate::error::{Failure, corrupt};
use crate::roles::create::is_taken;
use crate::roles::shown::{is_seen, one};
use crate::roles::{RolesHandle, ShownRole, said};

/// What the audit trail calls it.
pub(crate) const UPDATE: &str = "roles.update";

/// What is changed; `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleChange {
    /// The name.
    pub name: Option<GroupName>,
    /// The description.
    pub description: Option<Description>,
    /// All that it contains.
    pub capabilities: Option<CapabilitySet>,
}

impl RolesHandle<'_> {
    /// Changes a role. What is already so is no write.
    ///
    /// # Errors
    /// See [`UpdateRoleError`].
    pub async fn update(
        &self,
        uid: Uidp,
        change: RoleChange,
    ) -> Result<ShownRole, Failure<UpdateRoleError>> {
        self.store
            .act_for(
                self.caller,
                &self.if_match,
                Attempt::on(UPDATE, &uid),
                move |act| Box::pin(update_role(act, uid, change)),
            )
            .await
    }
}

/// Changes a role by whoever acts.
pub(crate) async fn update_role(
    act: &mut Act<'_>,
    uid: Uidp,
    change: RoleChange,
) -> Result<ShownRole, Failure<UpdateRoleError>> {
    if BuiltInRole::by_uid(&uid).is_some() {
        return Err(Failure::Rule(UpdateRoleError::BuiltIn));
    }
    let home = uid
        .parent()
        .ok_or(Failure::Rule(UpdateRoleError::NotFound))?;
    let found = one(act.tx, &uid).await?;
    let now = act.now;
    let permit = act
        .permit_if(
            Capability::ROLES_UPDATE,
            &home,
            |held| found.is_some() && is_seen(held, &uid, now),
            UpdateRoleError::NotFound,
            UpdateRoleError::Forbidden,
        )
        .await?;
    let before = found.ok_or(Failure::Rule(UpdateRoleError::NotFound))?;
    if !act.is_for(Some(&before.role.etag())) {
        return Err(Failure::Rule(UpdateRoleError::Stale));
    }
    let capabilities = change.capabilities.unwrap_or(before.role.capabilities);
    if capabilities.is_empty() {
        return Err(Failure::Rule(UpdateRoleError::NoCapability));
    }
    tell(act, &before, &change, &capabilities);
    if act.tells_nothing() {
        act.nothing_changed();
        return Ok(before);
    }
    permit
        .reaches(
            &before.role.capabilities.union(&capabilities),
            &home,
            None,
            act.now,
        )
        .map_err(|beyond| Failure::Rule(UpdateRoleError::BeyondReach(beyond)))?;
    if !makes_owner(&before.role.capabilities, &home) {
        act.step_up_for_owner(&capabilities, &home)?;
    }
    if let Some(name) = &change.name {
        if BuiltInRole::by_name(name.as_str()).is_some() {
            return Err(Failure::Rule(UpdateRoleError::NameBuiltIn));
        }
        if is_taken(act.tx, &home, name, Some(&uid)).await? {
            return Err(Failure::Rule(UpdateRoleError::NameTaken));
        }
    }
    apply(act, &uid, &change, &capabilities).await?;
    let after = one(act.tx, &uid).await?;
    Ok(after.ok_or_else(|| corrupt("roles.uid", uid.as_str()))?)
}

/// Tells the audit trail what is not as it was.
fn tell(act: &mut Act<'_>, before: &ShownRole, change: &RoleChange, capabilities: &CapabilitySet) {
    let role = &before.role;
    if let Some(name) = &change.name
        && name.as_str() != role.name
    {
        act.tell("name", name.as_str());
        act.tell("name_before", role.name.as_ref());
    }
    if let Some(description) = &change.description
        && description.as_str() != role.description
    {
        act.tell("description", description.as_str());
    }
    if *capabilities != role.capabilities {
        act.tell("added", said(&capabilities.difference(&role.capabilities)));
        act.tell("removed", said(&role.capabilities.difference(capabilities)));
    }
}

async fn apply(
    act: &mut Act<'_>,
    uid: &Uidp,
    change: &RoleChange,
    capabilities: &CapabilitySet,
) -> Result<(), Failure<UpdateRoleError>> {
    let organization = uid.organization();
    act.watch_owner(&organization).await?;
    sqlx::query(
        "UPDATE roles SET name = COALESCE($2, name), description = COALESCE($3, description),
             capabilities = $4, update_time = $5
         WHERE uid = $1",
    )
    .bind(uid.as_str())
    .bind(change.name.as_ref().map(|name| name.as_str().to_owned()))
    .bind(
        change
            .description
            .as_ref()
            .map(|description| description.as_str().to_owned()),
    )
    .bind(capabilities.to_bytes().to_vec())
    .bind(act.now.0)
    .execute(&mut *act.tx)
    .await?;
    match act.keeps_owner(&organization).await? {
        true => Ok(()),
        false => Err(Failure::Rule(UpdateRoleError::LastOwner)),
    }
}
