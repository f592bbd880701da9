//! Why an operation on a role binding is refused: one enum per operation.

use thiserror::Error;

use crate::{BeyondReach, Capability, Refusal, StepUpRequired};

/// Why a role binding cannot be got.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GetBindingError {
    /// Not there, or not for the caller to see.
    #[error("There is no such role binding, or you may not see it.")]
    NotFound,
}

/// Why a role cannot be bound.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CreateBindingError {
    /// The group is not there, or not for the caller to see.
    #[error("There is no such group, or you may not see it.")]
    GroupNotFound,
    /// The group is seen, but the capability is missing there.
    #[error("Binding roles here takes {}. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// No role has this id, or it cannot be bound here.
    #[error("There is no such role to bind here. GET /iam/v2/roles lists those there are.")]
    RoleNotFound,
    /// The role is for the host alone.
    #[error("This role is reserved: whoever runs the server binds it with `bailiwick admin`.")]
    RoleReserved,
    /// The end is not in the future.
    #[error("The binding would have ended already. Choose a later expireTime, or leave it out.")]
    Ended,
    /// The end is too far ahead.
    #[error("The end is more than ten years ahead. Choose an earlier one, or leave it out.")]
    EndTooFar,
    /// Rule 2.
    #[error(
        "The role gives what you do not hold here yourself, or not for as long: {0}. Ask someone who holds it."
    )]
    BeyondReach(BeyondReach),
    /// It makes an owner, and the caller signed in too long ago.
    #[error(transparent)]
    StepUp(#[from] StepUpRequired),
    /// The identity has this role here already, until another end.
    #[error("This role is bound already, with another end. Remove that binding first.")]
    OtherEnd,
}

/// How many role bindings one request makes at most.
pub const BINDING_BATCH_MAX: usize = 25;

/// Why none of several role bindings is made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{error} This is about number {number}, and none was made.", number = at + 1)]
pub struct BatchBindingError {
    /// Which of them, counted from 0.
    pub at: usize,
    /// What is wrong with it.
    pub error: CreateBindingError,
}

/// Why a role binding cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UpdateBindingError {
    /// Not there, or not for the caller to see.
    #[error("There is no such role binding, or you may not see it.")]
    NotFound,
    /// The group is seen, but the capability is missing there.
    #[error("Changing role bindings here takes {}. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// It would be somebody else's.
    #[error("A binding stays with the person it was made for. Bind the role to the other person.")]
    IdentityFixed,
    /// No role has this id, or it cannot be bound here.
    #[error("There is no such role to bind here. GET /iam/v2/roles lists those there are.")]
    RoleNotFound,
    /// The role is for the host alone.
    #[error("This role is reserved: whoever runs the server binds it with `bailiwick admin`.")]
    RoleReserved,
    /// The end is not in the future.
    #[error("The binding would have ended already. Choose a later expireTime, or remove it.")]
    Ended,
    /// The end is too far ahead.
    #[error("The end is more than ten years ahead. Choose an earlier one, or none.")]
    EndTooFar,
    /// Rule 2.
    #[error(
        "The binding gives, or would give, what you do not hold here yourself, or not for as long: {0}. Ask someone who holds it."
    )]
    BeyondReach(BeyondReach),
    /// It makes an owner, and the caller signed in too long ago.
    #[error(transparent)]
    StepUp(#[from] StepUpRequired),
    /// The identity has the other role here already.
    #[error("They have this role here already. Remove this binding, or change the other one.")]
    Exists,
    /// Rule 3.
    #[error(
        "Nobody who can sign in would own the organization for good. Make someone else an owner first."
    )]
    LastOwner,
    /// It is not in the state that the write is for.
    #[error(
        "Someone has changed this meanwhile. Look at it again, then repeat what is still right."
    )]
    Stale,
}

/// Why a role binding cannot be removed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeleteBindingError {
    /// The group is not there, or not for the caller to see.
    #[error("There is no such role binding, or you may not see it.")]
    NotFound,
    /// The group is seen, but the capability is missing there.
    #[error("Removing role bindings here takes {}. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// Rule 2.
    #[error(
        "The binding gives what you do not hold here yourself, or not for as long: {0}. Ask someone who holds it."
    )]
    BeyondReach(BeyondReach),
    /// Rule 3.
    #[error(
        "Nobody who can sign in would own the organization for good. Make someone else an owner first."
    )]
    LastOwner,
    /// It is not in the state that the write is for.
    #[error(
        "Someone has changed this meanwhile. Look at it again, then repeat what is still right."
    )]
    Stale,
}

impl Refusal for GetBindingError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
        }
    }
}

impl Refusal for CreateBindingError {
    fn reason(&self) -> &'static str {
        match self {
            Self::GroupNotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::RoleNotFound => "INVALID_ARGUMENT",
            Self::RoleReserved => "ROLE_RESERVED",
            Self::Ended | Self::EndTooFar => "INVALID_ARGUMENT",
            Self::BeyondReach(_) => "BEYOND_REACH",
            Self::StepUp(step_up) => step_up.reason(),
            Self::OtherEnd => "BINDING_EXISTS",
        }
    }
}

impl Refusal for BatchBindingError {
    fn reason(&self) -> &'static str {
        self.error.reason()
    }
}

impl Refusal for UpdateBindingError {
    fn reason(&self) -> &'static str {
        match self {
            Self::Stale => "ETAG_MISMATCH",
            Self::NotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::IdentityFixed | Self::RoleNotFound | Self::Ended | Self::EndTooFar => {
                "INVALID_ARGUMENT"
            }
            Self::RoleReserved => "ROLE_RESERVED",
            Self::BeyondReach(_) => "BEYOND_REACH",
            Self::StepUp(step_up) => step_up.reason(),
            Self::Exists => "BINDING_EXISTS",
            Self::LastOwner => "LAST_OWNER",
        }
    }
}

impl Refusal for DeleteBindingError {
    fn reason(&self) -> &'static str {
        match self {
            Self::Stale => "ETAG_MISMATCH",
            Self::NotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::BeyondReach(_) => "BEYOND_REACH",
            Self::LastOwner => "LAST_OWNER",
        }
    }
}
