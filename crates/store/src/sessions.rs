//! Sessions of the console.

use std::time::Duration;

use bailiwick_domain::{Micros, Uidp};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

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
/// [`Store::session`], [`Store::sessions`] and redeeming a code.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LiveSession {
    /// The id that pages send back, in the form of a UIDP; it opens nothing.
    pub public_id: Uidp,
    /// Whose it is.
    pub identity: Uidp,
    /// The person's name, free text.
    pub name: String,
    /// The address of this sign-in, if its provider vouches for it.
    pub email: Option<String>,
    /// The provider's configured id.
    pub provider: String,
    /// As "Firefox on Linux"; empty when the browser did not say.
    pub browser: String,
    /// Where the sign-in came from.
    pub address: String,
    /// When the person last proved who they are.
    pub auth_time: Micros,
    /// When it began.
    pub create_time: Micros,
    /// When it was last used, to the minute.
    pub last_seen_time: Micros,
    /// When it ends at the latest.
    pub expire_time: Micros,
    issuer: String,
}

/// The sessions of a name that live, whose person is not suspended.
pub(crate) fn live_statement(column: &str) -> String {
    format!(
        "SELECT s.public_id, s.identity_uid, i.name, i.issuer, s.email, s.provider, s.browser,
             s.address, s.auth_time, s.create_time, s.last_seen_time, s.expire_time
         FROM sessions s JOIN identities i ON i.uid = s.identity_uid
         WHERE s.{column} = $1 AND s.expire_time > $2 AND s.last_seen_time > $3
             AND i.suspended = 0"
    )
}

impl LiveSession {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let id = |what, column| uidp(what, row.try_get::<&str, _>(column)?);
        Ok(Self {
            public_id: id("sessions.public_id", "public_id")?,
            identity: id("sessions.identity_uid", "identity_uid")?,
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            provider: row.try_get("provider")?,
            browser: row.try_get("browser")?,
            address: row.try_get("address")?,
            auth_time: Micros(row.try_get("auth_time")?),
            create_time: Micros(row.try_get("create_time")?),
            last_seen_time: Micros(row.try_get("last_seen_time")?),
            expire_time: Micros(row.try_get("expire_time")?),
            issuer: row.try_get("issuer")?,
        })
    }
}

impl Store {
    /// The session of a cookie, if it lives and the person's provider still stands in the
    /// configuration.
    ///
    /// # Errors
    /// The database failed.
    pub async fn session(&self, secret: &Secret) -> Result<Option<LiveSession>, StoreError> {
        let hash = secret.hash();
        let found = self.live_sessions("secret_hash", hash.clone()).await?;
        let Some(session) = found.into_iter().next() else {
            return Ok(None);
        };
        if session.last_seen_time <= self.now().earlier(TOUCH_EVERY) {
            self.touch(hash).await?;
        }
        Ok(Some(session))
    }

    /// The caller's own sessions, the one last seen first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sessions(&self, caller: &Caller) -> Result<Vec<LiveSession>, StoreError> {
        let who = caller.identity().to_string();
        let mut sessions = self.live_sessions("identity_uid", who).await?;
        sessions.sort_by_key(|session| {
            let newest = (session.last_seen_time.0, session.create_time.0);
            (std::cmp::Reverse(newest), session.public_id.clone())
        });
        Ok(sessions)
    }

    async fn live_sessions(
        &self,
        column: &str,
        value: String,
    ) -> Result<Vec<LiveSession>, StoreError> {
        let now = self.now();
        let rows = sqlx::query(sqlx::AssertSqlSafe(live_statement(column)))
            .bind(value)
            .bind(now.0)
            .bind(now.earlier(SESSION_IDLE).0)
            .fetch_all(&self.readers)
            .await?;
        let mut sessions = Vec::with_capacity(rows.len());
        for row in &rows {
            let session = LiveSession::read(row)?;
            if self.issuers.contains(&session.issuer) {
                sessions.push(session);
            }
        }
        Ok(sessions)
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

    /// Signs out: ends the session of a cookie. Ending what has ended changes nothing.
    ///
    /// # Errors
    /// The database failed, and the session may live on.
    pub async fn end_session(&self, caller: &Caller, secret: &Secret) -> Result<(), StoreError> {
        let which = "secret_hash = $2";
        self.end_sessions(caller, which, secret.hash()).await
    }

    /// Ends a session of the caller's own by its public id. What is not theirs, or not there any
    /// more, changes nothing.
    ///
    /// # Errors
    /// The database failed, and the session may live on.
    pub async fn end_session_named(&self, caller: &Caller, id: &Uidp) -> Result<(), StoreError> {
        let which = "public_id = $2";
        self.end_sessions(caller, which, id.to_string()).await
    }

    /// Ends all sessions of the caller but the one of this public id.
    ///
    /// # Errors
    /// The database failed, and they may live on.
    pub async fn end_other_sessions(&self, caller: &Caller, kept: &Uidp) -> Result<(), StoreError> {
        let which = "public_id <> $2";
        self.end_sessions(caller, which, kept.to_string()).await
    }

    async fn end_sessions(
        &self,
        caller: &Caller,
        which: &'static str,
        value: String,
    ) -> Result<(), StoreError> {
        let caller = caller.clone();
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    let sql = format!(
                        "DELETE FROM sessions WHERE identity_uid = $1 AND {which}
                         RETURNING public_id"
                    );
                    let ended = sqlx::query(sqlx::AssertSqlSafe(sql))
                        .bind(caller.identity().to_string())
                        .bind(value)
                        .fetch_all(&mut *tx)
                        .await?;
                    for row in &ended {
                        let session = row.try_get("public_id")?;
                        note_end(tx, now, caller.identity(), session, &caller.request_id).await?;
                    }
                    Ok(())
                })
            })
            .await,
        )
    }
}

/// Tells the audit trail that a session was ended.
pub(crate) async fn note_end(
    tx: &mut AnyConnection,
    now: Micros,
    whose: &Uidp,
    session: &str,
    request_id: &str,
) -> Result<(), StoreError> {
    let entry = Entry {
        organization: None,
        actor: whose.as_str(),
        action: "sessions.end",
        target: whose.as_str(),
        request_id,
        refusal: "",
        detail: &[("session", session)],
    };
    audit::record(tx, now, entry).await
}
