//! The one place that turns what went wrong into a status code and a body.

mod bindings;
mod changes;
mod clients;
mod explain;
mod groups;
mod identities;
mod invites;
mod oauth;
mod parts;
mod roles;

use axum::response::{IntoResponse as _, Response};
use bailiwick_api::routes::NoRoute;
use bailiwick_api::status::{Detail, PreconditionViolation};
use bailiwick_api::{Code, Method, QueryError, Status};
use bailiwick_domain::{BeyondReach, Capability, Refusal as _, StepUpRequired};
use bailiwick_store::{Failure, SignInError, StoreError};
use http::{HeaderValue, StatusCode, header};
use serde_json::json;

use crate::json;

pub(crate) use self::oauth::{OauthError, Refused};

/// The reason of a write that was meant for another state.
const STALE: &str = "ETAG_MISMATCH";

/// The detail that has the thing as it is.
const PRESENT: &str = "type.bailiwick.dev/Present";

/// A refusal: the body, and what the log alone is told.
#[derive(Debug)]
pub(crate) struct Error {
    http: StatusCode,
    status: Box<Status>,
    cause: Option<String>,
    /// For `ETAG_MISMATCH`: the thing as it is.
    present: Option<Box<serde_json::Value>>,
    /// For 405 (RFC 9110 §15.5.6).
    allow: Option<HeaderValue>,
    /// For 429 and 503, in seconds.
    retry_after: Option<u64>,
    /// Whether a bearer token was refused (RFC 6750 §3).
    bearer: bool,
}

impl Error {
    fn new(code: Code, reason: &str, message: impl Into<String>) -> Self {
        Self {
            http: http_of(code),
            status: Box::new(Status::new(code, reason, message)),
            cause: None,
            present: None,
            allow: None,
            retry_after: None,
            bearer: false,
        }
    }

    /// A field is wrong.
    pub(crate) fn invalid(field: &str, description: impl Into<String>) -> Self {
        Self {
            http: StatusCode::BAD_REQUEST,
            status: Box::new(Status::invalid(field, description)),
            cause: None,
            present: None,
            allow: None,
            retry_after: None,
            bearer: false,
        }
    }

    /// The request as a whole is wrong.
    pub(crate) fn bad_request(reason: &str, message: impl Into<String>) -> Self {
        Self::new(Code::InvalidArgument, reason, message)
    }

    /// Nobody is signed in.
    pub(crate) fn signed_out() -> Self {
        Self::new(
            Code::Unauthenticated,
            "SIGNED_OUT",
            "Nobody is signed in, or the session has ended. Sign in again.",
        )
    }

    /// A bearer token that is none of ours, or whose time is over.
    pub(crate) fn invalid_token() -> Self {
        let mut error = Self::new(
            Code::Unauthenticated,
            "INVALID_TOKEN",
            "This access token is unknown, has expired, or its sign-in has ended. Sign in again.",
        );
        error.bearer = true;
        error
    }

    /// Asked of a person alone, and a client's token came.
    pub(crate) fn console_only() -> Self {
        let mut error = Self::new(
            Code::Unauthenticated,
            "INVALID_TOKEN",
            "This is asked of a person at the console: no access token is taken for it.",
        );
        error.bearer = true;
        error
    }

    /// A request that another site may have caused.
    pub(crate) fn cross_site(what: &str) -> Self {
        Self::new(
            Code::PermissionDenied,
            "CROSS_SITE",
            format!("This request did not come from the console's own page: {what}."),
        )
    }

    /// The page was drawn for another session than the cookie's.
    pub(crate) fn session_changed() -> Self {
        Self::new(
            Code::Aborted,
            "SESSION_CHANGED",
            "Someone else has signed in with this browser. Reload the page.",
        )
    }

    /// The body is over the limit, in bytes.
    pub(crate) fn too_large(limit: usize) -> Self {
        let mut error = Self::new(
            Code::ResourceExhausted,
            "BODY_TOO_LARGE",
            format!("The body is larger than {limit} bytes."),
        );
        error.http = StatusCode::PAYLOAD_TOO_LARGE;
        error
    }

    /// Not what a body must be.
    pub(crate) fn not_json() -> Self {
        let mut error = Self::new(
            Code::InvalidArgument,
            "NOT_JSON",
            "The body must be sent as content-type application/json.",
        );
        error.http = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        error
    }

    /// Nothing lives there.
    pub(crate) fn no_such_path() -> Self {
        Self::new(
            Code::NotFound,
            "NOT_FOUND",
            "There is nothing at this address.",
        )
    }

    /// No operation has this method.
    pub(crate) fn unknown_method() -> Self {
        let all = [Method::Get, Method::Post, Method::Patch, Method::Delete];
        NoRoute::Method(all.to_vec()).into()
    }

    /// Not meant for this server.
    pub(crate) fn misdirected() -> Self {
        let mut error = Self::new(
            Code::InvalidArgument,
            "MISDIRECTED",
            "This server does not answer under that host name. Use the address in its base_url.",
        );
        error.http = StatusCode::MISDIRECTED_REQUEST;
        error
    }

    /// A fault of ours; `cause` goes to the log only.
    pub(crate) fn internal(cause: &impl ToString) -> Self {
        let mut error = Self::new(
            Code::Internal,
            "INTERNAL",
            "The server made a mistake. Nothing was changed. If it stays, tell whoever runs it the request id.",
        );
        error.cause = Some(cause.to_string());
        error
    }

    fn unavailable(cause: &impl ToString) -> Self {
        let mut error = Self::new(
            Code::Unavailable,
            "UNAVAILABLE",
            "The server answered that its database is busy. Nothing was changed. Try again.",
        );
        error.cause = Some(cause.to_string());
        error.retry_after = Some(1);
        error
    }

    /// Too many requests of one person.
    pub(crate) fn too_many_requests(seconds: u64) -> Self {
        let mut error = Self::new(
            Code::ResourceExhausted,
            "TOO_MANY_REQUESTS",
            format!(
                "Too many requests came from your account in the last minute. Try again in {seconds} seconds."
            ),
        );
        error.retry_after = Some(seconds);
        error
    }

    /// Too many wrong codes from one address.
    pub(crate) fn too_many_attempts(seconds: u64) -> Self {
        let minutes = seconds.div_ceil(60);
        let mut error = Self::new(
            Code::ResourceExhausted,
            "TOO_MANY_ATTEMPTS",
            format!(
                "Too many wrong codes came from your network. Try again in {minutes} minutes, with the whole link."
            ),
        );
        error.retry_after = Some(seconds);
        error
    }

    /// Too many wrong codes of devices.
    pub(crate) fn too_many_user_codes(seconds: u64) -> Self {
        let minutes = seconds.div_ceil(60);
        let mut error = Self::new(
            Code::ResourceExhausted,
            "TOO_MANY_ATTEMPTS",
            format!("Too many wrong codes were tried. Try again in {minutes} minutes."),
        );
        error.retry_after = Some(seconds);
        error
    }

    fn forbidden(what: Capability, message: String) -> Self {
        let mut error = Self::new(Code::PermissionDenied, "CAPABILITY_MISSING", message);
        error.status.details.push(Detail::PreconditionFailure {
            violations: vec![PreconditionViolation {
                kind: "CAPABILITY_MISSING".to_owned(),
                subject: what.name().to_owned(),
                description: what.about().to_owned(),
            }],
        });
        error
    }

    /// Rule 2.
    fn beyond_reach(beyond: &BeyondReach, message: String) -> Self {
        let mut error = Self::new(Code::PermissionDenied, "BEYOND_REACH", message);
        let violations = beyond.0.iter().map(|what| PreconditionViolation {
            kind: "BEYOND_REACH".to_owned(),
            subject: what.name().to_owned(),
            description: what.about().to_owned(),
        });
        error.status.details.push(Detail::PreconditionFailure {
            violations: violations.collect(),
        });
        error
    }

    fn not_found(message: String) -> Self {
        Self::new(Code::NotFound, "NOT_FOUND", message)
    }

    fn stale(message: String) -> Self {
        Self::new(Code::Aborted, STALE, message)
    }

    fn name_taken(message: String) -> Self {
        let mut error = Self::new(Code::AlreadyExists, "NAME_TAKEN", message.clone());
        let Status { details, .. } = Status::invalid("name", message);
        error.status.details.extend(
            details
                .into_iter()
                .filter(|detail| matches!(detail, Detail::BadRequest { .. })),
        );
        error
    }

    /// The answer, with the request id in it; the log gets the cause.
    pub(crate) fn into_response(mut self, request_id: &str) -> Response {
        let reason = self.status.reason().unwrap_or_default().to_owned();
        if self.http.is_server_error() {
            tracing::error!(
                request_id,
                reason,
                status = self.http.as_u16(),
                cause = self.cause.as_deref().unwrap_or_default(),
                "refused"
            );
        } else {
            tracing::info!(
                request_id,
                reason,
                status = self.http.as_u16(),
                message = self.status.message,
                "refused"
            );
        }
        self.status.details.push(Detail::RequestInfo {
            request_id: request_id.to_owned(),
        });
        let body = match self.present {
            None => json::body(&self.status),
            Some(resource) => {
                let mut status = serde_json::to_value(&self.status).unwrap_or_default();
                if let Some(details) = status["details"].as_array_mut() {
                    details.push(json!({ "@type": PRESENT, "resource": resource }));
                }
                json::body(&status)
            }
        };
        let mut response = (self.http, body).into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        if let Some(allow) = self.allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
        if self.bearer {
            response.headers_mut().insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer error=\"invalid_token\""),
            );
        }
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

fn http_of(code: Code) -> StatusCode {
    match code {
        Code::InvalidArgument | Code::FailedPrecondition => StatusCode::BAD_REQUEST,
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::PermissionDenied => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::AlreadyExists | Code::Aborted => StatusCode::CONFLICT,
        Code::ResourceExhausted => StatusCode::TOO_MANY_REQUESTS,
        Code::Unimplemented => StatusCode::METHOD_NOT_ALLOWED,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<NoRoute> for Error {
    fn from(no_route: NoRoute) -> Self {
        match no_route {
            NoRoute::Path => Self::no_such_path(),
            NoRoute::Uidp => Self::invalid(
                "uid",
                "the path must end in a UIDP: 40 hex digits, then /16 hex digits for every folder",
            ),
            NoRoute::Method(allowed) => {
                let allowed: Vec<_> = allowed.iter().map(|method| method.as_str()).collect();
                let allowed = allowed.join(", ");
                let mut error = Self::new(
                    Code::Unimplemented,
                    "METHOD",
                    format!("This address takes {allowed}."),
                );
                error.allow = HeaderValue::from_str(&allowed).ok();
                error
            }
        }
    }
}

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        Self::invalid(error.field(), error.to_string())
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Corrupt { .. } | StoreError::Random(_) => Self::internal(&error),
            StoreError::Database(_) | StoreError::NotCommitted(_) | StoreError::Closing => {
                Self::unavailable(&error)
            }
        }
    }
}

/// Rules through their own impl, the store through its.
impl<E: Into<Self>> From<Failure<E>> for Error {
    fn from(failure: Failure<E>) -> Self {
        match failure {
            Failure::Rule(rule) => rule.into(),
            Failure::Store(store) => store.into(),
        }
    }
}

impl From<StepUpRequired> for Error {
    fn from(error: StepUpRequired) -> Self {
        Self::new(Code::PermissionDenied, error.reason(), error.to_string())
    }
}

impl From<SignInError> for Error {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::InvalidCode => Self::bad_request("INVALID_CODE", error.to_string()),
            SignInError::Suspended => {
                Self::new(Code::PermissionDenied, "SUSPENDED", error.to_string())
            }
        }
    }
}
