//! Why an operation on a group is refused: one enum per operation. Messages say what to do next.

use thiserror::Error;

use crate::{BeyondReach, Capability, Refusal, StepUpRequired};

/// Why a group cannot be got.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GetGroupError {
    /// Not there, or not for the caller to see.
    #[error("There is no such group, or you may not see it.")]
    NotFound,
}

/// Why a group cannot be created.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CreateGroupError {
    /// The parent is not there, or not for the caller to see.
    #[error("There is no such parent, or you may not see it.")]
    ParentNotFound,
    /// The parent is seen, but the capability is missing there.
    #[error("Making folders here takes {}. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// Organizations are made by the operator of this server.
    #[error("On this server an organization is made by whoever runs it. Ask them for one.")]
    OrganizationsClosed,
    /// A sibling has this name.
    #[error("Another group in the same place has this name. Choose another one.")]
    NameTaken,
    /// The parent is at the greatest depth.
    #[error("Folders cannot be nested any deeper: make the folder further up.")]
    TooDeep,
}

/// Why a group cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UpdateGroupError {
    /// Not there, or not for the caller to see.
    #[error("There is no such group, or you may not see it.")]
    NotFound,
    /// Seen, but the capability is missing.
    #[error("Changing this group takes {}. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// A sibling has this name.
    #[error("Another group in the same place has this name. Choose another one.")]
    NameTaken,
    /// Only an organization has the switch for devices.
    #[error("Device sign-in is switched for a whole organization, not for a folder.")]
    NotOrganization,
    /// The switch for devices is the owners'.
    #[error("Only an owner of the organization switches device sign-in on or off.")]
    OwnersOnly,
    /// It is not in the state that the write is for.
    #[error(
        "Someone has changed this meanwhile. Look at it again, then repeat what is still right."
    )]
    Stale,
}

/// Why a group cannot be deleted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeleteGroupError {
    /// Not there, or not for the caller to see.
    #[error("There is no such group, or you may not see it.")]
    NotFound,
    /// Seen, but the capability is missing.
    #[error("Deleting this group takes {}. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
    /// There are groups below.
    #[error("Precondition failed: the group is not empty. Delete what is in it first.")]
    NotEmpty {
        /// The first ten, by name.
        names: Vec<String>,
        /// How many there are beyond those.
        more: u64,
    },
    /// Rule 2: the role bindings in it would be taken away, and they give what the caller lacks.
    #[error(
        "Someone in there holds what you do not hold yourself, or for longer: {0}. Ask someone who holds it."
    )]
    BeyondReach(BeyondReach),
    /// It is an organization, and the caller signed in too long ago.
    #[error(transparent)]
    StepUp(#[from] StepUpRequired),
    /// It is not in the state that the write is for.
    #[error(
        "Someone has changed this meanwhile. Look at it again, then repeat what is still right."
    )]
    Stale,
}

impl Refusal for GetGroupError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
        }
    }
}

impl Refusal for CreateGroupError {
    fn reason(&self) -> &'static str {
        match self {
            Self::ParentNotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::OrganizationsClosed => "ORGANIZATIONS_CLOSED",
            Self::NameTaken => "NAME_TAKEN",
            Self::TooDeep => "INVALID_ARGUMENT",
        }
    }
}

impl Refusal for UpdateGroupError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotOrganization => "INVALID_ARGUMENT",
            Self::OwnersOnly => "OWNERS_ONLY",
            Self::Stale => "ETAG_MISMATCH",
            Self::NotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::NameTaken => "NAME_TAKEN",
        }
    }
}

impl Refusal for DeleteGroupError {
    fn reason(&self) -> &'static str {
        match self {
            Self::Stale => "ETAG_MISMATCH",
            Self::NotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
            Self::NotEmpty { .. } => "FAILED_PRECONDITION",
            Self::BeyondReach(_) => "BEYOND_REACH",
            Self::StepUp(step_up) => step_up.reason(),
        }
    }
}
