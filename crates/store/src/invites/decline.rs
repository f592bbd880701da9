//! Declining.

use bailiwick_domain::{AcceptInviteError, InviteState};

use crate::access::Caller;
use crate::act::{Actor, Attempt};
use crate::error::Failure;
use crate::invites::InviteCodeHandle;
use crate::invites::offer::{invited, offer};
use crate::invites::read::of_code;
use crate::invites::revoke::close;

impl InviteCodeHandle<'_> {
    /// Declines the invite for `caller`. One that is for one person is closed by it; one for many
    /// stays as it is.
    ///
    /// # Errors
    /// That it is not open any more, or not for them.
    pub async fn decline(&self, caller: &Caller) -> Result<(), Failure<AcceptInviteError>> {
        let hash = self.code.hash();
        let found = self.find(&hash).await?;
        let (actor, caller) = (Actor::Person(caller.clone()), caller.clone());
        let attempt = Attempt::on("group_invites.decline", &found.uid);
        self.store
            .act(actor, attempt, move |act| {
                Box::pin(async move {
                    let invite = of_code(act.tx, &hash).await?;
                    let offer = offer(act.tx, &invite, &act.issuers, act.now).await?;
                    let person = invited(act.tx, &invite, &caller).await?;
                    offer.is_open().map_err(Failure::Rule)?;
                    offer.is_for(&person).map_err(Failure::Rule)?;
                    if !invite.single_use {
                        act.nothing_changed();
                        return Ok(());
                    }
                    act.tell("key_id", invite.key_id);
                    Ok(close(act, &invite.uid, InviteState::Declined).await?)
                })
            })
            .await
    }
}
