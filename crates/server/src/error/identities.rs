//! Refusals about identities.

use bailiwick_api::Code;
use bailiwick_domain::{GetIdentityError, Refusal as _, RemoveIdentityError};

use crate::error::Error;

impl From<GetIdentityError> for Error {
    fn from(error: GetIdentityError) -> Self {
        Self::not_found(error.to_string())
    }
}

impl From<RemoveIdentityError> for Error {
    fn from(error: RemoveIdentityError) -> Self {
        let message = error.to_string();
        match error {
            RemoveIdentityError::GroupNotFound => Self::not_found(message),
            RemoveIdentityError::Forbidden(what) => Self::forbidden(what, message),
            RemoveIdentityError::BeyondReach(beyond) => Self::beyond_reach(&beyond, message),
            RemoveIdentityError::LastOwner => {
                Self::new(Code::FailedPrecondition, error.reason(), message)
            }
        }
    }
}
