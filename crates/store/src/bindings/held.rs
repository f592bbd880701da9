//! What a caller holds, as whoami shows it.

use bailiwick_domain::{BuiltInRole, CapabilitySet, Micros, Uidp};
use sqlx::Row as _;

use crate::access::{Caller, grants};
use crate::error::StoreError;
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
    pub role_name: &'static str,
    /// What the role holds.
    pub capabilities: CapabilitySet,
    /// When it ends, if it does.
    pub ends_at: Option<Micros>,
}

impl Store {
    /// The caller's own live bindings.
    ///
    /// # Errors
    /// The database failed.
    pub async fn held_bindings(&self, caller: &Caller) -> Result<Vec<HeldBinding>, StoreError> {
        let now = self.now();
        let mut snapshot = self.readers.begin().await?;
        let mut held = Vec::new();
        for grant in grants(&mut snapshot, caller.identity()).await? {
            if grant.ends_at.is_some_and(|end| now >= end) {
                continue;
            }
            let Some(role) = BuiltInRole::by_uid(&grant.role) else {
                continue;
            };
            let group_name = sqlx::query("SELECT name FROM groups WHERE uid = $1")
                .bind(grant.group.as_str())
                .fetch_one(&mut *snapshot)
                .await?
                .try_get("name")?;
            held.push(HeldBinding {
                binding: grant.binding,
                group: grant.group,
                group_name,
                role: grant.role,
                role_name: role.name,
                capabilities: grant.capabilities,
                ends_at: grant.ends_at,
            });
        }
        Ok(held)
    }
}
