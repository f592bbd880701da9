//! Refusals of several changes at once.

use bailiwick_api::Code;
use bailiwick_domain::{ChangeError, ChangesError, Refusal as _};

use crate::error::Error;

impl From<ChangeError> for Error {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::CreateBinding(error) => error.into(),
            ChangeError::UpdateBinding(error) => error.into(),
            ChangeError::DeleteBinding(error) => error.into(),
            ChangeError::CreateRole(error) => error.into(),
            ChangeError::UpdateRole(error) => error.into(),
            ChangeError::DeleteRole(error) => error.into(),
            ChangeError::RemoveIdentity(error) => error.into(),
        }
    }
}

impl From<ChangesError> for Error {
    fn from(error: ChangesError) -> Self {
        let (reason, message) = (error.reason(), error.to_string());
        match error {
            ChangesError::NotFound => Self::not_found(message),
            ChangesError::RevisionChanged => Self::new(Code::Aborted, reason, message),
            ChangesError::Refused { index, error } => {
                Self::from(error).within(&format!("changes[{index}]"), "")
            }
            ChangesError::LastOwner => Self::new(Code::FailedPrecondition, reason, message),
        }
    }
}
