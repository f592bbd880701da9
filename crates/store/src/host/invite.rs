//! The invite that gives an organization its first owner, or a new one.

use std::time::Duration;

use bailiwick_domain::{Mailbox, Micros, OwnerInviteError, Uidp, owner};

use crate::access::is_there;
use crate::act::Attempt;
use crate::error::Failure;
use crate::host::HostHandle;
use crate::invites::{Draft, told, write};
use crate::secret::Secret;

/// What to invite to.
#[derive(Debug, Clone)]
pub struct NewOwnerInvite {
    /// The organization.
    pub organization: Uidp,
    /// Only whoever has this address may accept.
    pub email: Option<Mailbox>,
    /// How long it may be accepted.
    pub life: Duration,
}

/// An invite to own an organization, accepted once at most.
#[derive(Debug, Clone)]
pub struct OwnerInvite {
    /// The code, shown this once; the database holds its hash.
    pub code: Secret,
    /// A public name of the code.
    pub key_id: String,
    /// When it can no longer be accepted.
    pub expire_time: Micros,
}

impl HostHandle<'_> {
    /// Makes an invite for an owner.
    ///
    /// # Errors
    /// See [`OwnerInviteError`].
    pub async fn owner_invite(
        &self,
        invite: NewOwnerInvite,
    ) -> Result<OwnerInvite, Failure<OwnerInviteError>> {
        let attempt = Attempt::on("group_invites.create", &invite.organization);
        self.act(attempt, move |act| {
            Box::pin(async move {
                if !invite.organization.is_root() || !is_there(act.tx, &invite.organization).await?
                {
                    return Err(Failure::Rule(OwnerInviteError::NotFound));
                }
                let draft = Draft {
                    group: &invite.organization,
                    role: owner().uid(),
                    email: invite.email.as_ref(),
                    single_use: true,
                    expire_time: act.now.later(invite.life),
                    ends_at: None,
                };
                let written = write(act, draft).await?;
                act.target(&written.uid);
                for (name, value) in told(&draft, &written.key_id) {
                    act.tell(name, value);
                }
                Ok(OwnerInvite {
                    code: written.code,
                    key_id: written.key_id,
                    expire_time: draft.expire_time,
                })
            })
        })
        .await
    }
}
