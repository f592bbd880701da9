//! A role with the name of its group, as it is shown.

use bailiwick_domain::{BuiltInRole, Capability, GetRoleError, Grant, Micros, Uidp, scopes};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::access::{held_by, uidp};
use crate::error::{Failure, StoreError, corrupt};
use crate::roles::RolesHandle;
use crate::roles::row::{COLUMNS, RoleRow, from_joined};

/// A role, and the name of its group if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRole {
    /// The role.
    pub role: RoleRow,
    /// The name of its group; `None` for a built-in role.
    pub group_name: Option<String>,
}

impl From<&'static BuiltInRole> for ShownRole {
    fn from(role: &'static BuiltInRole) -> Self {
        Self {
            role: role.into(),
            group_name: None,
        }
    }
}

impl RolesHandle<'_> {
    /// One role.
    ///
    /// # Errors
    /// [`GetRoleError::NotFound`] for what is not there and for what the caller may not see.
    pub async fn get(&self, uid: &Uidp) -> Result<ShownRole, Failure<GetRoleError>> {
        if let Some(role) = BuiltInRole::by_uid(uid) {
            return Ok(role.into());
        }
        let mut snapshot = self.store.readers.begin().await?;
        let held = held_by(&mut snapshot, self.caller).await?;
        let not_found = Failure::Rule(GetRoleError::NotFound);
        if !is_seen(&held, uid, self.store.now()) {
            return Err(not_found);
        }
        one(&mut snapshot, uid).await?.ok_or(not_found)
    }
}

/// Whether who holds `held` sees a custom role, if there is one with this id: `roles.list` at its
/// group, or somewhere below, where it can be bound.
pub(crate) fn is_seen(held: &[Grant], role: &Uidp, now: Micros) -> bool {
    let Some(home) = role.parent() else {
        return false;
    };
    scopes(held, Capability::ROLES_LIST, now)
        .into_iter()
        .any(|top| top.reaches(&home) || home.reaches(top))
}

/// A custom role by its UIDP, whoever asks.
pub(crate) async fn one(
    connection: &mut AnyConnection,
    uid: &Uidp,
) -> Result<Option<ShownRole>, StoreError> {
    let row = sqlx::query(AssertSqlSafe(statement("roles.uid = $1")))
        .bind(uid.as_str())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// Custom roles under a condition on `roles`.
pub(crate) fn statement(condition: &str) -> String {
    format!(
        "SELECT roles.uid, {COLUMNS}, g.name AS group_name
         FROM roles JOIN groups g ON g.uid = roles.group_uid WHERE {condition}"
    )
}

pub(super) fn from_row(row: &AnyRow) -> Result<ShownRole, StoreError> {
    let uid = uidp("roles.uid", row.try_get::<&str, _>("uid")?)?;
    Ok(ShownRole {
        role: from_joined(row, &uid)?.ok_or_else(|| corrupt("roles.uid", uid.as_str()))?,
        group_name: Some(row.try_get("group_name")?),
    })
}
