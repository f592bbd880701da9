//! What a caller holds, as whoami shows it.

use std::borrow::Cow;

use bailiwick_domain::{CapabilitySet, Micros, Uidp};
use sqlx::{AssertSqlSafe, Row as _};

use crate::access::{Caller, uidp};
use crate::error::StoreError;
use crate::roles;
use crate::store::Store;

/// A live binding of the caller, with the names that whoami shows.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldBinding {
    /// The binding.
    pub binding: Uidp,
    /// Where it holds, and below.
    pub group: Uidp,
    /// The group's name.
    pub group_name: String,
    /// Which role.
    pub role: Uidp,
    /// The role's name.
    pub role_name: Cow<'static, str>,
    /// What the role holds.
    pub capabilities: CapabilitySet,
    /// When it ends, if it does.
    pub ends_at: Option<Micros>,
}

/// What [`Store::held_bindings`] asks.
pub(crate) fn statement() -> String {
    format!(
        "SELECT b.uid, b.group_uid, b.role_uid, b.ends_at, g.name AS group_name, {}
         FROM role_bindings b JOIN groups g ON g.uid = b.group_uid
         LEFT JOIN identities i ON i.uid = b.identity_uid
         LEFT JOIN roles ON roles.uid = b.role_uid
         JOIN groups o ON o.uid = b.organization
         WHERE b.identity_uid = $1 AND (i.suspended IS NULL OR i.suspended = 0)
             AND ($2 = 0 OR o.device_sign_in = 1)",
        roles::COLUMNS
    )
}

impl Store {
    /// The caller's own live bindings.
    ///
    /// # Errors
    /// The database failed.
    pub async fn held_bindings(&self, caller: &Caller) -> Result<Vec<HeldBinding>, StoreError> {
        let rows = sqlx::query(AssertSqlSafe(statement()))
            .bind(caller.identity().as_str())
            .bind(i64::from(caller.by_device))
            .fetch_all(&self.readers)
            .await?;
        let now = self.now();
        let mut held = Vec::with_capacity(rows.len());
        for row in &rows {
            let ends_at = row.try_get::<Option<i64>, _>("ends_at")?.map(Micros);
            if ends_at.is_some_and(|end| now >= end) {
                continue;
            }
            let id = |what, column: &str| uidp(what, row.try_get::<&str, _>(column)?);
            let role = id("role_bindings.role_uid", "role_uid")?;
            let Some(role_now) = roles::from_joined(row, &role)? else {
                continue;
            };
            held.push(HeldBinding {
                binding: id("role_bindings.uid", "uid")?,
                group: id("role_bindings.group_uid", "group_uid")?,
                group_name: row.try_get("group_name")?,
                role,
                role_name: role_now.name,
                capabilities: role_now.capabilities,
                ends_at,
            });
        }
        Ok(held)
    }
}
