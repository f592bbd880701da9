//! What the lying provider answers.

use std::sync::atomic::Ordering;

use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{Liar, Lie};
use crate::http::form;

/// What it says for any access token.
const ACCESS_TOKEN: &str = "an access token";
/// Where clouds keep what nobody else may read.
const METADATA: &str = "http://169.254.169.254/latest/meta-data";

pub(super) fn router(liar: Liar) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/jwks", get(jwks))
        .route("/authorize", get(authorize))
        .route("/token", post(token))
        .route("/elsewhere", post(token))
        .route("/userinfo", get(userinfo))
        .with_state(liar)
}

type Parameters = std::collections::HashMap<String, String>;

async fn discovery(State(liar): State<Liar>) -> Response {
    liar.0.discoveries.fetch_add(1, Ordering::SeqCst);
    let base = liar.issuer();
    let issuer = match liar.lie() {
        Lie::OtherIssuerInDiscovery => "https://accounts.example",
        Lie::RedirectedDiscovery => return Redirect::temporary(METADATA).into_response(),
        Lie::HtmlForDiscovery => return Html("<h1>Sign in</h1>").into_response(),
        Lie::TextForDiscovery => return Json("no object").into_response(),
        Lie::BrokenDiscovery => return http::StatusCode::BAD_GATEWAY.into_response(),
        _ => &base,
    };
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "userinfo_endpoint": format!("{base}/userinfo"),
        "jwks_uri": format!("{base}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
        "authorization_response_iss_parameter_supported": true,
    });
    if let Lie::Endpoint(name, url) = liar.lie() {
        document[name] = json!(url);
    }
    Json(document).into_response()
}

async fn jwks(State(liar): State<Liar>) -> Json<Value> {
    liar.0.key_fetches.fetch_add(1, Ordering::SeqCst);
    let point = &liar.0.key.point;
    Json(json!({ "keys": [{
        "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "honest",
        "x": URL_SAFE_NO_PAD.encode(&point[1..33]), "y": URL_SAFE_NO_PAD.encode(&point[33..65]),
    }]}))
}

/// Asks nobody. The code is the nonce, so nothing has to be remembered.
async fn authorize(State(liar): State<Liar>, Query(asked): Query<Parameters>) -> Redirect {
    let issuer = liar.issuer();
    let mut answer = vec![("code", &*asked["nonce"]), ("state", &*asked["state"])];
    match liar.lie() {
        Lie::NoIssInCallback => {}
        Lie::OtherIssInCallback => answer.push(("iss", "https://accounts.example")),
        _ => answer.push(("iss", &*issuer)),
    }
    Redirect::to(&format!("{}?{}", asked["redirect_uri"], form(&answer)))
}

async fn token(State(liar): State<Liar>, Form(asked): Form<Parameters>) -> Response {
    liar.0.exchanges.fetch_add(1, Ordering::SeqCst);
    match liar.lie() {
        Lie::CodeRefused => {
            let body = Json(json!({ "error": "invalid_client" }));
            return (http::StatusCode::UNAUTHORIZED, body).into_response();
        }
        Lie::HtmlForTokens => return Html("<h1>Sign in</h1>").into_response(),
        Lie::TokensElsewhere => return Redirect::temporary("/elsewhere").into_response(),
        _ => {}
    }
    let mut answer = json!({
        "access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": 300,
    });
    if liar.lie() != Lie::NoIdToken {
        answer["id_token"] = json!(liar.id_token(&asked["code"]));
    }
    Json(answer).into_response()
}

async fn userinfo(State(liar): State<Liar>) -> Json<Value> {
    let subject = match liar.lie() {
        Lie::OtherSubjectAtUserInfo => "someone else",
        _ => "someone",
    };
    Json(json!({ "sub": subject, "email": "someone@liar.example", "email_verified": true }))
}
