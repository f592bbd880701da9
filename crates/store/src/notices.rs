//! Mails to people about their own account: that a device was signed in as them. One is put here in the
//! very transaction that approves the device, and taken under a lease by whoever sends it.

use std::time::Duration;

use bailiwick_domain::{MAIL_TRIED, Micros, mail_pause};
use sqlx::{AnyConnection, Row as _};

use crate::error::StoreError;
use crate::outbox::Sending;
use crate::secret::public_id;
use crate::store::{Store, only_store};

/// Longer than any sending takes.
const LEASE: Duration = Duration::from_secs(3 * 60);

/// A device that somebody let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its name, which is the same at every try.
    pub uid: String,
    /// The address of the sign-in by which it was approved.
    pub recipient: String,
    /// Which client runs on the device.
    pub client_id: String,
    /// What the device says it is; may be empty.
    pub host: String,
    /// Where it asked from.
    pub address: String,
    /// When it was approved.
    pub time: Micros,
    lease: String,
    tries: u32,
}

/// What a notice says.
#[derive(Debug)]
pub(crate) struct Approved<'a> {
    pub(crate) recipient: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) host: &'a str,
    pub(crate) address: &'a str,
}

/// Has a notice sent.
pub(crate) async fn put(
    tx: &mut AnyConnection,
    now: Micros,
    approved: Approved<'_>,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO notices (uid, recipient, client_id, host, address, due_time, create_time)
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
    )
    .bind(public_id()?)
    .bind(approved.recipient)
    .bind(approved.client_id)
    .bind(approved.host)
    .bind(approved.address)
    .bind(now.0)
    .execute(tx)
    .await?;
    Ok(())
}

impl Store {
    /// The notice that has waited longest, if one may be sent now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn take_notice(&self) -> Result<Option<Notice>, StoreError> {
        let due = sqlx::query("SELECT 1 AS due FROM notices WHERE due_time <= $1 LIMIT 1")
            .bind(self.now().0)
            .fetch_optional(&self.readers)
            .await?;
        if due.is_none() {
            return Ok(None);
        }
        let lease = public_id()?;
        only_store(
            self.write(move |tx, now| Box::pin(async move { Ok(take(tx, now, lease).await?) }))
                .await,
        )
    }

    /// Notes how sending went. What was sent, refused, or tried for a day is forgotten. If the lease is
    /// over, this changes nothing.
    ///
    /// # Errors
    /// The database failed: the mail is sent again.
    pub async fn note_notice(&self, notice: Notice, sending: Sending) -> Result<(), StoreError> {
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    let again = sending == Sending::Deferred && now < notice.time.later(MAIL_TRIED);
                    let statement = match again {
                        true => sqlx::query(
                            "UPDATE notices SET lease = '', due_time = $3
                             WHERE uid = $1 AND lease = $2",
                        ),
                        false => sqlx::query("DELETE FROM notices WHERE uid = $1 AND lease = $2"),
                    };
                    let mut statement = statement.bind(notice.uid).bind(notice.lease);
                    if again {
                        statement = statement.bind(now.later(mail_pause(notice.tries)).0);
                    }
                    statement.execute(tx).await?;
                    Ok(())
                })
            })
            .await,
        )
    }
}

async fn take(
    tx: &mut AnyConnection,
    now: Micros,
    lease: String,
) -> Result<Option<Notice>, StoreError> {
    let row = sqlx::query(
        "UPDATE notices SET lease = $1, due_time = $2, tries = tries + 1
         WHERE due_time <= $3 AND uid = (
             SELECT uid FROM notices WHERE due_time <= $3 ORDER BY due_time, uid LIMIT 1)
         RETURNING uid, recipient, client_id, host, address, create_time, tries",
    )
    .bind(lease.as_str())
    .bind(now.later(LEASE).0)
    .bind(now.0)
    .fetch_optional(tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Notice {
        uid: row.try_get("uid")?,
        recipient: row.try_get("recipient")?,
        client_id: row.try_get("client_id")?,
        host: row.try_get("host")?,
        address: row.try_get("address")?,
        time: Micros(row.try_get("create_time")?),
        lease,
        tries: u32::try_from(row.try_get::<i64, _>("tries")?).unwrap_or(u32::MAX),
    }))
}
