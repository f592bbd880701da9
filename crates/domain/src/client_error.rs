//! Refusals about clients of the issuer: what a person allows, and what a client redeems.

use thiserror::Error;

use crate::{Refusal, StepUpRequired};

/// Why a client's request cannot be looked at or decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AuthorizationError {
    /// Unknown, expired, decided, or looked at by somebody else first: one answer for all.
    #[error(
        "This request to sign in is unknown, has expired or was answered already. Begin again where you came from."
    )]
    Unknown,
    /// The client asked for a sign-in that is less long ago.
    #[error("This client asks for a recent sign-in. Sign in again, then allow it.")]
    StepUp,
}

impl Refusal for AuthorizationError {
    fn reason(&self) -> &'static str {
        match self {
            Self::Unknown => "AUTHORIZATION_UNKNOWN",
            Self::StepUp => "STEP_UP_REQUIRED",
        }
    }
}

/// Why a device's code cannot be looked at or decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DeviceError {
    /// Unknown, used, denied, expired, or looked at by somebody else first: one answer for all.
    #[error(
        "This code is unknown, has expired or was used already. Compare it with the one on your device, or start again there."
    )]
    Unknown,
    /// The last sign-in was too long ago for this.
    #[error(transparent)]
    StepUp(#[from] StepUpRequired),
}

impl Refusal for DeviceError {
    fn reason(&self) -> &'static str {
        match self {
            Self::Unknown => "USER_CODE_UNKNOWN",
            Self::StepUp(step_up) => step_up.reason(),
        }
    }
}

/// Why no more devices may begin to sign in just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DeviceStartError {
    /// As many as may wait are waiting, from this address or in all.
    #[error("Too many devices wait to be signed in. Try again in a few minutes.")]
    TooMany,
}

/// Why a client gets no tokens (RFC 6749 §5.2, RFC 8628 §3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenError {
    /// Unknown, used, expired, of another client, or of somebody who may not sign in any more.
    #[error(
        "this code or refresh token is unknown, has expired or was used already; sign in again"
    )]
    InvalidGrant,
    /// Nobody has decided yet.
    #[error("nobody has approved the code yet")]
    Pending,
    /// Asked too soon; from now on the interval is longer.
    #[error("asked too soon; the interval is now five seconds longer")]
    SlowDown,
    /// A person said no.
    #[error("the person denied the request")]
    Denied,
    /// Nobody decided in time.
    #[error("the code has expired; begin again")]
    Expired,
}
