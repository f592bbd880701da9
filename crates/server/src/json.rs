//! JSON in and out.

use axum::body::{Body, Bytes, to_bytes};
use axum::response::{IntoResponse as _, Response};
use bailiwick_domain::limits::BODY_BYTES_MAX;
use http::{HeaderMap, HeaderValue, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;

/// A value as text. Our wire types cannot fail to serialize.
pub(crate) fn body(value: &impl Serialize) -> Body {
    Body::from(serde_json::to_vec(value).unwrap_or_default())
}

/// A successful answer.
pub(crate) fn ok(value: &impl Serialize) -> Response {
    let mut response = body(value).into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}

/// The answer of a method that returns nothing.
pub(crate) fn empty() -> Response {
    ok(&serde_json::Map::new())
}

/// Reads a body of the agreed type and size.
pub(crate) async fn read<T: DeserializeOwned>(headers: &HeaderMap, body: Body) -> Result<T, Error> {
    read_up_to(BODY_BYTES_MAX, headers, body).await
}

/// Reads a body that holds a secret: what is wrong with it is not repeated, in the answer or the log.
pub(crate) async fn read_secret<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Body,
) -> Result<T, Error> {
    let bytes = bytes(BODY_BYTES_MAX, headers, body).await?;
    serde_json::from_slice(&bytes).map_err(|_| {
        Error::bad_request(
            "MALFORMED_BODY",
            "The body cannot be used: docs/api.md says which fields it has.",
        )
    })
}

/// Reads a body of the agreed type that may have so many bytes.
pub(crate) async fn read_up_to<T: DeserializeOwned>(
    limit: usize,
    headers: &HeaderMap,
    body: Body,
) -> Result<T, Error> {
    let bytes = bytes(limit, headers, body).await?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let mut message = error.to_string();
        message.truncate(
            message
                .char_indices()
                .nth(200)
                .map_or(message.len(), |(at, _)| at),
        );
        Error::bad_request(
            "MALFORMED_BODY",
            format!("The body cannot be used: {message}."),
        )
    })
}

async fn bytes(limit: usize, headers: &HeaderMap, body: Body) -> Result<Bytes, Error> {
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    if !is_json {
        return Err(Error::not_json());
    }
    let bytes = to_bytes(body, limit)
        .await
        .map_err(|_| Error::too_large(limit))?;
    // serde takes an array for a struct, field by field; a body of ours is an object.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(Error::bad_request(
            "MALFORMED_BODY",
            "The body must be a JSON object.",
        ));
    }
    Ok(bytes)
}
