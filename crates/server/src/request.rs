//! A request's id: ours alone, in the log, in the header `X-Request-Id` and in every error body.

use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use bailiwick_domain::INVITE_CODE_PREFIX;
use bailiwick_store::Secret;
use http::{HeaderName, HeaderValue};

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id, as an extension of the request.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

/// Gives the request an id and logs its end. Neither query nor header is logged.
pub(crate) async fn identify(mut request: Request, next: Next) -> Response {
    let id: String = Secret::random()
        .map(|secret| secret.expose().chars().take(16).collect())
        .unwrap_or_default();
    let (method, path) = (request.method().clone(), without_code(request.uri().path()));
    request.extensions_mut().insert(RequestId(id.clone()));
    let began = Instant::now();
    let mut response = next.run(request).await;
    tracing::debug!(
        request_id = id,
        %method,
        path,
        status = response.status().as_u16(),
        micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
        "answered"
    );
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

/// A path for the log. No link has an invite's code in its path, but a person may put it there.
fn without_code(path: &str) -> String {
    match path.split_once(INVITE_CODE_PREFIX) {
        Some((before, _)) => format!("{before}{INVITE_CODE_PREFIX}…"),
        None => path.to_owned(),
    }
}
