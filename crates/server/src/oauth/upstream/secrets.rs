//! Nonce and PKCE verifier of the upstream leg. Both are derived from the browser's cookie and the
//! state, which come back together: the database never holds them.

use aws_lc_rs::hmac;
use bailiwick_store::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::PkceCodeVerifier;

/// What proves that an answer belongs to our request.
pub(crate) struct Secrets {
    pub(super) nonce: String,
    verifier: String,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// Those of one sign-in. Without the cookie, which only the browser has, nobody derives them.
    pub(crate) fn derive(browser: &Secret, state: &Secret) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, browser.expose().as_bytes());
        let derive = |purpose: &str| {
            let text = format!("{purpose}\0{}", state.expose());
            URL_SAFE_NO_PAD.encode(hmac::sign(&key, text.as_bytes()))
        };
        Self {
            nonce: derive("nonce"),
            verifier: derive("pkce"),
        }
    }

    pub(super) fn verifier(&self) -> PkceCodeVerifier {
        PkceCodeVerifier::new(self.verifier.clone())
    }
}
