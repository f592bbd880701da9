//! Refusals about roles.

use bailiwick_api::Code;
use bailiwick_api::status::{Detail, PreconditionViolation};
use bailiwick_domain::{
    CreateRoleError, DeleteRoleError, GetRoleError, Refusal as _, RoleHolder, UpdateRoleError,
};

use super::Error;

impl From<GetRoleError> for Error {
    fn from(error: GetRoleError) -> Self {
        match error {
            GetRoleError::NotFound => Self::not_found(error.to_string()),
        }
    }
}

impl From<CreateRoleError> for Error {
    fn from(error: CreateRoleError) -> Self {
        let (reason, message) = (error.reason(), error.to_string());
        match error {
            CreateRoleError::GroupNotFound => Self::not_found(message),
            CreateRoleError::Forbidden(what) => Self::forbidden(what, message),
            CreateRoleError::NameTaken | CreateRoleError::NameBuiltIn => Self::name_taken(message),
            CreateRoleError::NoCapability => Self::invalid("capabilities", message),
            CreateRoleError::BeyondReach(beyond) => Self::beyond_reach(&beyond, message),
            CreateRoleError::TooMany => Self::new(Code::ResourceExhausted, reason, message),
        }
    }
}

impl From<UpdateRoleError> for Error {
    fn from(error: UpdateRoleError) -> Self {
        let (reason, message) = (error.reason(), error.to_string());
        match error {
            UpdateRoleError::NotFound => Self::not_found(message),
            UpdateRoleError::Stale => Self::stale(message),
            UpdateRoleError::BuiltIn | UpdateRoleError::LastOwner => {
                Self::new(Code::FailedPrecondition, reason, message)
            }
            UpdateRoleError::Forbidden(what) => Self::forbidden(what, message),
            UpdateRoleError::NameTaken | UpdateRoleError::NameBuiltIn => Self::name_taken(message),
            UpdateRoleError::NoCapability => Self::invalid("capabilities", message),
            UpdateRoleError::BeyondReach(beyond) => Self::beyond_reach(&beyond, message),
            UpdateRoleError::StepUp(step_up) => step_up.into(),
        }
    }
}

impl From<DeleteRoleError> for Error {
    fn from(error: DeleteRoleError) -> Self {
        let (reason, message) = (error.reason(), error.to_string());
        match error {
            DeleteRoleError::NotFound => Self::not_found(message),
            DeleteRoleError::Stale => Self::stale(message),
            DeleteRoleError::BuiltIn => Self::new(Code::FailedPrecondition, reason, message),
            DeleteRoleError::Forbidden(what) => Self::forbidden(what, message),
            DeleteRoleError::BeyondReach(beyond) => Self::beyond_reach(&beyond, message),
            DeleteRoleError::Bound { holders, more } => {
                let mut error = Self::new(Code::FailedPrecondition, reason, message);
                let violations = bound(reason, holders, more);
                error
                    .status
                    .details
                    .push(Detail::PreconditionFailure { violations });
                error
            }
        }
    }
}

fn bound(reason: &str, holders: Vec<RoleHolder>, more: u64) -> Vec<PreconditionViolation> {
    let mut violations: Vec<_> = holders
        .into_iter()
        .map(|holder| PreconditionViolation {
            kind: reason.to_owned(),
            description: format!("{} has it at {}", holder.who, holder.at),
            subject: holder.who,
        })
        .collect();
    if more > 0 {
        let others = if violations.is_empty() { "" } else { "and " };
        let bindings = if more == 1 { "binding" } else { "bindings" };
        violations.push(PreconditionViolation {
            kind: reason.to_owned(),
            subject: String::new(),
            description: format!("{others}{more} more {bindings}"),
        });
    }
    violations
}
