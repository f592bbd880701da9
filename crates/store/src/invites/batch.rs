//! Inviting many addresses at once, in one transaction.

use std::collections::BTreeSet;
use std::time::Duration;

use bailiwick_domain::{
    BatchInviteError, CreateInviteError, EmailError, Mailbox, Micros, Uidp, invite_expiry,
};

use crate::act::{Act, Actor, Attempt};
use crate::error::{Failure, StoreError, corrupt};
use crate::invites::create::{permitted, told};
use crate::invites::known::Known;
use crate::invites::row::many;
use crate::invites::write::{Draft, Written, forget_old, write};
use crate::invites::{GroupInvitesHandle, Issued};

/// Invites to be made, alike but for their addresses.
#[derive(Debug, Clone)]
pub struct NewInvites {
    /// Where the role will hold, and below.
    pub group: Uidp,
    /// Which role.
    pub role: Uidp,
    /// For whom, at most [`bailiwick_domain::INVITE_BATCH_MAX`]; what is no address is answered so.
    pub emails: Vec<Result<Mailbox, EmailError>>,
    /// How long they may be accepted.
    pub life: Duration,
    /// When the role bindings end that accepting them makes, if they do.
    pub ends_at: Option<Micros>,
}

impl GroupInvitesHandle<'_> {
    /// Invites everyone who need be, and says of the others why not, in the order of the addresses.
    /// If none need be, nothing is written.
    ///
    /// # Errors
    /// Where nobody can be invited. [`CreateInviteError::AlreadyInvited`] and
    /// [`CreateInviteError::AlreadyMember`] are not among it.
    pub async fn create_batch(
        &self,
        new: NewInvites,
    ) -> Result<Vec<Result<Issued, BatchInviteError>>, Failure<CreateInviteError>> {
        let actor = Actor::Person(self.caller.clone());
        let attempt = Attempt::on("group_invites.batch_create", &new.group);
        self.store
            .act(actor, attempt, move |act| {
                Box::pin(async move {
                    let (permit, role) = permitted(act, &new.group, &new.role, new.ends_at).await?;
                    let mailboxes: Vec<&Mailbox> = new
                        .emails
                        .iter()
                        .filter_map(|email| email.as_ref().ok())
                        .collect();
                    let known = Known::among(act, &permit, &role, new.ends_at, &mailboxes).await?;
                    forget_old(act, &new.group.organization()).await?;
                    let mut seen = BTreeSet::new();
                    let mut results = Vec::with_capacity(new.emails.len());
                    for email in &new.emails {
                        results.push(match email {
                            Err(error) => Err(BatchInviteError::Invalid(*error)),
                            Ok(mailbox) if !seen.insert(mailbox.key()) => {
                                Err(BatchInviteError::Duplicate)
                            }
                            Ok(mailbox) if known.is_member(mailbox) => {
                                Err(BatchInviteError::AlreadyMember)
                            }
                            Ok(mailbox) if known.is_invited(mailbox) => {
                                Err(BatchInviteError::AlreadyInvited)
                            }
                            Ok(mailbox) => Ok(invite(act, &new, mailbox).await?),
                        });
                    }
                    let made = results.iter().filter(|result| result.is_ok()).count();
                    match made {
                        0 => act.nothing_changed(),
                        made => act.tell("invites", made.to_string()),
                    }
                    Ok(issued(act, results).await?)
                })
            })
            .await
    }
}

/// Makes one, with a row of its own in the audit trail.
async fn invite(
    act: &mut Act<'_>,
    new: &NewInvites,
    mailbox: &Mailbox,
) -> Result<Written, StoreError> {
    let draft = Draft {
        group: &new.group,
        role: &new.role,
        email: Some(mailbox),
        single_use: true,
        expire_time: invite_expiry(act.now, new.life, new.ends_at),
        ends_at: new.ends_at,
    };
    let written = write(act, draft).await?;
    let told = told(&draft, &written.key_id);
    let detail: Vec<_> = told
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    act.note("group_invites.create", &written.uid, &detail)
        .await?;
    Ok(written)
}

/// Puts what was written beside its code.
async fn issued(
    act: &mut Act<'_>,
    results: Vec<Result<Written, BatchInviteError>>,
) -> Result<Vec<Result<Issued, BatchInviteError>>, StoreError> {
    let made: Vec<&Uidp> = results.iter().flatten().map(|made| &made.uid).collect();
    let mut rows = many(act.tx, &made).await?;
    results
        .into_iter()
        .map(|result| match result {
            Ok(Written { uid, code, .. }) => {
                let invite = rows
                    .remove(&uid)
                    .ok_or_else(|| corrupt("group_invites.uid", uid.as_str()))?;
                Ok(Ok(Issued { invite, code }))
            }
            Err(error) => Ok(Err(error)),
        })
        .collect()
}
