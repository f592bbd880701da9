//! A role binding as its changes look at it.

use bailiwick_domain::{Grant, Uidp};
use sqlx::{AnyConnection, Row as _};

use crate::access::{grant, uidp};
use crate::error::{StoreError, corrupt};

/// A binding by its UIDP, and whose it is.
pub(crate) async fn bound(
    connection: &mut AnyConnection,
    uid: &Uidp,
) -> Result<Option<(Grant, Uidp)>, StoreError> {
    let row = sqlx::query(
        "SELECT b.uid, b.group_uid, b.role_uid, b.ends_at, b.identity_uid,
             roles.capabilities AS role_capabilities
         FROM role_bindings b LEFT JOIN roles ON roles.uid = b.role_uid WHERE b.uid = $1",
    )
    .bind(uid.as_str())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let identity = row.try_get::<&str, _>("identity_uid")?;
    let identity = uidp("role_bindings.identity_uid", identity)?;
    let grant = grant(&row)?.ok_or_else(|| corrupt("role_bindings.role_uid", uid.as_str()))?;
    Ok(Some((grant, identity)))
}
