//! Why a provider's part of a sign-in failed: a cause for the log, and what the person is told.

use thiserror::Error;

use super::http_client::HttpError;

/// Why a provider's part of a sign-in failed. The cause is for the log; [`Self::told`] is for people.
#[derive(Debug, Clone, Error)]
pub(crate) enum UpstreamError {
    #[error("no provider has this id any more")]
    Gone,
    #[error("no answer: {0}")]
    Unreachable(String),
    #[error("unusable answer: {0}")]
    Unusable(String),
    #[error("it refused our request: {0}")]
    Refused(String),
    #[error("its answer cannot be verified: {0}")]
    Unverifiable(String),
    #[error("the clocks differ: {0}")]
    Clock(String),
    #[error("the sign-in there is an old one: {0}")]
    Stale(String),
}

/// An error code for the client (RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6) and a sentence for the person.
pub(crate) type Told = (&'static str, &'static str);

impl UpstreamError {
    /// What a failed request means; `cause` is that failure with all its causes.
    pub(super) fn of_http(error: &HttpError, cause: String) -> Self {
        match error {
            HttpError::OutOfReach(_) | HttpError::TooLarge | HttpError::Answer(_) => {
                Self::Unusable(cause)
            }
            HttpError::Request(_) | HttpError::TooSlow => Self::Unreachable(cause),
        }
    }

    /// What client and person are told: nothing that the provider wrote.
    pub(crate) fn told(&self) -> Told {
        match self {
            Self::Gone => (
                "server_error",
                "This server no longer works with that sign-in provider. Choose another one.",
            ),
            Self::Unreachable(_) => (
                "temporarily_unavailable",
                "The sign-in provider does not answer. Try again, or choose another one.",
            ),
            Self::Unusable(_) => (
                "server_error",
                "The sign-in provider answered something that cannot be used. Choose another one, \
                 or tell whoever runs this server.",
            ),
            Self::Refused(_) => (
                "server_error",
                "The provider did not accept this server's request for your sign-in. Try again; if \
                 it stays, whoever runs this server has to look at its entry there.",
            ),
            Self::Unverifiable(_) => (
                "server_error",
                "The provider's answer could not be verified. Try again; if it stays, tell whoever \
                 runs this server.",
            ),
            Self::Clock(_) => (
                "server_error",
                "The clocks of the provider and of this server differ by more than a minute, so its \
                 answer counts as expired or as not yet made. Whoever runs this server has to set \
                 its clock.",
            ),
            Self::Stale(_) => (
                "login_required",
                "The provider did not ask you who you are again, as was needed here. Sign out there, \
                 then try again.",
            ),
        }
    }
}

/// An error with all its causes: the first one alone says too little in a log.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
