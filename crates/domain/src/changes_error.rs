//! Why changes of access that are made together are refused.

use thiserror::Error;

use crate::{
    CreateBindingError, CreateRoleError, DeleteBindingError, DeleteRoleError, Refusal,
    RemoveIdentityError, UpdateBindingError, UpdateRoleError,
};

/// Why one of several changes is refused: as if it were made alone.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(transparent)]
pub enum ChangeError {
    /// A role cannot be bound.
    CreateBinding(#[from] CreateBindingError),
    /// A role binding cannot be changed.
    UpdateBinding(#[from] UpdateBindingError),
    /// A role binding cannot be removed.
    DeleteBinding(#[from] DeleteBindingError),
    /// A role cannot be made.
    CreateRole(#[from] CreateRoleError),
    /// A role cannot be changed.
    UpdateRole(#[from] UpdateRoleError),
    /// A role cannot be deleted.
    DeleteRole(#[from] DeleteRoleError),
    /// A person cannot be removed.
    RemoveIdentity(#[from] RemoveIdentityError),
}

/// Why changes cannot be judged, or are not made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChangesError {
    /// The organization is not there, or the caller sees nothing of it.
    #[error("There is no such organization, or you may not see it.")]
    NotFound,
    /// Somebody has changed something since the preview.
    #[error("Something was changed in this organization meanwhile. Look at the changes again.")]
    RevisionChanged,
    /// A rule refuses one of them.
    #[error("{error}")]
    Refused {
        /// Its place in the list.
        index: usize,
        /// Why.
        error: ChangeError,
    },
    /// Rule 3, over all of them together.
    #[error(
        "Nobody who can sign in would own the organization for good. Make someone else an owner first."
    )]
    LastOwner,
}

impl Refusal for ChangeError {
    fn reason(&self) -> &'static str {
        match self {
            Self::CreateBinding(error) => error.reason(),
            Self::UpdateBinding(error) => error.reason(),
            Self::DeleteBinding(error) => error.reason(),
            Self::CreateRole(error) => error.reason(),
            Self::UpdateRole(error) => error.reason(),
            Self::DeleteRole(error) => error.reason(),
            Self::RemoveIdentity(error) => error.reason(),
        }
    }
}

impl Refusal for ChangesError {
    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::RevisionChanged => "REVISION_CHANGED",
            Self::Refused { error, .. } => error.reason(),
            Self::LastOwner => "LAST_OWNER",
        }
    }
}
