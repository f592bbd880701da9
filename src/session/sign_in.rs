//! Leaving for a provider: state, nonce and PKCE are made and kept, and the browser goes to our
//! own issuer, which sends it on.

use crate::browser;
use crate::routes::{self, Page};

use super::{Session, crypto, pending};

const LAST_PROVIDER: &str = "bailiwick.last-provider";
const PROVIDER_BEFORE: &str = "bailiwick.provider-before";

/// What the provider is asked to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// As it sees fit.
    Any,
    /// The choice of an account, after leaving one.
    SelectAccount,
    /// A proof of who one is, however short ago the last one was.
    Login,
}

/// Why the browser cannot begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignInError {
    /// It has no WebCrypto here.
    NoCrypto,
    /// It keeps nothing for this site.
    NoStorage,
}

/// The id of the provider that last led to a session in this browser.
pub(crate) fn last_provider() -> Option<String> {
    browser::stored(LAST_PROVIDER)
}

/// The id of another one that did so before.
pub(crate) fn provider_before() -> Option<String> {
    browser::stored(PROVIDER_BEFORE)
}

pub(super) fn remember_provider(id: &str) {
    if let Some(before) = last_provider().filter(|before| before != id) {
        browser::store(PROVIDER_BEFORE, &before);
    }
    browser::store(LAST_PROVIDER, id);
}

/// Leaves the page for the provider `id`, to come back to where [`Session::return_to`] says, with the
/// invite that one is at.
pub(crate) async fn sign_in(session: Session, id: &str, prompt: Prompt) -> Result<(), SignInError> {
    let return_to = session.return_to();
    // Another page has no use for it.
    let invite = match return_to.as_str() {
        routes::INVITE => session.invite(),
        _ => String::new(),
    };
    pending::sweep(browser::now_ms());
    let words = (
        crypto::random_word(),
        crypto::random_word(),
        crypto::random_word(),
    );
    let (Some(state), Some(nonce), Some(verifier)) = words else {
        return Err(SignInError::NoCrypto);
    };
    let challenge = crypto::challenge(&verifier)
        .await
        .ok_or(SignInError::NoCrypto)?;
    let url = authorize_url(&state, &nonce, &challenge, id, prompt);
    let entry = pending::Pending {
        nonce,
        verifier,
        provider: id.to_owned(),
        return_to,
        invite,
        at: browser::now_ms(),
    };
    if !pending::put(&state, &entry) {
        return Err(SignInError::NoStorage);
    }
    if Page::of(&browser::path()) == Page::Invite {
        // Whoever comes back without having signed in finds the invite by it.
        browser::note_in_history(&state);
    }
    browser::leave_for(&url);
    Ok(())
}

fn authorize_url(state: &str, nonce: &str, challenge: &str, id: &str, prompt: Prompt) -> String {
    let encode = |text: &str| String::from(js_sys::encode_uri_component(text));
    let redirect = encode(&(browser::origin() + routes::CALLBACK));
    let mut url = [
        "/oauth/authorize?client_id=console&response_type=code&scope=openid&redirect_uri=",
        &redirect,
        "&state=",
        state,
        "&nonce=",
        nonce,
        "&code_challenge=",
        challenge,
        "&code_challenge_method=S256&idp_id=",
        &encode(id),
    ]
    .concat();
    url.push_str(match prompt {
        Prompt::Any => "",
        Prompt::SelectAccount => "&prompt=select_account",
        Prompt::Login => "&prompt=login",
    });
    url
}
