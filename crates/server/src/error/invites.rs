//! Refusals about invites.

use bailiwick_api::Code;
use bailiwick_api::status::{Detail, PreconditionViolation};
use bailiwick_domain::{
    AcceptInviteError, CreateInviteError, GetInviteError, Refusal as _, ReissueInviteError,
    RevokeInviteError,
};

use super::Error;

impl From<GetInviteError> for Error {
    fn from(error: GetInviteError) -> Self {
        match error {
            GetInviteError::NotFound => Self::not_found(error.to_string()),
        }
    }
}

impl From<CreateInviteError> for Error {
    fn from(error: CreateInviteError) -> Self {
        let (reason, message) = (error.reason(), error.to_string());
        match error {
            CreateInviteError::GroupNotFound => Self::not_found(message),
            CreateInviteError::Forbidden(what) => Self::forbidden(what, message),
            CreateInviteError::RoleNotFound => Self::invalid("roleUid", message),
            CreateInviteError::RoleReserved => Self::new(Code::PermissionDenied, reason, message),
            CreateInviteError::Ended | CreateInviteError::EndTooFar => {
                Self::invalid("bindingExpireTime", message)
            }
            CreateInviteError::BeyondReach(beyond) => Self::beyond_reach(&beyond, message),
            CreateInviteError::StepUp(step_up) => step_up.into(),
            CreateInviteError::AlreadyInvited | CreateInviteError::AlreadyMember => {
                Self::new(Code::AlreadyExists, reason, message)
            }
        }
    }
}

impl From<ReissueInviteError> for Error {
    fn from(error: ReissueInviteError) -> Self {
        let (reason, message) = (error.reason(), error.to_string());
        match error {
            ReissueInviteError::NotFound => Self::not_found(message),
            ReissueInviteError::Forbidden(what) => Self::forbidden(what, message),
            ReissueInviteError::BeyondReach(beyond) => Self::beyond_reach(&beyond, message),
            ReissueInviteError::StepUp(step_up) => step_up.into(),
            ReissueInviteError::Closed
            | ReissueInviteError::RoleGone
            | ReissueInviteError::Ended => Self::new(Code::FailedPrecondition, reason, message),
        }
    }
}

impl From<RevokeInviteError> for Error {
    fn from(error: RevokeInviteError) -> Self {
        let message = error.to_string();
        match error {
            RevokeInviteError::NotFound => Self::not_found(message),
            RevokeInviteError::Forbidden(what) => Self::forbidden(what, message),
            RevokeInviteError::BeyondReach(beyond) => Self::beyond_reach(&beyond, message),
        }
    }
}

impl From<AcceptInviteError> for Error {
    fn from(error: AcceptInviteError) -> Self {
        let (reason, message) = (error.reason(), error.to_string());
        match error {
            AcceptInviteError::Unknown => Self::new(Code::NotFound, reason, message),
            AcceptInviteError::Reissued
            | AcceptInviteError::Expired
            | AcceptInviteError::Revoked
            | AcceptInviteError::Used
            | AcceptInviteError::Declined
            | AcceptInviteError::InviterLostRight
            | AcceptInviteError::RoleGone => Self::new(Code::FailedPrecondition, reason, message),
            AcceptInviteError::WrongAccount | AcceptInviteError::EmailNotVouched => {
                Self::new(Code::PermissionDenied, reason, message)
            }
            AcceptInviteError::AlreadyMember(group) => {
                let mut error = Self::new(Code::AlreadyExists, reason, message);
                error.status.details.push(Detail::PreconditionFailure {
                    violations: vec![PreconditionViolation {
                        kind: reason.to_owned(),
                        subject: group.to_string(),
                        description: "the group to open".to_owned(),
                    }],
                });
                error
            }
        }
    }
}
