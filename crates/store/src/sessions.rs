//! Sessions of the console.

use std::time::Duration;

use bailiwick_domain::{Micros, Uidp};
use sqlx::Row as _;

use crate::access::{Caller, uidp};
use crate::audit::{self, Entry};
use crate::error::StoreError;
use crate::secret::Secret;
use crate::store::{Store, only_store};

/// A session that nobody uses ends after this.
pub const SESSION_IDLE: Duration = Duration::from_secs(12 * 60 * 60);
/// A session ends after this, used or not.
pub const SESSION_ABSOLUTE: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// "Last seen" is written at most this often, so that reading does not become writing.
const TOUCH_EVERY: Duration = Duration::from_secs(60);

/// A session that lives at this instant. There is no other way to make one than
/// [`Store::session`] and redeeming a code.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LiveSession {
    /// The id that pages send back; it opens nothing.
    pub public_id: String,
    /// Whose it is.
    pub identity: Uidp,
    /// The person's name, free text.
    pub name: String,
    /// The address of this sign-in, if its provider vouches for it.
    pub email: Option<String>,
    /// The provider's configured id.
    pub provider: String,
    /// When the person last proved who they are.
    pub auth_time: Micros,
    /// When it began.
    pub create_time: Micros,
    /// When it ends at the latest.
    pub expire_time: Micros,
}

impl Store {
    /// The session of a cookie, if it lives.
    ///
    /// # Errors
    /// The database failed.
    pub async fn session(&self, secret: &Secret) -> Result<Option<LiveSession>, StoreError> {
        let now = self.now();
        let hash = secret.hash();
        let row = sqlx::query(
            "SELECT s.public_id, s.identity_uid, i.name, s.email, s.provider, s.auth_time,
                 s.create_time, s.expire_time, s.last_seen_time
             FROM sessions s JOIN identities i ON i.uid = s.identity_uid
             WHERE s.secret_hash = $1 AND s.expire_time > $2 AND s.last_seen_time > $3
                 AND i.suspended = 0",
        )
        .bind(hash.clone())
        .bind(now.0)
        .bind(now.earlier(SESSION_IDLE).0)
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let last_seen = Micros(row.try_get("last_seen_time")?);
        if last_seen <= now.earlier(TOUCH_EVERY) {
            self.touch(hash).await?;
        }
        Ok(Some(LiveSession {
            public_id: row.try_get("public_id")?,
            identity: uidp(
                "sessions.identity_uid",
                row.try_get::<&str, _>("identity_uid")?,
            )?,
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            provider: row.try_get("provider")?,
            auth_time: Micros(row.try_get("auth_time")?),
            create_time: Micros(row.try_get("create_time")?),
            expire_time: Micros(row.try_get("expire_time")?),
        }))
    }

    async fn touch(&self, hash: String) -> Result<(), StoreError> {
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    // Only forward: a clock that jumped back must not shorten a session.
                    sqlx::query(
                        "UPDATE sessions SET last_seen_time = $2
                         WHERE secret_hash = $1 AND last_seen_time < $2",
                    )
                    .bind(hash)
                    .bind(now.0)
                    .execute(tx)
                    .await?;
                    Ok(())
                })
            })
            .await,
        )
    }

    /// Ends the caller's session. Ending what has ended changes nothing.
    ///
    /// # Errors
    /// The database failed, and the session may live on.
    pub async fn end_session(&self, caller: &Caller, secret: &Secret) -> Result<(), StoreError> {
        let (caller, hash) = (caller.clone(), secret.hash());
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM sessions WHERE secret_hash = $1")
                        .bind(hash)
                        .execute(&mut *tx)
                        .await?;
                    audit::record(
                        tx,
                        now,
                        Entry {
                            organization: None,
                            actor: caller.identity().as_str(),
                            action: "sessions.end",
                            target: caller.identity().as_str(),
                            request_id: &caller.request_id,
                            refusal: "",
                            detail: &[],
                        },
                    )
                    .await?;
                    Ok(())
                })
            })
            .await,
        )
    }
}
