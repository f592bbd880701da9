//! Why an operation on a role is refused: one enum per operation. Messages say what to do next.

use thiserror::Error;

use crate::{BeyondReach, Capability, Refusal, StepUpRequired};

/// How many custom roles an organization has at most.
pub const ROLES_MAX: usize = 500;

/// Why a role cannot be got.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GetRoleError {
    /// Not there, or not for the caller to see.
    #[error("There is no such role, or you may not see it.")]
    NotFound,
}

/// Why a role cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CreateRoleError {
    /// The group is not there, or not for the caller to see.
    #[error("There is no such group, or you may not see it.")]
    GroupNotFound,
    /// The group is seen, but the capability is missing there.
    #[error("Making roles here takes {}. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// Another role of the group has this name.
    #[error("Another role of this group has this name. Choose another one.")]
    NameTaken,
    /// A built-in role has this name.
    #[error("A built-in role has this name. Choose another one.")]
    NameBuiltIn,
    /// It would hold nothing.
    #[error("Choose at least one capability.")]
    NoCapability,
    /// Rule 2.
    #[error(
        "The role would give what you do not hold here yourself for good: {0}. Ask someone who holds it."
    )]
    BeyondReach(BeyondReach),
    /// There are [`ROLES_MAX`] already.
    #[error(
        "This organization has {ROLES_MAX} custom roles, and that is the most. Delete one that nobody has."
    )]
    TooMany,
}

/// Why a role cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UpdateRoleError {
    /// Not there, or not for the caller to see.
    #[error("There is no such role, or you may not see it.")]
    NotFound,
    /// The role comes with the product.
    #[error(
        "Built-in roles are the same everywhere and cannot be changed. Make a custom role instead."
    )]
    BuiltIn,
    /// The role is seen, but the capability is missing at its group.
    #[error("Changing this role takes {} at its group. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// Another role of the group has this name.
    #[error("Another role of this group has this name. Choose another one.")]
    NameTaken,
    /// A built-in role has this name.
    #[error("A built-in role has this name. Choose another one.")]
    NameBuiltIn,
    /// It would hold nothing.
    #[error("Choose at least one capability.")]
    NoCapability,
    /// Rule 2.
    #[error(
        "The role gives, or would give, what you do not hold at its group yourself for good: {0}. Ask someone who holds it."
    )]
    BeyondReach(BeyondReach),
    /// It makes an owner, and the caller signed in too long ago.
    #[error(transparent)]
    StepUp(#[from] StepUpRequired),
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

/// Why a role cannot be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeleteRoleError {
    /// Not there, or not for the caller to see.
    #[error("There is no such role, or you may not see it.")]
    NotFound,
    /// The role comes with the product.
    #[error("Built-in roles are the same everywhere and cannot be deleted.")]
    BuiltIn,
    /// The role is seen, but the capability is missing at its group.
    #[error("Deleting this role takes {} at its group. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// Somebody has it.
    #[error("Someone still has this role. Give them another one, or remove their bindings first.")]
    Bound {
        /// The first ten that the caller may see.
        holders: Vec<RoleHolder>,
        /// How many bindings there are beyond those.
        more: u64,
    },
    /// Rule 2: an invite that promises it would be void.
    #[error(
        "The role gives what you do not hold at its group yourself for good: {0}. Ask someone who holds it."
    )]
    BeyondReach(BeyondReach),
    /// It is not in the state that the write is for.
    #[error(
        "Someone has changed this meanwhile. Look at it again, then repeat what is still right."
    )]
    Stale,
}

/// Somebody who has a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHolder {
    /// Their name or address, as far as the caller may know it; else their UIDP.
    pub who: String,
    /// The name of the group that the role is bound at.
    pub at: String,
}

impl Refusal for GetRoleError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
        }
    }
}

impl Refusal for CreateRoleError {
    fn reason(&self) -> &'static str {
        match self {
            Self::GroupNotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::NameTaken | Self::NameBuiltIn => "NAME_TAKEN",
            Self::NoCapability => "INVALID_ARGUMENT",
            Self::BeyondReach(_) => "BEYOND_REACH",
            Self::TooMany => "TOO_MANY_ROLES",
        }
    }
}

impl Refusal for UpdateRoleError {
    fn reason(&self) -> &'static str {
        match self {
            Self::Stale => "ETAG_MISMATCH",
            Self::NotFound => "NOT_FOUND",
            Self::BuiltIn => "ROLE_BUILT_IN",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::NameTaken | Self::NameBuiltIn => "NAME_TAKEN",
            Self::NoCapability => "INVALID_ARGUMENT",
            Self::BeyondReach(_) => "BEYOND_REACH",
            Self::StepUp(step_up) => step_up.reason(),
            Self::LastOwner => "LAST_OWNER",
        }
    }
}

impl Refusal for DeleteRoleError {
    fn reason(&self) -> &'static str {
        match self {
            Self::Stale => "ETAG_MISMATCH",
            Self::NotFound => "NOT_FOUND",
            Self::BuiltIn => "ROLE_BUILT_IN",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::Bound { .. } => "ROLE_BOUND",
            Self::BeyondReach(_) => "BEYOND_REACH",
        }
    }
}
