//! About whom is asked.

use bailiwick_domain::Uidp;
use sqlx::{AnyConnection, Row as _};

use crate::bindings::BoundIdentity;
use crate::error::StoreError;
use crate::explain::Void;

/// A person as the caller may see them in an organization, and why they hold nothing, if they do.
pub(super) async fn subject(
    connection: &mut AnyConnection,
    identity: &Uidp,
    caller: &Uidp,
    organization: &Uidp,
    issuers: &[String],
) -> Result<(BoundIdentity, Option<Void>), StoreError> {
    let row = sqlx::query(
        "SELECT i.name, i.email, i.issuer, i.subject, i.suspended,
             CASE WHEN i.uid = $2 OR EXISTS (
                 SELECT 1 FROM role_bindings o
                 WHERE o.organization = $3 AND o.identity_uid = $1 AND o.own_act = 1)
             THEN 1 ELSE 0 END AS known
         FROM identities i WHERE i.uid = $1",
    )
    .bind(identity.as_str())
    .bind(caller.as_str())
    .bind(organization.as_str())
    .fetch_optional(connection)
    .await?;
    let mut person = BoundIdentity {
        uid: identity.clone(),
        name: None,
        email: None,
        issuer: None,
        subject: None,
    };
    let Some(row) = row else {
        return Ok((person, Some(Void::NeverSignedIn)));
    };
    let issuer: String = row.try_get("issuer")?;
    let void = if row.try_get::<i64, _>("suspended")? != 0 {
        Some(Void::Suspended)
    } else if !issuers.contains(&issuer) {
        Some(Void::ProviderMissing)
    } else {
        None
    };
    if row.try_get::<i64, _>("known")? != 0 {
        person = BoundIdentity {
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            issuer: Some(issuer),
            subject: row.try_get("subject")?,
            ..person
        };
    }
    Ok((person, void))
}
