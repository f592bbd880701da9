//! Refusals of questions about access.

use bailiwick_domain::ExplainError;

use crate::error::Error;

impl From<ExplainError> for Error {
    fn from(error: ExplainError) -> Self {
        let message = error.to_string();
        match error {
            ExplainError::GroupNotFound => Self::not_found(message),
            ExplainError::Forbidden(what) => Self::forbidden(what, message),
        }
    }
}
