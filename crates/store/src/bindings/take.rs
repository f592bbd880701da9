//! The one place that removes a role binding by itself, and rule 3, which every removal obeys.

use bailiwick_domain::{Grant, RootBinding, Uidp, has_owner};
use sqlx::any::AnyRow;
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
        self.watch_owner(&organization).await?;
        sqlx::query("DELETE FROM role_bindings WHERE uid = $1")
            .bind(binding.binding.as_str())
            .execute(&mut *self.tx)
            .await?;
        self.tell("identity", identity.as_str());
        self.tell("role", binding.role.as_str());
        self.tell("ends_at", said(binding.ends_at));
        self.keeps_owner(&organization).await
    }
}

/// Whether somebody who can sign in owns the organization for good.
pub(crate) async fn owned(
    connection: &mut AnyConnection,
    organization: &Uidp,
    issuers: &[String],
) -> Result<bool, StoreError> {
    Ok(has_owner(
        root_bindings(connection, organization, issuers).await?,
    ))
}

/// The bindings directly at an organization, as rule 3 looks at them.
pub(crate) async fn root_bindings(
    connection: &mut AnyConnection,
    organization: &Uidp,
    issuers: &[String],
) -> Result<Vec<RootBinding>, StoreError> {
    let rows = sqlx::query(
        "SELECT b.uid, b.group_uid, b.role_uid, b.ends_at, b.identity_uid, i.issuer, i.suspended,
             roles.capabilities AS role_capabilities
         FROM role_bindings b JOIN identities i ON i.uid = b.identity_uid
             LEFT JOIN roles ON roles.uid = b.role_uid
         WHERE b.group_uid = $1",
    )
    .bind(organization.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .filter_map(|row| root_binding(row, issuers).transpose())
        .collect()
}

/// A row of a role binding and its identity, as rule 3 looks at it; `None` when the role is gone.
pub(crate) fn root_binding(
    row: &AnyRow,
    issuers: &[String],
) -> Result<Option<RootBinding>, StoreError> {
    let Some(grant) = grant(row)? else {
        return Ok(None);
    };
    let issuer: &str = row.try_get("issuer")?;
    Ok(Some(RootBinding {
        identity: uidp(
            "role_bindings.identity_uid",
            row.try_get::<&str, _>("identity_uid")?,
        )?,
        capabilities: grant.capabilities,
        ends_at: grant.ends_at,
        can_sign_in: row.try_get::<i64, _>("suspended")? == 0
            && issuers.iter().any(|known| known == issuer),
    }))
}
