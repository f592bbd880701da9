//! Accepting: the one place that uses an invite up.

use bailiwick_domain::{AcceptInviteError, INVITE_USES_MAX, Uidp};

use crate::access::Caller;
use crate::act::{Act, Actor, Attempt, HOST};
use crate::bindings::{Given, NewBinding, Origin};
use crate::error::{Failure, StoreError, corrupt};
use crate::invites::offer::{invited, offer};
use crate::invites::read::of_code;
use crate::invites::{InviteCodeHandle, InviteRow, InviterRow};
use crate::outbox;

/// What accepting gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The invite as it was.
    pub invite: InviteRow,
    /// The role binding that there is now.
    pub binding: Uidp,
}

impl InviteCodeHandle<'_> {
    /// Accepts the invite for `caller`: a role binding, the acceptance and the audit row, or nothing.
    ///
    /// # Errors
    /// See [`AcceptInviteError`]; nothing is used up.
    pub async fn accept(&self, caller: &Caller) -> Result<Accepted, Failure<AcceptInviteError>> {
        let hash = self.code.hash();
        let found = self.find(&hash).await?;
        let (actor, caller) = (Actor::Person(caller.clone()), caller.clone());
        let attempt = Attempt::on("group_invites.accept", &found.uid);
        self.store
            .act(actor, attempt, move |act| {
                Box::pin(async move {
                    // Again, now that nobody else writes in the organization.
                    let invite = of_code(act.tx, &hash).await?;
                    let offer = offer(act.tx, &invite, &act.issuers, act.now).await?;
                    let person = invited(act.tx, &invite, &caller).await?;
                    offer
                        .may_be_accepted(&person, act.now)
                        .map_err(Failure::Rule)?;
                    if !use_up(act, &hash).await? {
                        return Err(Failure::Rule(AcceptInviteError::Used));
                    }
                    outbox::erase(act, &invite.uid).await?;
                    sqlx::query(
                        "INSERT INTO group_invite_acceptances (invite_uid, identity_uid, accept_time)
                         VALUES ($1, $2, $3)
                         ON CONFLICT (invite_uid, identity_uid) DO UPDATE SET accept_time = $3",
                    )
                    .bind(invite.uid.as_str())
                    .bind(caller.identity().as_str())
                    .bind(act.now.0)
                    .execute(&mut *act.tx)
                    .await?;
                    act.tell("key_id", invite.key_id.clone());
                    let wanted = NewBinding {
                        identity: caller.identity().clone(),
                        role: invite.role.clone(),
                        group: invite.group.clone(),
                        ends_at: invite.ends_at,
                    };
                    // The same role here with an earlier end would stand in the way.
                    let shorter = person.grants.iter().find(|grant| {
                        grant.group == wanted.group
                            && grant.role == wanted.role
                            && !grant.has_ended(act.now)
                    });
                    if let Some(shorter) = shorter {
                        // It has an end, so that rule 3 never counted it.
                        act.take(shorter, caller.identity()).await?;
                    }
                    let inviter = match &invite.inviter {
                        InviterRow::Host => HOST,
                        InviterRow::Person { uid, .. } => uid.as_str(),
                    };
                    let origin = Origin::Invite {
                        uid: &invite.uid,
                        inviter,
                    };
                    let given = act.give(&wanted, origin).await?;
                    match given {
                        Given::Made(binding) => Ok(Accepted { invite, binding }),
                        Given::Already(binding) => {
                            Err(corrupt("role_bindings.uid", binding.as_str()).into())
                        }
                        Given::OtherEnd => {
                            Err(corrupt("role_bindings.ends_at", invite.uid.as_str()).into())
                        }
                    }
                })
            })
            .await
    }

    /// The invite of a code, before its organization is locked.
    pub(super) async fn find(&self, hash: &str) -> Result<InviteRow, Failure<AcceptInviteError>> {
        let mut snapshot = self.store.readers.begin().await?;
        of_code(&mut snapshot, hash).await
    }
}

/// Rule 4: counts one use, and closes the invite with its last one, in one statement. False when
/// there is none left.
async fn use_up(act: &mut Act<'_>, hash: &str) -> Result<bool, StoreError> {
    let last = "single_use = 1 OR uses + 1 >= $3";
    let sql = format!(
        "UPDATE group_invites SET uses = uses + 1,
             close = CASE WHEN {last} THEN 'ACCEPTED' ELSE close END,
             close_time = CASE WHEN {last} THEN $2 ELSE close_time END
         WHERE code_hash = $1 AND close = '' AND expire_time > $2 AND uses < $3"
    );
    let done = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(hash.to_owned())
        .bind(act.now.0)
        .bind(i64::from(INVITE_USES_MAX))
        .execute(&mut *act.tx)
        .await?;
    Ok(done.rows_affected() == 1)
}
