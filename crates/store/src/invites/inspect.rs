//! What an invite is for, by its code. Changes nothing.

use bailiwick_domain::AcceptInviteError;

use crate::access::Caller;
use crate::error::Failure;
use crate::invites::offer::{invited, offer};
use crate::invites::read::of_code;
use crate::invites::{InviteCodeHandle, InviteRow};

/// A pending invite, as one sees it who has its code.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspected {
    /// The invite.
    pub invite: InviteRow,
    /// Whether the person who asks is one whom it is for; not so when nobody is signed in.
    pub is_yours: bool,
    /// Whether that person could accept it, or why not; `None` when nobody is signed in.
    pub answer: Option<Result<(), AcceptInviteError>>,
}

impl InviteCodeHandle<'_> {
    /// What the invite is for, and whether `caller` could accept it.
    ///
    /// # Errors
    /// What another account could not help with either: that it is unknown, expired, closed, or its
    /// inviter or role is gone. And that the caller has accepted it before.
    pub async fn inspect(
        &self,
        caller: Option<&Caller>,
    ) -> Result<Inspected, Failure<AcceptInviteError>> {
        let now = self.store.now();
        let mut snapshot = self.store.readers.begin().await?;
        let invite = of_code(&mut snapshot, &self.code.hash()).await?;
        let offer = offer(&mut snapshot, &invite, &self.store.issuers, now).await?;
        let Some(caller) = caller else {
            offer.is_open().map_err(Failure::Rule)?;
            offer.still_stands(now).map_err(Failure::Rule)?;
            return Ok(Inspected {
                invite,
                is_yours: false,
                answer: None,
            });
        };
        let person = invited(&mut snapshot, &invite, caller).await?;
        let answer = offer.may_be_accepted(&person, now);
        match &answer {
            Ok(()) | Err(AcceptInviteError::WrongAccount | AcceptInviteError::EmailNotVouched) => {}
            Err(AcceptInviteError::AlreadyMember(_)) if offer.is_open().is_ok() => {}
            Err(refusal) => return Err(Failure::Rule(refusal.clone())),
        }
        Ok(Inspected {
            is_yours: offer.is_for(&person).is_ok(),
            invite,
            answer: Some(answer),
        })
    }
}
