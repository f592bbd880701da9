//! A new code, or a later end. Either is a creation: it takes the same rights, and whoever does it is
//! the inviter since.

use std::time::Duration;

use bailiwick_domain::{
    CannotInvite, Capability, InviteState, Micros, ReissueInviteError, TTL_DEFAULT, Uidp,
    invite_expiry,
};

use crate::act::{Act, Actor, Attempt};
use crate::error::{Failure, corrupt};
use crate::invites::read::one;
use crate::invites::write::{new_code, renew};
use crate::invites::{GroupInvitesHandle, InviteRow, Issued};
use crate::secret::public_id;

impl GroupInvitesHandle<'_> {
    /// Gives an invite a new code, and the old one is dead. Without `life` a pending invite keeps
    /// its end, and an expired one lives for [`TTL_DEFAULT`].
    ///
    /// # Errors
    /// See [`ReissueInviteError`].
    pub async fn reissue(
        &self,
        uid: Uidp,
        life: Option<Duration>,
    ) -> Result<Issued, Failure<ReissueInviteError>> {
        let actor = Actor::Person(self.caller.clone());
        let attempt = Attempt::on("group_invites.reissue", &uid);
        self.store
            .act(actor, attempt, move |act| {
                Box::pin(async move {
                    let before = renewable(act, &uid).await?;
                    let expire_time = match (life, before.state(act.now)) {
                        (None, InviteState::Pending) => before.expire_time,
                        (life, _) => {
                            let life = life.unwrap_or(TTL_DEFAULT);
                            invite_expiry(act.now, life, before.ends_at)
                        }
                    };
                    let (code, key_id) = (new_code()?, public_id()?);
                    renew(act, &uid, expire_time, Some((&code, &key_id))).await?;
                    let invite = renewed(act, &uid, expire_time).await?;
                    act.tell("key_id", key_id);
                    Ok(Issued { invite, code })
                })
            })
            .await
    }

    /// Lets an invite live so long from now on, with the same code.
    ///
    /// # Errors
    /// See [`ReissueInviteError`].
    pub async fn extend(
        &self,
        uid: Uidp,
        life: Duration,
    ) -> Result<InviteRow, Failure<ReissueInviteError>> {
        let actor = Actor::Person(self.caller.clone());
        let attempt = Attempt::on("group_invites.extend", &uid);
        self.store
            .act(actor, attempt, move |act| {
                Box::pin(async move {
                    let before = renewable(act, &uid).await?;
                    let expire_time = invite_expiry(act.now, life, before.ends_at);
                    renew(act, &uid, expire_time, None).await?;
                    renewed(act, &uid, expire_time).await
                })
            })
            .await
    }
}

/// The invite, if whoever acts could make it now.
async fn renewable(
    act: &mut Act<'_>,
    uid: &Uidp,
) -> Result<InviteRow, Failure<ReissueInviteError>> {
    let not_found = || Failure::Rule(ReissueInviteError::NotFound);
    let group = uid.parent().ok_or_else(not_found)?;
    let permit = act
        .permit(
            Capability::GROUP_INVITES_CREATE,
            &group,
            ReissueInviteError::NotFound,
            ReissueInviteError::Forbidden,
        )
        .await?;
    let invite = one(act.tx, uid).await?.ok_or_else(not_found)?;
    if invite.close.is_some() {
        return Err(Failure::Rule(ReissueInviteError::Closed));
    }
    let role = invite
        .role_now
        .as_ref()
        .ok_or(Failure::Rule(ReissueInviteError::RoleGone))?;
    if invite.ends_at.is_some_and(|end| end <= act.now) {
        return Err(Failure::Rule(ReissueInviteError::Ended));
    }
    permit
        .may_invite(&role.capabilities, invite.ends_at, act.now)
        .map_err(|cannot| {
            Failure::Rule(match cannot {
                CannotInvite::Missing(what) => ReissueInviteError::Forbidden(what),
                CannotInvite::BeyondReach(beyond) => ReissueInviteError::BeyondReach(beyond),
            })
        })?;
    act.step_up_for_owner(&role.capabilities, &group)?;
    Ok(invite)
}

async fn renewed(
    act: &mut Act<'_>,
    uid: &Uidp,
    expire_time: Micros,
) -> Result<InviteRow, Failure<ReissueInviteError>> {
    act.tell("expires", expire_time.0.to_string());
    let invite = one(act.tx, uid).await?;
    Ok(invite.ok_or_else(|| corrupt("group_invites.uid", uid.as_str()))?)
}
