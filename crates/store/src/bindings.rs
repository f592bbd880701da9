//! Role bindings: who holds which role where.

use bailiwick_domain::{BuiltInRole, CapabilitySet, Micros, Uidp};
use sqlx::{AnyConnection, Row as _};

use crate::access::{Caller, grants};
use crate::error::StoreError;
use crate::secret::random_bytes;
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

/// Binds a role. The same binding a second time changes nothing.
pub(crate) async fn insert(
    tx: &mut AnyConnection,
    identity: &Uidp,
    role: &Uidp,
    group: &Uidp,
    ends_at: Option<Micros>,
    now: Micros,
) -> Result<(), StoreError> {
    // A binding's UIDP is one segment below its group, like every group-owned object.
    let suffix: [u8; 8] = random_bytes()?;
    let suffix: String = suffix.iter().map(|byte| format!("{byte:02x}")).collect();
    sqlx::query(
        "INSERT INTO role_bindings (uid, group_uid, identity_uid, role_uid, ends_at, create_time)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
    )
    .bind(format!("{group}/{suffix}"))
    .bind(group.as_str())
    .bind(identity.as_str())
    .bind(role.as_str())
    .bind(ends_at.map(|end| end.0))
    .bind(now.0)
    .execute(tx)
    .await?;
    Ok(())
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
