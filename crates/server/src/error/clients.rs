//! Refusals about clients and devices that wait for a person.

use bailiwick_api::Code;
use bailiwick_domain::{AuthorizationError, DeviceError, Refusal as _};

use super::Error;

impl From<AuthorizationError> for Error {
    fn from(error: AuthorizationError) -> Self {
        match error {
            AuthorizationError::Unknown => {
                Self::new(Code::NotFound, error.reason(), error.to_string())
            }
        }
    }
}

impl From<DeviceError> for Error {
    fn from(error: DeviceError) -> Self {
        let code = match error {
            DeviceError::Unknown => Code::NotFound,
            DeviceError::StepUp => Code::PermissionDenied,
        };
        Self::new(code, error.reason(), error.to_string())
    }
}
