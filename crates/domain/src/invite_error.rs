//! Why an operation on an invite is refused: one enum per operation. Messages say what to do next.

use thiserror::Error;

use crate::{BeyondReach, Capability, EmailError, Refusal, StepUpRequired, Uidp};

/// Why an invite cannot be got.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GetInviteError {
    /// Not there, not in a state that was asked for, or not for the caller to see.
    #[error("There is no such invite, or you may not see it.")]
    NotFound,
}

/// Why nobody can be invited.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CreateInviteError {
    /// The group is not there, or not for the caller to see.
    #[error("There is no such group, or you may not see it.")]
    GroupNotFound,
    /// The group is seen, but the capability is missing there.
    #[error("Inviting people here takes {}. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// No role has this id, or it cannot be bound here.
    #[error("There is no such role to bind here. GET /iam/v2/roles lists those there are.")]
    RoleNotFound,
    /// The role is for the host alone.
    #[error("This role is reserved: whoever runs the server binds it with `bailiwick admin`.")]
    RoleReserved,
    /// The role binding would have ended before the invite can be accepted.
    #[error(
        "The access would have ended already. Choose a later bindingExpireTime, or leave it out."
    )]
    Ended,
    /// The role binding would end too far ahead.
    #[error(
        "The access would end more than ten years ahead. Choose an earlier bindingExpireTime, or leave it out."
    )]
    EndTooFar,
    /// Rule 2.
    #[error(
        "The role gives what you do not hold here yourself, or not for as long: {0}. Ask someone who holds it."
    )]
    BeyondReach(BeyondReach),
    /// It makes an owner, and the caller signed in too long ago.
    #[error(transparent)]
    StepUp(#[from] StepUpRequired),
    /// A pending invite for this address and this role stands at this group.
    #[error(
        "This address is invited to this role here already. Give that invite a new link, or revoke it."
    )]
    AlreadyInvited,
    /// Whoever has this address holds the role here already.
    #[error("Whoever has this address holds this role here already.")]
    AlreadyMember,
}

/// Why one address of a batch gets no invite.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BatchInviteError {
    /// It is none.
    #[error("{0}")]
    Invalid(EmailError),
    /// The same mailbox stands further up.
    #[error("This address stands in the list already.")]
    Duplicate,
    /// A pending invite for this address and this role stands at this group.
    #[error(
        "This address is invited to this role here already. Give that invite a new link, or revoke it."
    )]
    AlreadyInvited,
    /// Whoever has this address holds the role here already.
    #[error("Whoever has this address holds this role here already.")]
    AlreadyMember,
}

/// Why an invite gets neither a new code nor a later end.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReissueInviteError {
    /// Not there, or not for the caller to see.
    #[error("There is no such invite, or you may not see it.")]
    NotFound,
    /// The group is seen, but the capability is missing there.
    #[error("Inviting people here takes {}. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// It was accepted, revoked or declined.
    #[error("This invite is closed: it was accepted, revoked or declined. Make a new one.")]
    Closed,
    /// Its role was deleted.
    #[error(
        "The role of this invite was deleted. Revoke the invite, and make one with another role."
    )]
    RoleGone,
    /// The role binding that it promises would have ended already.
    #[error("The access that this invite promises has ended. Make a new one.")]
    Ended,
    /// Rule 2.
    #[error(
        "The role gives what you do not hold here yourself, or not for as long: {0}. Ask someone who holds it."
    )]
    BeyondReach(BeyondReach),
    /// It makes an owner, and the caller signed in too long ago.
    #[error(transparent)]
    StepUp(#[from] StepUpRequired),
}

/// Why an invite cannot be revoked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RevokeInviteError {
    /// The group is not there, or not for the caller to see.
    #[error("There is no such invite, or you may not see it.")]
    NotFound,
    /// The group is seen, but the capability is missing there.
    #[error("Revoking invites here takes {}. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// Rule 2.
    #[error(
        "The invite gives what you do not hold here yourself, or not for as long: {0}. Ask someone who holds it."
    )]
    BeyondReach(BeyondReach),
}

/// Why an invite cannot be accepted, declined or looked at. Each has its own way out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AcceptInviteError {
    /// No invite has this code.
    #[error(
        "No invite has this code. Check that the whole link was copied, or ask whoever invited you for a new one."
    )]
    Unknown,
    /// The invite got a new code since.
    #[error(
        "A newer link was made for this invite, and this one is dead. Use the newer one, or ask whoever invited you for it."
    )]
    Reissued,
    /// Its time is over.
    #[error("This invite has expired. Ask whoever invited you for a new link.")]
    Expired,
    /// Somebody took it back.
    #[error("This invite was withdrawn. If you still need it, ask whoever invited you.")]
    Revoked,
    /// It was for one person, or for so many, who have accepted it.
    #[error("This invite was used already. Ask whoever invited you for one of your own.")]
    Used,
    /// It was declined.
    #[error(
        "This invite was declined. If that was a mistake, ask whoever invited you for a new one."
    )]
    Declined,
    /// It is for another address than that of this sign-in.
    #[error(
        "This invite is for another address than the one you signed in with. Switch the account."
    )]
    WrongAccount,
    /// The provider does not vouch for an address of this sign-in.
    #[error(
        "This invite is for an address, and the provider you signed in with does not vouch for yours. Sign in with another provider, or ask for an invite without an address."
    )]
    EmailNotVouched,
    /// The person holds all of the role there already; the group to open.
    #[error("You hold this role there already. Open it.")]
    AlreadyMember(Uidp),
    /// Whoever invited could no longer do so today.
    #[error(
        "Whoever sent this invite may no longer invite people there. Ask somebody else in the organization for one."
    )]
    InviterLostRight,
    /// The role was deleted.
    #[error("The role of this invite was deleted. Ask whoever invited you for a new one.")]
    RoleGone,
}

impl Refusal for GetInviteError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
        }
    }
}

impl Refusal for CreateInviteError {
    fn reason(&self) -> &'static str {
        match self {
            Self::GroupNotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::RoleNotFound => "INVALID_ARGUMENT",
            Self::RoleReserved => "ROLE_RESERVED",
            Self::Ended | Self::EndTooFar => "INVALID_ARGUMENT",
            Self::BeyondReach(_) => "BEYOND_REACH",
            Self::StepUp(step_up) => step_up.reason(),
            Self::AlreadyInvited => "ALREADY_INVITED",
            Self::AlreadyMember => "ALREADY_MEMBER",
        }
    }
}

impl Refusal for BatchInviteError {
    fn reason(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "EMAIL_INVALID",
            Self::Duplicate => "DUPLICATE",
            Self::AlreadyInvited => "ALREADY_INVITED",
            Self::AlreadyMember => "ALREADY_MEMBER",
        }
    }
}

impl Refusal for ReissueInviteError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::Closed | Self::Ended => "INVITE_CLOSED",
            Self::RoleGone => "INVITE_ROLE_GONE",
            Self::BeyondReach(_) => "BEYOND_REACH",
            Self::StepUp(step_up) => step_up.reason(),
        }
    }
}

impl Refusal for RevokeInviteError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::BeyondReach(_) => "BEYOND_REACH",
        }
    }
}

impl Refusal for AcceptInviteError {
    fn reason(&self) -> &'static str {
        match self {
            Self::Unknown => "INVITE_UNKNOWN",
            Self::Reissued => "INVITE_REISSUED",
            Self::Expired => "INVITE_EXPIRED",
            Self::Revoked => "INVITE_REVOKED",
            Self::Used => "INVITE_USED",
            Self::Declined => "INVITE_DECLINED",
            Self::WrongAccount => "INVITE_WRONG_ACCOUNT",
            Self::EmailNotVouched => "INVITE_EMAIL_NOT_VOUCHED",
            Self::AlreadyMember(_) => "ALREADY_MEMBER",
            Self::InviterLostRight => "INVITER_LOST_RIGHT",
            Self::RoleGone => "INVITE_ROLE_GONE",
        }
    }
}
