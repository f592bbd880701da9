//! One invite.

use bailiwick_domain::{AcceptInviteError, Capability, GetInviteError, InviteState, Uidp, allows};
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::access::held_by;
use crate::error::{Failure, StoreError};
use crate::invites::row::{JOINED, columns, complete, from_row};
use crate::invites::{GroupInvitesHandle, InviteRow};

impl GroupInvitesHandle<'_> {
    /// One invite, in one of `states`.
    ///
    /// # Errors
    /// [`GetInviteError::NotFound`] for what is not there, in another state, over for too long, or
    /// not for the caller to see.
    pub async fn get(
        &self,
        uid: &Uidp,
        states: &[InviteState],
    ) -> Result<InviteRow, Failure<GetInviteError>> {
        let now = self.store.now();
        let mut snapshot = self.store.readers.begin().await?;
        let held = held_by(&mut snapshot, self.caller).await?;
        let seen = uid
            .parent()
            .is_some_and(|group| allows(&held, Capability::GROUP_INVITES_LIST, &group, now));
        let not_found = Failure::Rule(GetInviteError::NotFound);
        if !seen {
            return Err(not_found);
        }
        one(&mut snapshot, uid)
            .await?
            .filter(|invite| invite.is_kept(now) && states.contains(&invite.state(now)))
            .ok_or(not_found)
    }
}

/// An invite by its UIDP, whoever asks.
pub(crate) async fn one(
    connection: &mut AnyConnection,
    uid: &Uidp,
) -> Result<Option<InviteRow>, StoreError> {
    find(connection, "uid", uid.as_str().to_owned()).await
}

/// The invite whose code has this hash.
async fn by_code(
    connection: &mut AnyConnection,
    hash: &str,
) -> Result<Option<InviteRow>, StoreError> {
    find(connection, "code_hash", hash.to_owned()).await
}

/// The invite of a code, or what to say to whoever comes with it.
pub(super) async fn of_code(
    connection: &mut AnyConnection,
    hash: &str,
) -> Result<InviteRow, Failure<AcceptInviteError>> {
    if let Some(invite) = by_code(connection, hash).await? {
        return Ok(invite);
    }
    let old = sqlx::query("SELECT invite_uid FROM group_invite_old_codes WHERE code_hash = $1")
        .bind(hash.to_owned())
        .fetch_optional(&mut *connection)
        .await?;
    Err(Failure::Rule(match old {
        Some(_) => AcceptInviteError::Reissued,
        None => AcceptInviteError::Unknown,
    }))
}

async fn find(
    connection: &mut AnyConnection,
    column: &'static str,
    value: String,
) -> Result<Option<InviteRow>, StoreError> {
    let sql = format!(
        "SELECT {} FROM group_invites v {JOINED} WHERE v.{column} = $1",
        columns()
    );
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(value)
        .fetch_optional(&mut *connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(complete(connection, vec![from_row(&row)?]).await?.pop())
}
