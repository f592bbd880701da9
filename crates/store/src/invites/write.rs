//! The one place that makes an invite, or gives it a code. It trusts that rule 2 was asked. The mail
//! that takes the code to its address is put into the outbox in the same transaction.

use bailiwick_domain::{INVITE_CODE_PREFIX, INVITE_KEPT, Mailbox, Micros, Uidp};

use crate::act::Act;
use crate::error::{StoreError, corrupt};
use crate::outbox;
use crate::secret::{Secret, public_id, random_bytes};

/// An invite that was decided upon.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draft<'a> {
    pub(crate) group: &'a Uidp,
    pub(crate) role: &'a Uidp,
    pub(crate) email: Option<&'a Mailbox>,
    pub(crate) single_use: bool,
    pub(crate) expire_time: Micros,
    pub(crate) ends_at: Option<Micros>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) uid: Uidp,
    pub(crate) code: Secret,
    pub(crate) key_id: String,
}

/// Makes an invite by whoever acts. The audit trail is told by the caller.
pub(crate) async fn write(act: &mut Act<'_>, draft: Draft<'_>) -> Result<Written, StoreError> {
    let (code, key_id) = (new_code()?, public_id()?);
    let uid = draft
        .group
        .child(random_bytes()?)
        .map_err(|_| corrupt("groups.uid", draft.group.as_str()))?;
    sqlx::query(
        "INSERT INTO group_invites (uid, group_uid, organization, role_uid, key_id, code_hash, email,
             email_key, single_use, inviter, create_time, expire_time, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(uid.as_str())
    .bind(draft.group.as_str())
    .bind(draft.group.organization().to_string())
    .bind(draft.role.as_str())
    .bind(key_id.as_str())
    .bind(code.hash())
    .bind(draft.email.map(|email| email.address().as_str().to_owned()))
    .bind(draft.email.map(|email| email.key().as_str().to_owned()))
    .bind(i64::from(draft.single_use || draft.email.is_some()))
    .bind(act.actor.name())
    .bind(act.now.0)
    .bind(draft.expire_time.0)
    .bind(draft.ends_at.map(|end| end.0))
    .execute(&mut *act.tx)
    .await?;
    outbox::put(act, &uid, &code).await?;
    Ok(Written { uid, code, key_id })
}

/// Gives an invite that is not closed a later end by whoever acts, and a new code if it shall have
/// one: the old one is dead.
pub(super) async fn renew(
    act: &mut Act<'_>,
    uid: &Uidp,
    expire_time: Micros,
    code: Option<(&Secret, &str)>,
) -> Result<(), StoreError> {
    if code.is_some() {
        sqlx::query(
            "INSERT INTO group_invite_old_codes (code_hash, invite_uid)
             SELECT code_hash, uid FROM group_invites WHERE uid = $1",
        )
        .bind(uid.as_str())
        .execute(&mut *act.tx)
        .await?;
    }
    let done = match code {
        Some((code, key_id)) => sqlx::query(
            "UPDATE group_invites SET expire_time = $2, inviter = $3, code_hash = $4, key_id = $5
                 WHERE uid = $1 AND close = ''",
        )
        .bind(uid.as_str())
        .bind(expire_time.0)
        .bind(act.actor.name())
        .bind(code.hash())
        .bind(key_id)
        .execute(&mut *act.tx)
        .await?,
        None => {
            sqlx::query(
                "UPDATE group_invites SET expire_time = $2, inviter = $3
                 WHERE uid = $1 AND close = ''",
            )
            .bind(uid.as_str())
            .bind(expire_time.0)
            .bind(act.actor.name())
            .execute(&mut *act.tx)
            .await?
        }
    };
    if done.rows_affected() != 1 {
        return Err(corrupt("group_invites.close", uid.as_str()));
    }
    match code {
        Some((code, _)) => outbox::put(act, uid, code).await,
        None => Ok(()),
    }
}

/// A code that nobody has had before.
pub(super) fn new_code() -> Result<Secret, StoreError> {
    let random = Secret::random()?;
    let code = format!("{INVITE_CODE_PREFIX}{}", random.expose());
    Ok(Secret::from_client(&code))
}

/// Forgets the organization's invites that nobody is shown any more.
pub(super) async fn forget_old(act: &mut Act<'_>, organization: &Uidp) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM group_invites WHERE organization = $1 AND create_time < $2
             AND ((close = '' AND expire_time <= $2) OR (close <> '' AND close_time <= $2))",
    )
    .bind(organization.as_str())
    .bind(act.now.earlier(INVITE_KEPT).0)
    .execute(&mut *act.tx)
    .await?;
    Ok(())
}
