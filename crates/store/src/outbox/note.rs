//! What became of a mail that was taken.

use bailiwick_domain::{MAIL_TRIED, MailState, Micros, mail_pause};
use sqlx::AnyConnection;

use crate::error::StoreError;
use crate::outbox::{Outbox, TakenMail};
use crate::store::only_store;

/// How sending went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// The mail server has taken it.
    Accepted,
    /// The mail server refuses it for good.
    Refused,
    /// It did not work now.
    Deferred,
}

impl Outbox<'_> {
    /// Notes how sending went. If the lease is over, or the invite has got another code or an end
    /// meanwhile, this changes nothing.
    ///
    /// # Errors
    /// The database failed: the mail is sent again.
    pub async fn note(&self, mail: TakenMail, sending: Sending) -> Result<(), StoreError> {
        only_store(
            self.store
                .write(move |tx, now| {
                    Box::pin(async move { Ok(note(tx, now, &mail, sending).await?) })
                })
                .await,
        )
    }

    /// Erases what waits, on a server that sends no mail any more.
    ///
    /// # Errors
    /// The database failed.
    pub async fn give_up(&self) -> Result<(), StoreError> {
        only_store(
            self.store
                .write(move |tx, now| {
                    Box::pin(async move {
                        sqlx::query(
                            "UPDATE outbox SET state = 'FAILED', code = NULL, lease = '',
                                 update_time = $1
                             WHERE state = 'QUEUED'",
                        )
                        .bind(now.0)
                        .execute(&mut *tx)
                        .await?;
                        sqlx::query("DELETE FROM notices").execute(tx).await?;
                        Ok(())
                    })
                })
                .await,
        )
    }
}

async fn note(
    tx: &mut AnyConnection,
    now: Micros,
    mail: &TakenMail,
    sending: Sending,
) -> Result<(), StoreError> {
    let state = match sending {
        Sending::Accepted => MailState::Sent,
        Sending::Refused => MailState::Failed,
        Sending::Deferred if now >= mail.put_time.later(MAIL_TRIED) => MailState::Failed,
        Sending::Deferred => MailState::Queued,
    };
    if sending != Sending::Accepted {
        // The recipient got nothing.
        sqlx::query("DELETE FROM outbox_sends WHERE lease = $1")
            .bind(mail.lease.as_str())
            .execute(&mut *tx)
            .await?;
    }
    sqlx::query(match state {
        MailState::Queued => {
            "UPDATE outbox SET state = $3, due_time = $4, lease = ''
             WHERE invite_uid = $1 AND lease = $2"
        }
        MailState::Sent | MailState::Failed => {
            "UPDATE outbox SET state = $3, update_time = $4, lease = '', code = NULL
             WHERE invite_uid = $1 AND lease = $2"
        }
    })
    .bind(mail.invite.uid.as_str())
    .bind(mail.lease.as_str())
    .bind(state.as_str())
    .bind(match state {
        MailState::Queued => now.later(mail_pause(mail.tries)).0,
        MailState::Sent | MailState::Failed => now.0,
    })
    .execute(tx)
    .await?;
    Ok(())
}
