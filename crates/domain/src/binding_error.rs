//! Why an operation on a role binding is refused: one enum per operation.

use thiserror::Error;

use crate::{BeyondReach, Capability, Refusal};

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
    /// No role has this id.
    #[error("There is no such role. GET /iam/v2/roles lists those there are.")]
    RoleNotFound,
    /// The role is for the host alone.
    #[error("This role is reserved: whoever runs the server binds it with `bailiwick admin`.")]
    RoleReserved,
    /// The end is not in the future.
    #[error("The binding would have ended already. Choose a later expireTime, or leave it out.")]
    Ended,
    /// Rule 2.
    #[error(
        "The role gives what you do not hold here yourself, or not for as long: {0}. Ask someone who holds it."
    )]
    BeyondReach(BeyondReach),
    /// The identity has this role here already, until another end.
    #[error("This role is bound already, with another end. Remove that binding first.")]
    OtherEnd,
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
            Self::Ended => "INVALID_ARGUMENT",
            Self::BeyondReach(_) => "BEYOND_REACH",
            Self::OtherEnd => "BINDING_EXISTS",
        }
    }
}

impl Refusal for DeleteBindingError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::BeyondReach(_) => "BEYOND_REACH",
            Self::LastOwner => "LAST_OWNER",
        }
    }
}
