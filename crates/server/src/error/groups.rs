//! Refusals about groups.

use bailiwick_api::Code;
use bailiwick_api::status::{Detail, PreconditionViolation};
use bailiwick_domain::{
    CreateGroupError, DeleteGroupError, GetGroupError, Refusal as _, UpdateGroupError,
};

use super::Error;

impl From<GetGroupError> for Error {
    fn from(error: GetGroupError) -> Self {
        match error {
            GetGroupError::NotFound => Self::not_found(error.to_string()),
        }
    }
}

impl From<CreateGroupError> for Error {
    fn from(error: CreateGroupError) -> Self {
        let message = error.to_string();
        match error {
            CreateGroupError::ParentNotFound => Self::not_found(message),
            CreateGroupError::Forbidden(what) => Self::forbidden(what, message),
            CreateGroupError::OrganizationsClosed => {
                Self::new(Code::PermissionDenied, "ORGANIZATIONS_CLOSED", message)
            }
            CreateGroupError::NameTaken => Self::name_taken(message),
            CreateGroupError::TooDeep => Self::invalid("parent", message),
        }
    }
}

impl From<UpdateGroupError> for Error {
    fn from(error: UpdateGroupError) -> Self {
        let message = error.to_string();
        match error {
            UpdateGroupError::NotFound => Self::not_found(message),
            UpdateGroupError::Stale => Self::stale(message),
            UpdateGroupError::Forbidden(what) => Self::forbidden(what, message),
            UpdateGroupError::NameTaken => Self::name_taken(message),
            UpdateGroupError::NotOrganization => Self::invalid("deviceSignIn", message),
            UpdateGroupError::OwnersOnly => {
                Self::new(Code::PermissionDenied, error.reason(), message)
            }
        }
    }
}

impl From<DeleteGroupError> for Error {
    fn from(error: DeleteGroupError) -> Self {
        let message = error.to_string();
        match error {
            DeleteGroupError::NotFound => Self::not_found(message),
            DeleteGroupError::Stale => Self::stale(message),
            DeleteGroupError::Forbidden(what) => Self::forbidden(what, message),
            DeleteGroupError::BeyondReach(beyond) => Self::beyond_reach(&beyond, message),
            DeleteGroupError::StepUp(step_up) => step_up.into(),
            DeleteGroupError::NotEmpty { names, more } => {
                let mut error = Self::new(Code::FailedPrecondition, "FAILED_PRECONDITION", message);
                let mut violations: Vec<_> = names
                    .into_iter()
                    .map(|name| PreconditionViolation {
                        kind: "RESOURCE_NOT_EMPTY".to_owned(),
                        description: format!("{name} is in it"),
                        subject: name,
                    })
                    .collect();
                if more > 0 {
                    violations.push(PreconditionViolation {
                        kind: "RESOURCE_NOT_EMPTY".to_owned(),
                        subject: String::new(),
                        description: format!("and {more} more"),
                    });
                }
                error
                    .status
                    .details
                    .push(Detail::PreconditionFailure { violations });
                error
            }
        }
    }
}
