//! Inviting.

use bailiwick_domain::{
    CannotInvite, Capability, CreateInviteError, EndError, Micros, Uidp, invite_expiry, may_end,
};

use crate::access::Permit;
use crate::act::{Act, Actor, Attempt};
use crate::error::{Failure, corrupt};
use crate::invites::known::Known;
use crate::invites::read::one;
use crate::invites::write::{Draft, forget_old, write};
use crate::invites::{GroupInvitesHandle, Issued, NewInvite};
use crate::roles::{RoleRow, bindable};

impl GroupInvitesHandle<'_> {
    /// Invites. The answer alone has the code.
    ///
    /// # Errors
    /// See [`CreateInviteError`].
    pub async fn create(&self, new: NewInvite) -> Result<Issued, Failure<CreateInviteError>> {
        let actor = Actor::Person(self.caller.clone());
        let attempt = Attempt::on("group_invites.create", &new.group);
        self.store
            .act(actor, attempt, move |act| {
                Box::pin(async move {
                    let (permit, role) = permitted(act, &new.group, &new.role, new.ends_at).await?;
                    let mailboxes: Vec<_> = new.email.iter().collect();
                    let known = Known::among(act, &permit, &role, new.ends_at, &mailboxes).await?;
                    for mailbox in mailboxes {
                        if known.is_member(mailbox) {
                            return Err(Failure::Rule(CreateInviteError::AlreadyMember));
                        }
                        if known.is_invited(mailbox) {
                            return Err(Failure::Rule(CreateInviteError::AlreadyInvited));
                        }
                    }
                    forget_old(act, &new.group.organization()).await?;
                    let draft = Draft {
                        group: &new.group,
                        role: &new.role,
                        email: new.email.as_ref(),
                        single_use: new.single_use,
                        expire_time: invite_expiry(act.now, new.life, new.ends_at),
                        ends_at: new.ends_at,
                    };
                    let written = write(act, draft).await?;
                    act.target(&written.uid);
                    for (name, value) in told(&draft, &written.key_id) {
                        act.tell(name, value);
                    }
                    let invite = one(act.tx, &written.uid).await?;
                    Ok(Issued {
                        invite: invite
                            .ok_or_else(|| corrupt("group_invites.uid", written.uid.as_str()))?,
                        code: written.code,
                    })
                })
            })
            .await
    }
}

/// Whether whoever acts may invite to this role at this group.
pub(super) async fn permitted(
    act: &mut Act<'_>,
    group: &Uidp,
    role: &Uidp,
    ends_at: Option<Micros>,
) -> Result<(Permit, RoleRow), Failure<CreateInviteError>> {
    let permit = act
        .permit(
            Capability::GROUP_INVITES_CREATE,
            group,
            CreateInviteError::GroupNotFound,
            CreateInviteError::Forbidden,
        )
        .await?;
    let role = bindable(act.tx, role, group)
        .await?
        .ok_or(Failure::Rule(CreateInviteError::RoleNotFound))?;
    if role.reserved {
        return Err(Failure::Rule(CreateInviteError::RoleReserved));
    }
    may_end(ends_at, act.now).map_err(|wrong| {
        Failure::Rule(match wrong {
            EndError::Past => CreateInviteError::Ended,
            EndError::TooFar => CreateInviteError::EndTooFar,
        })
    })?;
    permit
        .may_invite(&role.capabilities, ends_at, act.now)
        .map_err(|cannot| {
            Failure::Rule(match cannot {
                CannotInvite::Missing(what) => CreateInviteError::Forbidden(what),
                CannotInvite::BeyondReach(beyond) => CreateInviteError::BeyondReach(beyond),
            })
        })?;
    act.step_up_for_owner(&role.capabilities, group)?;
    Ok((permit, role))
}

/// What the audit trail keeps of an invite. The code is not among it.
pub(crate) fn told(draft: &Draft<'_>, key_id: &str) -> Vec<(&'static str, String)> {
    let end = |end: Option<Micros>| end.map_or("never".to_owned(), |end| end.0.to_string());
    vec![
        ("role", draft.role.to_string()),
        ("key_id", key_id.to_owned()),
        (
            "email",
            draft
                .email
                .map(|email| email.address().to_string())
                .unwrap_or_default(),
        ),
        ("expires", draft.expire_time.0.to_string()),
        ("ends_at", end(draft.ends_at)),
    ]
}
