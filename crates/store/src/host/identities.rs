//! Suspending and restoring people.

use bailiwick_domain::{RestoreIdentityError, SuspendIdentityError, Uidp};
use sqlx::{AnyConnection, Row as _};

use crate::access::uidp;
use crate::act::{Act, Attempt, lock};
use crate::audit::{self, Entry};
use crate::bindings::owned;
use crate::error::{Failure, StoreError};
use crate::host::HostHandle;

/// A person as the operator sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownIdentity {
    /// The UIDP.
    pub uid: Uidp,
    /// Free text from the provider.
    pub name: String,
    /// The address, if a provider vouches for it.
    pub email: Option<String>,
    /// The provider's issuer.
    pub issuer: String,
    /// Who they are there.
    pub subject: String,
    /// Whether they are suspended.
    pub suspended: bool,
}

impl HostHandle<'_> {
    /// Suspends a person: from the next request on they hold nothing, their sessions have ended,
    /// and signing in gives no other. With `ownerless` even the last owner of an organization.
    ///
    /// # Errors
    /// See [`SuspendIdentityError`].
    pub async fn suspend(
        &self,
        identity: Uidp,
        ownerless: bool,
    ) -> Result<(), Failure<SuspendIdentityError>> {
        self.act(attempt("identities.suspend", &identity), move |act| {
            Box::pin(async move {
                let organizations = organizations_of(act.tx, &identity).await?;
                let mut owned_before = Vec::new();
                for (organization, name) in organizations {
                    // Always in the same order, so that two suspensions cannot wait for each other.
                    lock(act.tx, &organization).await?;
                    if owned(act.tx, &organization, &act.issuers).await? {
                        owned_before.push((organization.clone(), name));
                    }
                    note(act, &organization, "identities.suspend", &identity).await?;
                }
                if !set(act, &identity, true).await? {
                    return Err(Failure::Rule(SuspendIdentityError::NotFound));
                }
                for table in [
                    "sessions",
                    "authorization_codes",
                    "client_codes",
                    "client_grants",
                    "device_codes",
                ] {
                    let sql = format!("DELETE FROM {table} WHERE identity_uid = $1");
                    sqlx::query(sqlx::AssertSqlSafe(sql))
                        .bind(identity.as_str())
                        .execute(&mut *act.tx)
                        .await?;
                }
                let mut left = Vec::new();
                for (organization, name) in owned_before {
                    if !owned(act.tx, &organization, &act.issuers).await? {
                        left.push(name);
                    }
                }
                left.sort();
                if left.is_empty() || ownerless {
                    Ok(())
                } else {
                    Err(Failure::Rule(SuspendIdentityError::LastOwner(left)))
                }
            })
        })
        .await
    }

    /// Ends a suspension. The person signs in again and holds what they held.
    ///
    /// # Errors
    /// See [`RestoreIdentityError`].
    pub async fn restore(&self, identity: Uidp) -> Result<(), Failure<RestoreIdentityError>> {
        self.act(attempt("identities.restore", &identity), move |act| {
            Box::pin(async move {
                for (organization, _) in organizations_of(act.tx, &identity).await? {
                    lock(act.tx, &organization).await?;
                    note(act, &organization, "identities.restore", &identity).await?;
                }
                match set(act, &identity, false).await? {
                    true => Ok(()),
                    false => Err(Failure::Rule(RestoreIdentityError::NotFound)),
                }
            })
        })
        .await
    }
}

/// Not about one organization.
fn attempt(action: &'static str, identity: &Uidp) -> Attempt {
    Attempt {
        action,
        organization: None,
        target: identity.to_string(),
    }
}

/// Sets the flag. False when there is no such identity.
async fn set(act: &mut Act<'_>, identity: &Uidp, suspended: bool) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE identities SET suspended = $2 WHERE uid = $1")
        .bind(identity.as_str())
        .bind(i64::from(suspended))
        .execute(&mut *act.tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Where the identity holds anything, in the order of the ids.
async fn organizations_of(
    connection: &mut AnyConnection,
    identity: &Uidp,
) -> Result<Vec<(Uidp, String)>, StoreError> {
    let rows = sqlx::query(
        "SELECT DISTINCT g.uid, g.name FROM role_bindings b JOIN groups g ON g.uid = b.organization
         WHERE b.identity_uid = $1 ORDER BY g.uid",
    )
    .bind(identity.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok((
                uidp("groups.uid", row.try_get::<&str, _>("uid")?)?,
                row.try_get("name")?,
            ))
        })
        .collect()
}

/// Tells an organization's own trail.
async fn note(
    act: &mut Act<'_>,
    organization: &Uidp,
    action: &'static str,
    identity: &Uidp,
) -> Result<(), StoreError> {
    let entry = Entry {
        organization: Some(organization),
        actor: "host",
        action,
        target: identity.as_str(),
        request_id: "",
        refusal: "",
        detail: &[],
    };
    audit::record(act.tx, act.now, entry).await
}
