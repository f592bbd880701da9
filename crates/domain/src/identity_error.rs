//! Why an operation on an identity is refused: one enum per operation.

use thiserror::Error;

use crate::{BeyondReach, Capability, Refusal};

/// Why an identity cannot be got.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GetIdentityError {
    /// Holds nothing where the caller may see identities.
    #[error("There is no such person here, or you may not see them.")]
    NotFound,
}

/// Why an identity cannot be removed from an organization or a folder.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RemoveIdentityError {
    /// The group is not there, or not for the caller to see.
    #[error("There is no such group, or you may not see it.")]
    GroupNotFound,
    /// The group is seen, but the capability is missing at it or below.
    #[error("Removing people here takes {}. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// Rule 2.
    #[error(
        "They hold what you do not hold there yourself, or not for as long: {0}. Ask someone who holds it."
    )]
    BeyondReach(BeyondReach),
    /// Rule 3.
    #[error(
        "Nobody who can sign in would own the organization for good. Make someone else an owner first."
    )]
    LastOwner,
}

impl Refusal for GetIdentityError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
        }
    }
}

impl Refusal for RemoveIdentityError {
    fn reason(&self) -> &'static str {
        match self {
            Self::GroupNotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::BeyondReach(_) => "BEYOND_REACH",
            Self::LastOwner => "LAST_OWNER",
        }
    }
}
