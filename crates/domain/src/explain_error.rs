//! Why a question about access is not answered.

use thiserror::Error;

use crate::{Capability, Refusal};

/// Why access is not explained.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExplainError {
    /// The group is not there, or not for the caller to see.
    #[error("There is no such group, or you may not see it.")]
    GroupNotFound,
    /// The group is seen, but asking about others takes this there.
    #[error("Asking about others here takes {}. Ask an owner for it.", .0.name())]
    Forbidden(Capability),
}

impl Refusal for ExplainError {
    fn reason(&self) -> &'static str {
        match self {
            Self::GroupNotFound => "NOT_FOUND",
            Self::Forbidden(_) => "CAPABILITY_MISSING",
        }
    }
}
