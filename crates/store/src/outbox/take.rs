//! Taking a mail to send: one conditional statement, so that of several servers one has it.

use std::time::Duration;

use bailiwick_domain::{MAIL_PER_RECIPIENT, MAIL_WINDOW, Micros};
use sqlx::{AnyConnection, Row as _};

use crate::access::uidp;
use crate::error::{StoreError, corrupt};
use crate::invites::one;
use crate::outbox::{Outbox, TakenMail};
use crate::secret::{Secret, public_id};
use crate::store::only_store;

/// Longer than any sending takes.
const LEASE: Duration = Duration::from_secs(3 * 60);
/// When nothing of what is due may go, because its recipients have had enough, it is looked at again
/// after this.
const AGAIN: Duration = Duration::from_secs(15);

/// Takes what is due and whose recipient has not had too much of late.
pub(crate) const TAKE: &str = "UPDATE outbox SET lease = $1, due_time = $2, tries = tries + 1
     WHERE state = 'QUEUED' AND due_time <= $3 AND invite_uid = (
         SELECT o.invite_uid FROM outbox o
         WHERE o.state = 'QUEUED' AND o.due_time <= $3 AND (
             SELECT COUNT(*) FROM outbox_sends s
             WHERE s.recipient = o.recipient AND s.time > $4) < $5
         ORDER BY o.due_time, o.invite_uid LIMIT 1)
     RETURNING invite_uid, recipient, code, tries, create_time";

/// Whether anything is due.
pub(crate) const DUE: &str =
    "SELECT 1 AS due FROM outbox WHERE state = 'QUEUED' AND due_time <= $1 LIMIT 1";

impl Outbox<'_> {
    /// The mail that has waited longest, if one may be sent now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn take(&self) -> Result<Option<TakenMail>, StoreError> {
        let due = sqlx::query(DUE)
            .bind(self.store.now().0)
            .fetch_optional(&self.store.readers)
            .await?;
        if due.is_none() {
            return Ok(None);
        }
        let lease = public_id()?;
        only_store(
            self.store
                .write(move |tx, now| Box::pin(async move { Ok(take(tx, now, lease).await?) }))
                .await,
        )
    }
}

async fn take(
    tx: &mut AnyConnection,
    now: Micros,
    lease: String,
) -> Result<Option<TakenMail>, StoreError> {
    // From here on nobody else takes one, so that what a recipient has had is counted one by one.
    sqlx::query("UPDATE outbox_turn SET turn = turn + 1")
        .execute(&mut *tx)
        .await?;
    sqlx::query("DELETE FROM outbox_sends WHERE time <= $1")
        .bind(now.earlier(MAIL_WINDOW).0)
        .execute(&mut *tx)
        .await?;
    // A link that nobody can use any more is not sent.
    sqlx::query(
        "UPDATE outbox SET state = 'FAILED', code = NULL, update_time = $1
         WHERE state = 'QUEUED' AND due_time <= $1 AND EXISTS (
             SELECT 1 FROM group_invites v
             WHERE v.uid = outbox.invite_uid AND v.expire_time <= $1)",
    )
    .bind(now.0)
    .execute(&mut *tx)
    .await?;
    let row = sqlx::query(TAKE)
        .bind(lease.as_str())
        .bind(now.later(LEASE).0)
        .bind(now.0)
        .bind(now.earlier(MAIL_WINDOW).0)
        .bind(i64::from(MAIL_PER_RECIPIENT))
        .fetch_optional(&mut *tx)
        .await?;
    let Some(row) = row else {
        sqlx::query("UPDATE outbox SET due_time = $2 WHERE state = 'QUEUED' AND due_time <= $1")
            .bind(now.0)
            .bind(now.later(AGAIN).0)
            .execute(&mut *tx)
            .await?;
        return Ok(None);
    };
    let uid = uidp("outbox.invite_uid", row.try_get::<&str, _>("invite_uid")?)?;
    sqlx::query("INSERT INTO outbox_sends (lease, recipient, time) VALUES ($1, $2, $3)")
        .bind(lease.as_str())
        .bind(row.try_get::<String, _>("recipient")?)
        .bind(now.0)
        .execute(&mut *tx)
        .await?;
    let gone = || corrupt("outbox.invite_uid", uid.as_str());
    Ok(Some(TakenMail {
        invite: one(tx, &uid).await?.ok_or_else(gone)?,
        code: Secret::from_client(row.try_get::<&str, _>("code")?),
        tries: u32::try_from(row.try_get::<i64, _>("tries")?).unwrap_or(u32::MAX),
        put_time: Micros(row.try_get("create_time")?),
        lease,
    }))
}
