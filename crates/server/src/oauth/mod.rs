//! Our issuer: `/oauth/…` and discovery. The console is its client, and so are the command line and
//! whatever the configuration names; towards the providers we are the client (`upstream.rs`). Nothing
//! here reads the session cookie.

mod authorize;
mod callback;
pub(crate) mod claims;
mod client_auth;
mod client_request;
mod device;
mod discovery;
mod failure;
mod form;
mod introspect;
mod limit;
pub(crate) mod presented;
mod revoke;
mod seen;
pub(crate) mod signing;
mod token;
mod upstream;

use aws_lc_rs::digest;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::app::App;
use crate::config::{ClientConfig, GrantType};
use crate::dispatch;

pub(crate) use authorize::client_location;
pub(crate) use upstream::Upstream;

/// The client id of our own console; its codes are redeemed only at `/auth/session`.
pub(crate) const CONSOLE: &str = "console";

pub(crate) fn router(app: &App) -> Router<App> {
    let sign_ins = from_fn_with_state(app.clone(), limit::sign_ins);
    let callbacks = from_fn_with_state(app.clone(), limit::callbacks);
    Router::new()
        .route(
            "/oauth/authorize",
            get(authorize::authorize).layer(sign_ins),
        )
        .route(
            "/oauth/callback/{provider}",
            get(callback::callback).layer(callbacks),
        )
        .merge(for_clients().layer(from_fn_with_state(app.clone(), limit::refusals)))
        .route("/oauth/jwks", get(discovery::jwks))
        .route(
            "/.well-known/openid-configuration",
            get(discovery::metadata),
        )
        .route(
            "/.well-known/oauth-authorization-server",
            get(discovery::metadata),
        )
}

/// What clients ask by themselves, with a secret, a code or a token.
fn for_clients() -> Router<App> {
    Router::new()
        .route(
            "/oauth/token",
            post(token::token).fallback(dispatch::only_post),
        )
        .route(
            "/oauth/device_authorization",
            post(device::device_authorization).fallback(dispatch::only_post),
        )
        .route(
            "/oauth/revoke",
            post(revoke::revoke).fallback(dispatch::only_post),
        )
        .route(
            "/oauth/introspect",
            post(introspect::introspect).fallback(dispatch::only_post),
        )
}

/// Whether a text asks for nothing but scopes that there are, and for `openid`.
fn is_scope(text: &str) -> bool {
    let mut words = text.split(' ');
    words.all(|word| ["openid", "offline_access"].contains(&word))
        && text.split(' ').any(|word| word == "openid")
}

/// What a client is granted of the scopes that it asks for: those that there are and that it may
/// have. `None` without `openid`.
fn granted_scope(client: &ClientConfig, asked: &str) -> Option<String> {
    let asks_for = |scope: &str| asked.split(' ').any(|word| word == scope);
    if !asks_for("openid") {
        return None;
    }
    let stays = asks_for("offline_access") && client.may(GrantType::RefreshToken);
    Some(match stays {
        true => "openid offline_access".to_owned(),
        false => "openid".to_owned(),
    })
}

/// S256 of a PKCE verifier (RFC 7636 §4.2).
pub(crate) fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}

/// Whether a text can be a PKCE verifier (RFC 7636 §4.1).
pub(crate) fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_rfc_7636_appendix_b() {
        assert_eq!(
            challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
