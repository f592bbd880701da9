//! Why something that whoever runs the server does with `bailiwick admin` is refused.

use thiserror::Error;

use crate::Refusal;

/// Why the host cannot bind a role.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HostBindError {
    /// No such group.
    #[error("there is no such group")]
    GroupNotFound,
    /// No such role.
    #[error("there is no such role")]
    RoleNotFound,
    /// The end is not in the future.
    #[error("the binding would have ended already: choose a later end, or none")]
    Ended,
    /// The identity has this role here already, until another end.
    #[error("the role is bound already, with another end: remove that binding first")]
    OtherEnd,
}

/// Why the host cannot remove a role binding.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HostUnbindError {
    /// No such binding.
    #[error("there is no such role binding")]
    NotFound,
    /// Rule 3.
    #[error(
        "nobody who can sign in would own the organization for good: bind another owner first, or repeat it with --leave-ownerless"
    )]
    LastOwner,
}

/// Why someone cannot be suspended.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SuspendIdentityError {
    /// Nobody has this id.
    #[error("there is no such identity")]
    NotFound,
    /// Rule 3, for the organizations of these names.
    #[error(
        "nobody else who can sign in owns {} for good: bind another owner first, or repeat it with --leave-ownerless",
        .0.join(", ")
    )]
    LastOwner(Vec<String>),
}

/// Why a suspension cannot be ended.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RestoreIdentityError {
    /// Nobody has this id.
    #[error("there is no such identity")]
    NotFound,
}

/// Why nobody can be invited as an owner.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OwnerInviteError {
    /// No such organization.
    #[error("there is no such organization")]
    NotFound,
}

impl Refusal for HostBindError {
    fn reason(&self) -> &'static str {
        match self {
            Self::GroupNotFound => "NOT_FOUND",
            Self::RoleNotFound => "INVALID_ARGUMENT",
            Self::Ended => "INVALID_ARGUMENT",
            Self::OtherEnd => "BINDING_EXISTS",
        }
    }
}

impl Refusal for HostUnbindError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::LastOwner => "LAST_OWNER",
        }
    }
}

impl Refusal for SuspendIdentityError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::LastOwner(_) => "LAST_OWNER",
        }
    }
}

impl Refusal for RestoreIdentityError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
        }
    }
}

impl Refusal for OwnerInviteError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
        }
    }
}
