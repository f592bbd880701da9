//! Grants: one for each sign-in of a client. No token outlives its grant.

use std::time::Duration;

use bailiwick_domain::{Micros, Uidp};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::access::grants_of;
use crate::access::{Caller, uidp};
use crate::clients::refresh::RefreshToken;
use crate::clients::{ACCESS_TOKEN_LIFE, IssuedGrant, Proof, REFRESH_FAMILY_LIFE, note};
use crate::error::StoreError;
use crate::secret::random_bytes;
use crate::store::{Store, only_store};

/// "Last used" is written at most this often, so that reading does not become writing.
const TOUCH_EVERY: Duration = Duration::from_secs(60);

/// A grant that lives at this instant.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LiveGrant {
    /// Its name, in the form of a UIDP; it opens nothing.
    pub uid: Uidp,
    /// Whose it is.
    pub identity: Uidp,
    /// The person's name, free text.
    pub name: String,
    /// The issuer of the person's provider.
    pub upstream_issuer: String,
    /// Who they are there.
    pub upstream_subject: String,
    /// Which client has it.
    pub client_id: String,
    /// What was granted, with single spaces.
    pub scope: String,
    /// The provider's configured id.
    pub provider: String,
    /// The address of the sign-in behind it, if its provider vouches for it.
    pub email: Option<String>,
    /// When the person proved who they are.
    pub auth_time: Micros,
    /// Whether it was made at `/activate`.
    pub by_device: bool,
    /// What the device said it is; may be empty.
    pub host: String,
    /// Where the device asked from; may be empty.
    pub address: String,
    /// When it began.
    pub create_time: Micros,
    /// When a token of it was last used, to the minute.
    pub last_used_time: Micros,
    /// When it ends at the latest.
    pub expire_time: Micros,
    /// Of the refresh token that could be used now.
    pub(super) refresh_hash: Option<String>,
}

/// Everything that [`LiveGrant`] is read from.
const COLUMNS: &str = "g.uid, g.identity_uid, g.client_id, g.scope, g.provider, g.email,
    g.auth_time, g.by_device, g.host, g.address, g.create_time, g.last_used_time, g.expire_time,
    g.refresh_hash, i.name, i.issuer, i.subject";

/// The grant of a name, if it and its person live.
pub(crate) fn live_statement(column: &str) -> String {
    format!(
        "SELECT {COLUMNS} FROM client_grants g JOIN identities i ON i.uid = g.identity_uid
         WHERE g.{column} = $1 AND g.expire_time > $2 AND i.suspended = 0"
    )
}

/// Puts the hash `$3` in the place of `$2`, in the family `$1` of the client `$5`, at the time `$4`; and
/// answers what [`LiveGrant`] is read from. Nothing happens to the grant of a suspended person.
pub(super) fn rotate_statement() -> String {
    // SQLite returns no columns of a second table, but what a subquery answers.
    let person = "FROM identities i WHERE i.uid = client_grants.identity_uid";
    format!(
        "UPDATE client_grants SET refresh_hash = $3, last_used_time = $4
         WHERE family_hash = $1 AND refresh_hash = $2 AND client_id = $5 AND expire_time > $4
             AND EXISTS (SELECT 1 {person} AND i.suspended = 0)
         RETURNING uid, identity_uid, client_id, scope, provider, email, auth_time, by_device,
             host, address, create_time, last_used_time, expire_time, refresh_hash,
             (SELECT i.name {person}) AS name, (SELECT i.issuer {person}) AS issuer,
             (SELECT i.subject {person}) AS subject"
    )
}

impl LiveGrant {
    pub(super) fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            uid: uidp("client_grants.uid", row.try_get::<&str, _>("uid")?)?,
            identity: uidp(
                "client_grants.identity_uid",
                row.try_get::<&str, _>("identity_uid")?,
            )?,
            name: row.try_get("name")?,
            upstream_issuer: row.try_get("issuer")?,
            upstream_subject: row.try_get("subject")?,
            client_id: row.try_get("client_id")?,
            scope: row.try_get("scope")?,
            provider: row.try_get("provider")?,
            email: row.try_get("email")?,
            auth_time: Micros(row.try_get("auth_time")?),
            by_device: row.try_get::<i64, _>("by_device")? != 0,
            host: row.try_get("host")?,
            address: row.try_get("address")?,
            create_time: Micros(row.try_get("create_time")?),
            last_used_time: Micros(row.try_get("last_used_time")?),
            expire_time: Micros(row.try_get("expire_time")?),
            refresh_hash: row.try_get("refresh_hash")?,
        })
    }
}

/// A grant that is about to be made.
#[derive(Debug)]
pub(super) struct NewGrant {
    pub(super) proof: Proof,
    pub(super) client_id: String,
    pub(super) scope: String,
    pub(super) by_device: bool,
    pub(super) host: String,
    pub(super) address: String,
    pub(super) refreshes: bool,
    pub(super) nonce: Option<String>,
    pub(super) request_id: String,
}

/// Makes a grant. `None` when the person may not sign in any more.
pub(super) async fn make(
    tx: &mut AnyConnection,
    now: Micros,
    issuers: &[String],
    new: NewGrant,
) -> Result<Option<IssuedGrant>, StoreError> {
    sqlx::query("DELETE FROM client_grants WHERE expire_time <= $1")
        .bind(now.0)
        .execute(&mut *tx)
        .await?;
    let uid = Uidp::root(random_bytes::<20>()?);
    let refresh_token = match new.refreshes {
        true => Some(RefreshToken::random()?),
        false => None,
    };
    let life = match new.refreshes {
        true => REFRESH_FAMILY_LIFE,
        false => ACCESS_TOKEN_LIFE,
    };
    let hashes = refresh_token.as_ref().map(RefreshToken::hashes);
    let (family_hash, refresh_hash) = hashes.unzip();
    sqlx::query(
        "INSERT INTO client_grants (uid, identity_uid, client_id, scope, provider, email,
             auth_time, by_device, host, address, family_hash, refresh_hash, create_time,
             last_used_time, expire_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14)",
    )
    .bind(uid.as_str())
    .bind(new.proof.identity.as_str())
    .bind(new.client_id.as_str())
    .bind(new.scope)
    .bind(new.proof.provider)
    .bind(new.proof.email)
    .bind(new.proof.auth_time.0)
    .bind(i64::from(new.by_device))
    .bind(new.host)
    .bind(new.address)
    .bind(family_hash)
    .bind(refresh_hash)
    .bind(now.0)
    .bind(now.later(life).0)
    .execute(&mut *tx)
    .await?;
    let Some(grant) = live(tx, now, issuers, &uid).await? else {
        sqlx::query("DELETE FROM client_grants WHERE uid = $1")
            .bind(uid.as_str())
            .execute(tx)
            .await?;
        return Ok(None);
    };
    let detail = [("client", new.client_id.as_str()), ("grant", uid.as_str())];
    let action = "client_grants.create";
    note(tx, now, &grant.identity, action, &new.request_id, &detail).await?;
    let held = grants_of(tx, &grant.identity, grant.by_device).await?;
    Ok(Some(IssuedGrant {
        grant,
        refresh_token,
        nonce: new.nonce,
        held,
    }))
}

/// The grant, if it lives, its person is not suspended, and their provider still stands in the
/// configuration.
pub(super) async fn live(
    tx: &mut AnyConnection,
    now: Micros,
    issuers: &[String],
    uid: &Uidp,
) -> Result<Option<LiveGrant>, StoreError> {
    let row = sqlx::query(sqlx::AssertSqlSafe(live_statement("uid")))
        .bind(uid.as_str())
        .bind(now.0)
        .fetch_optional(tx)
        .await?;
    let grant = row.as_ref().map(LiveGrant::read).transpose()?;
    Ok(grant.filter(|grant| issuers.contains(&grant.upstream_issuer)))
}

impl Store {
    /// The grant that an access token names, if it lives.
    ///
    /// # Errors
    /// The database failed.
    pub async fn client_grant(&self, uid: &Uidp) -> Result<Option<LiveGrant>, StoreError> {
        self.find_grant("uid", uid.as_str()).await
    }

    /// Notes that somebody uses a grant, to the minute.
    ///
    /// # Errors
    /// The database failed.
    pub async fn touch_client_grant(&self, grant: &LiveGrant) -> Result<(), StoreError> {
        if grant.last_used_time > self.now().earlier(TOUCH_EVERY) {
            return Ok(());
        }
        let uid = grant.uid.clone();
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    // Only forward, as with sessions.
                    sqlx::query(
                        "UPDATE client_grants SET last_used_time = $2
                         WHERE uid = $1 AND last_used_time < $2",
                    )
                    .bind(uid.as_str())
                    .bind(now.0)
                    .execute(tx)
                    .await?;
                    Ok(())
                })
            })
            .await,
        )
    }

    pub(super) async fn find_grant(
        &self,
        column: &str,
        value: &str,
    ) -> Result<Option<LiveGrant>, StoreError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(live_statement(column)))
            .bind(value.to_owned())
            .bind(self.now().0)
            .fetch_optional(&self.readers)
            .await?;
        let grant = row.as_ref().map(LiveGrant::read).transpose()?;
        Ok(grant.filter(|grant| self.issuers.contains(&grant.upstream_issuer)))
    }

    /// The caller's own grants, newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn client_grants(&self, caller: &Caller) -> Result<Vec<LiveGrant>, StoreError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(
            live_statement("identity_uid") + " ORDER BY g.create_time DESC, g.uid",
        ))
        .bind(caller.identity.as_str().to_owned())
        .bind(self.now().0)
        .fetch_all(&self.readers)
        .await?;
        let mut grants = Vec::with_capacity(rows.len());
        for row in &rows {
            let grant = LiveGrant::read(row)?;
            if self.issuers.contains(&grant.upstream_issuer) {
                grants.push(grant);
            }
        }
        Ok(grants)
    }

    /// Ends a grant of the caller's own. Ending what has ended changes nothing.
    ///
    /// # Errors
    /// The database failed, and the grant may live on.
    pub async fn end_client_grant(&self, caller: &Caller, uid: &Uidp) -> Result<(), StoreError> {
        self.end_grant(
            caller.identity.clone(),
            uid.clone(),
            caller.request_id.clone(),
        )
        .await
    }

    /// Ends a grant for the client that has it.
    ///
    /// # Errors
    /// The database failed, and the grant may live on.
    pub async fn revoke_client_grant(
        &self,
        grant: &LiveGrant,
        request_id: &str,
    ) -> Result<(), StoreError> {
        self.end_grant(
            grant.identity.clone(),
            grant.uid.clone(),
            request_id.to_owned(),
        )
        .await
    }

    async fn end_grant(
        &self,
        identity: Uidp,
        uid: Uidp,
        request_id: String,
    ) -> Result<(), StoreError> {
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    let ended = sqlx::query(
                        "DELETE FROM client_grants WHERE uid = $1 AND identity_uid = $2",
                    )
                    .bind(uid.as_str())
                    .bind(identity.as_str())
                    .execute(&mut *tx)
                    .await?;
                    if ended.rows_affected() > 0 {
                        let detail = [("grant", uid.as_str())];
                        let action = "client_grants.end";
                        note(tx, now, &identity, action, &request_id, &detail).await?;
                    }
                    Ok(())
                })
            })
            .await,
        )
    }
}
