//! A role, and the parts that every reading of roles shares.

use std::borrow::Cow;

use bailiwick_domain::{BuiltInRole, CapabilitySet, Micros, Uidp};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::error::{StoreError, corrupt};
use crate::etag::etag;

/// A role, built in or custom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRow {
    /// The UIDP.
    pub uid: Uidp,
    /// The name by which it is asked for.
    pub name: Cow<'static, str>,
    /// The name that people see. That of a custom role is its `name`.
    pub title: Cow<'static, str>,
    /// What it is for; may be empty.
    pub description: Cow<'static, str>,
    /// What it contains.
    pub capabilities: CapabilitySet,
    /// Whether it comes with the product and cannot be changed.
    pub built_in: bool,
    /// Whether the host alone binds it.
    pub reserved: bool,
    /// The group of a custom role: it is bound there and below.
    pub group: Option<Uidp>,
    /// When it was made; `None` for a built-in role.
    pub create_time: Option<Micros>,
    /// When it was last changed; `None` for a built-in role.
    pub update_time: Option<Micros>,
}

impl RoleRow {
    /// Whether it can be bound at a group, by the host at least.
    pub fn is_bindable_at(&self, group: &Uidp) -> bool {
        self.group.as_ref().is_none_or(|home| home.reaches(group))
    }

    /// Another one after every change.
    pub fn etag(&self) -> String {
        let time = self.update_time.map_or(0, |time| time.0).to_string();
        let capabilities = self.capabilities.to_wire();
        etag(&[
            self.uid.as_str(),
            &self.name,
            &self.description,
            &capabilities,
            &time,
        ])
    }
}

impl From<&'static BuiltInRole> for RoleRow {
    fn from(role: &'static BuiltInRole) -> Self {
        Self {
            uid: role.uid().clone(),
            name: role.name.into(),
            title: role.title.into(),
            description: role.description.into(),
            capabilities: role.capabilities,
            built_in: true,
            reserved: role.reserved,
            group: None,
            create_time: None,
            update_time: None,
        }
    }
}

/// What [`from_joined`] reads, of `roles`.
pub(crate) const COLUMNS: &str = "roles.name AS role_name, \
     roles.description AS role_description, roles.capabilities AS role_capabilities, \
     roles.create_time AS role_create_time, roles.update_time AS role_update_time";

/// The role of a row that `roles` is joined to; `None` when it is gone.
pub(crate) fn from_joined(row: &AnyRow, uid: &Uidp) -> Result<Option<RoleRow>, StoreError> {
    if let Some(role) = BuiltInRole::by_uid(uid) {
        return Ok(Some(role.into()));
    }
    let Some(name) = row.try_get::<Option<String>, _>("role_name")? else {
        return Ok(None);
    };
    let capabilities = capabilities(row, uid)?;
    Ok(Some(RoleRow {
        group: Some(home(uid)?),
        uid: uid.clone(),
        title: name.clone().into(),
        name: name.into(),
        description: row.try_get::<String, _>("role_description")?.into(),
        capabilities: capabilities.unwrap_or_default(),
        built_in: false,
        reserved: false,
        create_time: Some(Micros(row.try_get("role_create_time")?)),
        update_time: Some(Micros(row.try_get("role_update_time")?)),
    }))
}

/// What the role of a row contains that the column `role_capabilities` is joined to; `None` when
/// the role is gone.
pub(crate) fn capabilities(row: &AnyRow, role: &Uidp) -> Result<Option<CapabilitySet>, StoreError> {
    if let Some(role) = BuiltInRole::by_uid(role) {
        return Ok(Some(role.capabilities));
    }
    let Some(bytes) = row.try_get::<Option<&[u8]>, _>("role_capabilities")? else {
        return Ok(None);
    };
    let bytes = bytes
        .try_into()
        .map_err(|_| corrupt("roles.capabilities", role.as_str()))?;
    Ok(Some(CapabilitySet::from_bytes(bytes)))
}

/// The group that a custom role belongs to.
fn home(role: &Uidp) -> Result<Uidp, StoreError> {
    role.parent()
        .ok_or_else(|| corrupt("roles.uid", role.as_str()))
}

/// A role by its UIDP, whoever asks.
pub(crate) async fn one(
    connection: &mut AnyConnection,
    uid: &Uidp,
) -> Result<Option<RoleRow>, StoreError> {
    if let Some(role) = BuiltInRole::by_uid(uid) {
        return Ok(Some(role.into()));
    }
    let sql = format!("SELECT {COLUMNS} FROM roles WHERE roles.uid = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(uid.as_str())
        .fetch_optional(connection)
        .await?;
    row.map_or(Ok(None), |row| from_joined(&row, uid))
}

/// A role by its UIDP, if it can be bound at `group`.
pub(crate) async fn bindable(
    connection: &mut AnyConnection,
    uid: &Uidp,
    group: &Uidp,
) -> Result<Option<RoleRow>, StoreError> {
    let role = one(connection, uid).await?;
    Ok(role.filter(|role| role.is_bindable_at(group)))
}
