//! What our issuer says of itself. Only what works is listed (RFC 8414 §2).

use axum::extract::{Extension, State};
use axum::response::Response;
use http::{HeaderValue, header};
use serde_json::json;

use crate::app::App;
use crate::error::Error;
use crate::json;
use crate::oauth::token::DEVICE_GRANT;
use crate::request::RequestId;

/// How a client may say who it is.
const AUTH_METHODS: [&str; 3] = ["none", "client_secret_basic", "client_secret_post"];

pub(crate) async fn metadata(State(app): State<App>) -> Response {
    let issuer = app.config().origin();
    public(json::ok(&json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/oauth/authorize"),
        "token_endpoint": format!("{issuer}/oauth/token"),
        "device_authorization_endpoint": format!("{issuer}/oauth/device_authorization"),
        "revocation_endpoint": format!("{issuer}/oauth/revoke"),
        "introspection_endpoint": format!("{issuer}/oauth/introspect"),
        "jwks_uri": format!("{issuer}/oauth/jwks"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", DEVICE_GRANT],
        "token_endpoint_auth_methods_supported": AUTH_METHODS,
        "revocation_endpoint_auth_methods_supported": AUTH_METHODS,
        "introspection_endpoint_auth_methods_supported": AUTH_METHODS[1..],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "scopes_supported": ["openid", "offline_access"],
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["login", "select_account"],
        "claims_supported": ["sub", "auth_time", "name", "email", "email_verified"],
        "authorization_response_iss_parameter_supported": true,
    })))
}

/// Public keys only.
pub(crate) async fn jwks(
    State(app): State<App>,
    Extension(RequestId(id)): Extension<RequestId>,
) -> Response {
    match app.keys().fresh(app.store()).await {
        Ok(keys) => public(json::ok(&keys.jwks)),
        Err(error) => Error::from(error).into_response(&id),
    }
}

/// Any page may read what is public anyway; credentials are never sent along.
fn public(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=300"),
    );
    response
}
