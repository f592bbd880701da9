//! Making a custom role.

use bailiwick_domain::{
    BuiltInRole, Capability, CapabilitySet, CreateRoleError, Description, GroupName, ROLES_MAX,
    Uidp,
};
use sqlx::{AnyConnection, Row as _};

use crate::act::{Act, Attempt};
use crate::error::{Failure, StoreError, corrupt};
use crate::roles::shown::one;
use crate::roles::{RolesHandle, ShownRole, said};
use crate::secret::random_bytes;

/// What the audit trail calls it.
pub(crate) const CREATE: &str = "roles.create";

/// A role to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRole {
    /// The group that it belongs to: it is bound there and below.
    pub group: Uidp,
    /// Its name, unlike that of every built-in role.
    pub name: GroupName,
    /// What it is for, maybe empty.
    pub description: Description,
    /// What it contains, never nothing.
    pub capabilities: CapabilitySet,
}

impl RolesHandle<'_> {
    /// Makes a role.
    ///
    /// # Errors
    /// See [`CreateRoleError`].
    pub async fn create(&self, role: NewRole) -> Result<ShownRole, Failure<CreateRoleError>> {
        self.store
            .act_for(
                self.caller,
                &self.if_match,
                Attempt::on(CREATE, &role.group),
                move |act| Box::pin(create_role(act, role)),
            )
            .await
    }
}

/// Makes a role by whoever acts.
pub(crate) async fn create_role(
    act: &mut Act<'_>,
    role: NewRole,
) -> Result<ShownRole, Failure<CreateRoleError>> {
    let permit = act
        .permit(
            Capability::ROLES_CREATE,
            &role.group,
            CreateRoleError::GroupNotFound,
            CreateRoleError::Forbidden,
        )
        .await?;
    if role.capabilities.is_empty() {
        return Err(Failure::Rule(CreateRoleError::NoCapability));
    }
    permit
        .reaches(&role.capabilities, &permit.at, None, act.now)
        .map_err(|beyond| Failure::Rule(CreateRoleError::BeyondReach(beyond)))?;
    if BuiltInRole::by_name(role.name.as_str()).is_some() {
        return Err(Failure::Rule(CreateRoleError::NameBuiltIn));
    }
    if is_taken(act.tx, &permit.at, &role.name, None).await? {
        return Err(Failure::Rule(CreateRoleError::NameTaken));
    }
    let organization = permit.at.organization();
    if count(act.tx, &organization).await? >= ROLES_MAX {
        return Err(Failure::Rule(CreateRoleError::TooMany));
    }
    let uid = permit
        .at
        .child(random_bytes()?)
        .map_err(|_| corrupt("groups.uid", permit.at.as_str()))?;
    sqlx::query(
        "INSERT INTO roles
             (uid, group_uid, organization, name, description, capabilities, create_time, update_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
    )
    .bind(uid.as_str())
    .bind(permit.at.as_str())
    .bind(organization.as_str())
    .bind(role.name.as_str())
    .bind(role.description.as_str())
    .bind(role.capabilities.to_bytes().to_vec())
    .bind(act.now.0)
    .execute(&mut *act.tx)
    .await?;
    act.target(&uid);
    act.tell("name", role.name.as_str());
    act.tell("capabilities", said(&role.capabilities));
    let made = one(act.tx, &uid).await?;
    Ok(made.ok_or_else(|| corrupt("roles.uid", uid.as_str()))?)
}

/// Whether another role than `own` has a name at a group. The organization is locked: it stays so.
pub(super) async fn is_taken(
    connection: &mut AnyConnection,
    group: &Uidp,
    name: &GroupName,
    own: Option<&Uidp>,
) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT uid FROM roles WHERE group_uid = $1 AND name = $2")
        .bind(group.as_str())
        .bind(name.as_str())
        .fetch_optional(connection)
        .await?;
    match row {
        Some(row) => Ok(Some(row.try_get::<&str, _>("uid")?) != own.map(Uidp::as_str)),
        None => Ok(false),
    }
}

async fn count(connection: &mut AnyConnection, organization: &Uidp) -> Result<usize, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) AS roles FROM roles WHERE organization = $1")
        .bind(organization.as_str())
        .fetch_one(connection)
        .await?;
    Ok(usize::try_from(row.try_get::<i64, _>("roles")?).unwrap_or(usize::MAX))
}
