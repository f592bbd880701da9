//! Refusals about role bindings.

use bailiwick_api::Code;
use bailiwick_domain::{
    BatchBindingError, CreateBindingError, DeleteBindingError, GetBindingError, Refusal as _,
    UpdateBindingError,
};

use super::Error;

impl From<GetBindingError> for Error {
    fn from(error: GetBindingError) -> Self {
        match error {
            GetBindingError::NotFound => Self::not_found(error.to_string()),
        }
    }
}

impl From<CreateBindingError> for Error {
    fn from(error: CreateBindingError) -> Self {
        let (reason, message) = (error.reason(), error.to_string());
        match error {
            CreateBindingError::GroupNotFound => Self::not_found(message),
            CreateBindingError::Forbidden(what) => Self::forbidden(what, message),
            CreateBindingError::RoleNotFound => Self::invalid("roleUid", message),
            CreateBindingError::RoleReserved => Self::new(Code::PermissionDenied, reason, message),
            CreateBindingError::Ended | CreateBindingError::EndTooFar => {
                Self::invalid("expireTime", message)
            }
            CreateBindingError::BeyondReach(beyond) => Self::beyond_reach(&beyond, message),
            CreateBindingError::StepUp(step_up) => step_up.into(),
            CreateBindingError::OtherEnd => Self::new(Code::AlreadyExists, reason, message),
        }
    }
}

impl From<BatchBindingError> for Error {
    fn from(batch: BatchBindingError) -> Self {
        let BatchBindingError { at, error } = batch;
        Self::from(error).within(&format!("requests[{at}]"), "roleBinding")
    }
}

impl From<UpdateBindingError> for Error {
    fn from(error: UpdateBindingError) -> Self {
        let (reason, message) = (error.reason(), error.to_string());
        match error {
            UpdateBindingError::NotFound => Self::not_found(message),
            UpdateBindingError::Stale => Self::stale(message),
            UpdateBindingError::Forbidden(what) => Self::forbidden(what, message),
            UpdateBindingError::IdentityFixed => Self::invalid("identityUid", message),
            UpdateBindingError::RoleNotFound => Self::invalid("roleUid", message),
            UpdateBindingError::RoleReserved => Self::new(Code::PermissionDenied, reason, message),
            UpdateBindingError::Ended | UpdateBindingError::EndTooFar => {
                Self::invalid("expireTime", message)
            }
            UpdateBindingError::BeyondReach(beyond) => Self::beyond_reach(&beyond, message),
            UpdateBindingError::StepUp(step_up) => step_up.into(),
            UpdateBindingError::Exists => Self::new(Code::AlreadyExists, reason, message),
            UpdateBindingError::LastOwner => Self::new(Code::FailedPrecondition, reason, message),
        }
    }
}

impl From<DeleteBindingError> for Error {
    fn from(error: DeleteBindingError) -> Self {
        let (reason, message) = (error.reason(), error.to_string());
        match error {
            DeleteBindingError::NotFound => Self::not_found(message),
            DeleteBindingError::Stale => Self::stale(message),
            DeleteBindingError::Forbidden(what) => Self::forbidden(what, message),
            DeleteBindingError::BeyondReach(beyond) => Self::beyond_reach(&beyond, message),
            DeleteBindingError::LastOwner => Self::new(Code::FailedPrecondition, reason, message),
        }
    }
}
