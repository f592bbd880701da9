//! The development provider's token endpoint: a public client with PKCE.

use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::{Form, State};
use axum::response::{IntoResponse as _, Response};
use bailiwick_store::Secret;
use http::StatusCode;
use jsonwebtoken::{Algorithm, Header};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::DevProvider;
use crate::json;
use crate::oauth::challenge_of;

/// How long an ID token is valid, in seconds.
const LIFE: u64 = 300;

#[derive(Debug, Deserialize)]
pub(super) struct TokenRequest {
    grant_type: String,
    code: String,
    redirect_uri: String,
    code_verifier: String,
}

#[derive(Debug, Serialize)]
struct IdToken<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: u64,
    exp: u64,
    auth_time: u64,
    nonce: &'a str,
    email: &'a str,
    email_verified: bool,
}

pub(super) async fn token(
    State(provider): State<DevProvider>,
    Form(request): Form<TokenRequest>,
) -> Response {
    let granted = provider.0.codes.take(&request.code).filter(|granted| {
        request.grant_type == "authorization_code"
            && request.redirect_uri == provider.0.redirect_uri
            && granted.code_challenge == challenge_of(&request.code_verifier)
    });
    let Some(granted) = granted else {
        let refusal = json::ok(&json!({ "error": "invalid_grant" }));
        return (StatusCode::BAD_REQUEST, refusal).into_response();
    };
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let claims = IdToken {
        iss: &provider.0.issuer,
        sub: &granted.email,
        aud: "bailiwick",
        iat: now,
        exp: now + LIFE,
        auth_time: now,
        nonce: &granted.nonce,
        email: &granted.email,
        email_verified: true,
    };
    let mut header = Header::new(Algorithm::ES256);
    header.kid = Some(provider.0.kid.clone());
    let (Ok(id_token), Ok(access_token)) = (
        jsonwebtoken::encode(&header, &claims, &provider.0.key),
        Secret::random(),
    ) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    json::ok(&json!({
        "access_token": access_token.expose(),
        "token_type": "Bearer",
        "expires_in": LIFE,
        "id_token": id_token,
    }))
}
