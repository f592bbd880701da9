//! An invite and a person, as the rules of acceptance look at them.

use bailiwick_domain::{For, Invited, InviterNow, Micros, Offer};
use sqlx::{AnyConnection, Row as _};

use crate::access::{Caller, grants};
use crate::error::StoreError;
use crate::identities::mailbox_key;
use crate::invites::{InviteRow, InviterRow};

/// What the invite offers at this instant.
pub(super) async fn offer(
    connection: &mut AnyConnection,
    invite: &InviteRow,
    issuers: &[String],
    now: Micros,
) -> Result<Offer, StoreError> {
    Ok(Offer {
        state: invite.state(now),
        audience: match &invite.email {
            None => For::Anyone,
            // From the address itself, not from a column that a migration filled.
            Some(email) => mailbox_key(email).map_or(For::Nobody, For::Mailbox),
        },
        promise: invite.promise(),
        inviter: inviter(connection, &invite.inviter, issuers).await?,
    })
}

async fn inviter(
    connection: &mut AnyConnection,
    inviter: &InviterRow,
    issuers: &[String],
) -> Result<InviterNow, StoreError> {
    let InviterRow::Person { uid, .. } = inviter else {
        return Ok(InviterNow::Host);
    };
    let row = sqlx::query("SELECT issuer, suspended FROM identities WHERE uid = $1")
        .bind(uid.as_str())
        .fetch_optional(&mut *connection)
        .await?;
    let Some(row) = row else {
        return Ok(InviterNow::Gone);
    };
    let issuer: &str = row.try_get("issuer")?;
    let can_sign_in =
        row.try_get::<i64, _>("suspended")? == 0 && issuers.iter().any(|known| known == issuer);
    Ok(match can_sign_in {
        true => InviterNow::Person(grants(connection, uid).await?),
        false => InviterNow::Gone,
    })
}

/// The person at this instant.
pub(super) async fn invited(
    connection: &mut AnyConnection,
    invite: &InviteRow,
    caller: &Caller,
) -> Result<Invited, StoreError> {
    let accepted = sqlx::query(
        "SELECT accept_time FROM group_invite_acceptances
         WHERE invite_uid = $1 AND identity_uid = $2",
    )
    .bind(invite.uid.as_str())
    .bind(caller.identity().as_str())
    .fetch_optional(&mut *connection)
    .await?;
    Ok(Invited {
        mailbox: caller.email.as_deref().and_then(mailbox_key),
        grants: grants(connection, caller.identity()).await?,
        accepted_before: accepted.is_some(),
    })
}
