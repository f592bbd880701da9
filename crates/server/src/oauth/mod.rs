//! Our issuer, as far as it goes: `/oauth/…` and discovery. The console is its client; towards the
//! providers we are the client (`upstream.rs`). Nothing here reads the session cookie.

mod authorize;
mod callback;
mod discovery;
mod failure;
pub(crate) mod signing;
mod upstream;

use aws_lc_rs::digest;
use axum::Router;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::app::App;

pub(crate) use upstream::Upstream;

/// The client id of our own console; its codes are redeemed only at `/auth/session`.
pub(crate) const CONSOLE: &str = "console";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/oauth/authorize", get(authorize::authorize))
        .route("/oauth/callback/{provider}", get(callback::callback))
        .route("/oauth/jwks", get(discovery::jwks))
        .route(
            "/.well-known/openid-configuration",
            get(discovery::metadata),
        )
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
