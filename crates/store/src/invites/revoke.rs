//! Taking an invite back.

use bailiwick_domain::{Capability, InviteState, RevokeInviteError, Uidp};

use crate::act::{Act, Actor, Attempt};
use crate::error::{Failure, StoreError};
use crate::invites::GroupInvitesHandle;
use crate::invites::read::one;
use crate::outbox;

impl GroupInvitesHandle<'_> {
    /// Revokes an invite: its code is dead at once. What is closed or not there, where the caller
    /// may revoke invites, is no write and no error.
    ///
    /// # Errors
    /// See [`RevokeInviteError`].
    pub async fn revoke(&self, uid: Uidp) -> Result<(), Failure<RevokeInviteError>> {
        let actor = Actor::Person(self.caller.clone());
        let attempt = Attempt::on("group_invites.delete", &uid);
        self.store
            .act(actor, attempt, move |act| {
                Box::pin(async move {
                    let group = uid
                        .parent()
                        .ok_or(Failure::Rule(RevokeInviteError::NotFound))?;
                    let permit = act
                        .permit(
                            Capability::GROUP_INVITES_DELETE,
                            &group,
                            RevokeInviteError::NotFound,
                            RevokeInviteError::Forbidden,
                        )
                        .await?;
                    let Some(invite) = one(act.tx, &uid)
                        .await?
                        .filter(|invite| invite.close.is_none())
                    else {
                        act.nothing_changed();
                        return Ok(());
                    };
                    if invite.state(act.now) == InviteState::Pending
                        && let Some(role) = &invite.role_now
                    {
                        permit
                            .reaches(&role.capabilities, &group, invite.ends_at, act.now)
                            .map_err(|beyond| {
                                Failure::Rule(RevokeInviteError::BeyondReach(beyond))
                            })?;
                    }
                    act.tell("key_id", invite.key_id);
                    Ok(close(act, &uid, InviteState::Revoked).await?)
                })
            })
            .await
    }
}

/// Closes an invite that is not closed.
pub(super) async fn close(
    act: &mut Act<'_>,
    uid: &Uidp,
    how: InviteState,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE group_invites SET close = $2, close_time = $3 WHERE uid = $1 AND close = ''",
    )
    .bind(uid.as_str())
    .bind(how.as_str())
    .bind(act.now.0)
    .execute(&mut *act.tx)
    .await?;
    outbox::erase(act, uid).await
}
