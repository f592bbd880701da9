//! The one place that removes a role binding by itself, and rule 3, which every removal obeys.

use bailiwick_domain::{Grant, RootBinding, Uidp, has_owner};
use sqlx::{AnyConnection, Row as _};

use crate::access::{grant, uidp};
use crate::act::Act;
use crate::bindings::said;
use crate::error::StoreError;

impl Act<'_> {
    /// Removes a binding. Answers whether rule 3 still holds; if not, the transaction must not
    /// stand.
    pub(crate) async fn take(
        &mut self,
        binding: &Grant,
        identity: &Uidp,
    ) -> Result<bool, StoreError> {
        let organization = binding.group.organization();
        let before = owned(self.tx, &organization, &self.issuers).await?;
        sqlx::query("DELETE FROM role_bindings WHERE uid = $1")
            .bind(binding.binding.as_str())
            .execute(&mut *self.tx)
            .await?;
        self.tell("identity", identity.as_str());
        self.tell("role", binding.role.as_str());
        self.tell("ends_at", said(binding.ends_at));
        // It may only not be this write that breaks the rule: an organization that had no such owner
        // before (from `bailiwick admin create-org`, or after a change of the configuration) can
        // still be worked in.
        Ok(!before || owned(self.tx, &organization, &self.issuers).await?)
    }
}

/// Whether somebody who can sign in owns the organization for good.
pub(crate) async fn owned(
    connection: &mut AnyConnection,
    organization: &Uidp,
    issuers: &[String],
) -> Result<bool, StoreError> {
    let rows = sqlx::query(
        "SELECT b.uid, b.group_uid, b.role_uid, b.ends_at, b.identity_uid, i.issuer, i.suspended
         FROM role_bindings b JOIN identities i ON i.uid = b.identity_uid
         WHERE b.group_uid = $1",
    )
    .bind(organization.as_str())
    .fetch_all(connection)
    .await?;
    let mut bindings = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(grant) = grant(row)? else { continue };
        let issuer: &str = row.try_get("issuer")?;
        bindings.push(RootBinding {
            identity: uidp(
                "role_bindings.identity_uid",
                row.try_get::<&str, _>("identity_uid")?,
            )?,
            capabilities: grant.capabilities,
            ends_at: grant.ends_at,
            can_sign_in: row.try_get::<i64, _>("suspended")? == 0
                && issuers.iter().any(|known| known == issuer),
        });
    }
    Ok(has_owner(bindings))
}
