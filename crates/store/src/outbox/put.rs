//! Into the outbox, and out of it unsent.

use bailiwick_domain::Uidp;

use crate::act::Act;
use crate::error::StoreError;
use crate::secret::Secret;

/// Has the code of an invite sent to its address, if it has one and mail is sent at all. Whatever was
/// to be sent, or was sent, before is about a code that is dead.
pub(crate) async fn put(act: &mut Act<'_>, invite: &Uidp, code: &Secret) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM outbox WHERE invite_uid = $1")
        .bind(invite.as_str())
        .execute(&mut *act.tx)
        .await?;
    if !act.sends_mail {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO outbox (invite_uid, recipient, code, state, due_time, create_time, update_time)
         SELECT uid, email_key, CAST($2 AS TEXT), 'QUEUED', CAST($3 AS BIGINT), CAST($3 AS BIGINT),
             CAST($3 AS BIGINT)
         FROM group_invites WHERE uid = $1 AND email_key IS NOT NULL",
    )
    .bind(invite.as_str())
    .bind(code.expose().to_owned())
    .bind(act.now.0)
    .execute(&mut *act.tx)
    .await?;
    Ok(())
}

/// Nobody needs the mail of this invite any more.
pub(crate) async fn erase(act: &mut Act<'_>, invite: &Uidp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM outbox WHERE invite_uid = $1 AND state = 'QUEUED'")
        .bind(invite.as_str())
        .execute(&mut *act.tx)
        .await?;
    Ok(())
}
