//! Refusals about clients and devices that wait for a person.

use bailiwick_api::Code;
use bailiwick_domain::{AuthorizationError, DeviceError, Refusal as _};

use super::Error;

impl From<AuthorizationError> for Error {
    fn from(error: AuthorizationError) -> Self {
        let code = match error {
            AuthorizationError::Unknown => Code::NotFound,
            AuthorizationError::StepUp => Code::PermissionDenied,
        };
        Self::new(code, error.reason(), error.to_string())
    }
}

impl From<DeviceError> for Error {
    fn from(error: DeviceError) -> Self {
        match error {
            DeviceError::Unknown => Self::new(Code::NotFound, error.reason(), error.to_string()),
            DeviceError::StepUp(step_up) => step_up.into(),
        }
    }
}
