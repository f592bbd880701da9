//! Refusals of the issuer's own endpoints, in the form that their standards give them: RFC 6749
//! §5.2, RFC 8628 §3.5.

use axum::response::{IntoResponse as _, Response};
use bailiwick_api::Code;
use bailiwick_domain::{DeviceStartError, TokenError};
use bailiwick_store::{Failure, StoreError};
use http::{HeaderValue, header};
use serde_json::json;

use crate::error::{Error, http_of};
use crate::json;

/// Marks an answer to a secret, a code or a token that is worth nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refused;

/// A refusal to a client.
#[derive(Debug)]
pub(crate) struct OauthError {
    /// Which status `error.rs` gives it.
    code: Code,
    error: &'static str,
    description: String,
    /// For the log alone.
    cause: Option<String>,
    /// Whether the client tried HTTP Basic, and is told so.
    basic: bool,
    /// In seconds.
    retry_after: Option<u64>,
}

impl OauthError {
    fn new(error: &'static str, description: impl Into<String>) -> Self {
        Self {
            code: Code::InvalidArgument,
            error,
            description: description.into(),
            cause: None,
            basic: false,
            retry_after: None,
        }
    }

    /// The request itself is wrong.
    pub(crate) fn invalid_request(description: impl Into<String>) -> Self {
        Self::new("invalid_request", description)
    }

    /// Which client it is cannot be believed.
    pub(crate) fn invalid_client(basic: bool) -> Self {
        Self {
            code: Code::Unauthenticated,
            basic,
            ..Self::new("invalid_client", "unknown client, or its secret is wrong")
        }
    }

    /// The client may not redeem this.
    pub(crate) fn unauthorized_client() -> Self {
        Self::new("unauthorized_client", "this client may not do that here")
    }

    /// Nothing that we redeem.
    pub(crate) fn unsupported_grant_type() -> Self {
        Self::new(
            "unsupported_grant_type",
            "this grant_type is not known here",
        )
    }

    /// A scope that is not had.
    pub(crate) fn invalid_scope() -> Self {
        Self::new(
            "invalid_scope",
            "scope must hold openid, and may hold offline_access",
        )
    }

    /// As [`TokenError::InvalidGrant`].
    pub(crate) fn invalid_grant() -> Self {
        TokenError::InvalidGrant.into()
    }

    /// Too much of one address was refused; in so many seconds it is heard again.
    pub(crate) fn too_many(seconds: u64) -> Self {
        Self {
            code: Code::ResourceExhausted,
            retry_after: Some(seconds),
            ..Self::new(
                "temporarily_unavailable",
                format!(
                    "too much that came from your network was refused: try again in {seconds} seconds"
                ),
            )
        }
    }

    /// What came of a request, as the client gets it.
    pub(crate) fn answer(result: Result<Response, Self>, request_id: &str) -> Response {
        result.unwrap_or_else(|error| error.into_response(request_id))
    }

    /// The answer; the log gets the cause.
    pub(crate) fn into_response(self, request_id: &str) -> Response {
        let http = http_of(self.code);
        if http.is_server_error() {
            let cause = self.cause.unwrap_or_default();
            tracing::error!(request_id, error = self.error, cause, "client refused");
        } else {
            tracing::info!(request_id, error = self.error, "client refused");
        }
        let body = json!({ "error": self.error, "error_description": self.description });
        let mut response = (http, json::body(&body)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        if self.basic {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Basic realm=\"bailiwick\""),
            );
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if ["invalid_client", "invalid_grant"].contains(&self.error) {
            response.extensions_mut().insert(Refused);
        }
        response
    }
}

impl From<TokenError> for OauthError {
    fn from(error: TokenError) -> Self {
        let code = match error {
            TokenError::InvalidGrant => "invalid_grant",
            TokenError::Pending => "authorization_pending",
            TokenError::SlowDown => "slow_down",
            TokenError::Denied => "access_denied",
            TokenError::Expired => "expired_token",
        };
        Self::new(code, error.to_string())
    }
}

impl From<DeviceStartError> for OauthError {
    fn from(error: DeviceStartError) -> Self {
        Self {
            code: Code::ResourceExhausted,
            retry_after: Some(60),
            ..Self::new("temporarily_unavailable", error.to_string())
        }
    }
}

impl From<StoreError> for OauthError {
    fn from(error: StoreError) -> Self {
        Self {
            code: Code::Unavailable,
            cause: Some(error.to_string()),
            retry_after: Some(1),
            ..Self::new(
                "temporarily_unavailable",
                "the server is busy; nothing was changed",
            )
        }
    }
}

impl From<Error> for OauthError {
    fn from(error: Error) -> Self {
        Self {
            code: Code::Internal,
            cause: error.cause,
            ..Self::new("server_error", "the server made a mistake")
        }
    }
}

impl<E: Into<Self>> From<Failure<E>> for OauthError {
    fn from(failure: Failure<E>) -> Self {
        match failure {
            Failure::Rule(rule) => rule.into(),
            Failure::Store(store) => store.into(),
        }
    }
}
