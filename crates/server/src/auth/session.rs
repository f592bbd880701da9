//! `/auth/session`: a cookie for a code, who the cookie belongs to, and its end.

use axum::response::Response;
use bailiwick_api::{Session, SessionCreate, SessionState};
use bailiwick_store::{Caller, CodeRedemption, LiveSession, Secret};
use http::header;

use crate::app::App;
use crate::auth::{Account, browser, who};
use crate::caller::SignedIn;
use crate::cookies;
use crate::dispatch::Input;
use crate::error::Error;
use crate::json;
use crate::oauth::{CONSOLE, challenge_of, is_verifier};

/// Says whose the cookie is. Signed out is an answer, not an error: the page asks this first.
pub(crate) async fn get(
    app: &App,
    signed_in: Option<SignedIn>,
    request_id: &str,
) -> Result<Response, Error> {
    let session = match signed_in {
        Some(signed_in) => Some(wire(app, &signed_in.session, None, request_id).await?),
        None => None,
    };
    Ok(json::ok(&SessionState {
        session,
        server_version: env!("CARGO_PKG_VERSION").to_owned(),
        development: app.config().development.is_some(),
        organizations_open: app.organizations_open(),
        mail: app.sends_mail(),
    }))
}

/// Redeems a code of client `console`. The session that the cookie had before ends.
pub(crate) async fn create(
    app: &App,
    before: Option<SignedIn>,
    input: Input,
) -> Result<Response, Error> {
    let browser = browser::name_of(&input.headers);
    let SessionCreate {
        code,
        code_verifier,
    } = json::read(&input.headers, input.body).await?;
    if !is_verifier(&code_verifier) {
        return Err(Error::invalid(
            "codeVerifier",
            "must be 43 to 128 of A-Z a-z 0-9 - . _ ~",
        ));
    }
    let (secret, nonce) = app
        .store()
        .redeem_code(CodeRedemption {
            code: Secret::from_client(&code),
            client_id: CONSOLE.to_owned(),
            code_challenge: challenge_of(&code_verifier),
            request_id: input.request_id.clone(),
            replaces: before.map(|before| before.secret),
            browser,
            address: input.from.to_string(),
        })
        .await?;
    let session = app
        .store()
        .session(&secret)
        .await?
        .ok_or_else(Error::signed_out)?;
    let mut response = json::ok(&wire(app, &session, Some(nonce), &input.request_id).await?);
    response
        .headers_mut()
        .append(header::SET_COOKIE, cookies::session(&secret));
    Ok(response)
}

/// Signs out: the session ends at once, and our cookies go.
pub(crate) async fn delete(
    app: &App,
    signed_in: &SignedIn,
    request_id: &str,
) -> Result<Response, Error> {
    let caller = Caller::of_session(&signed_in.session, request_id);
    app.store().end_session(&caller, &signed_in.secret).await?;
    let mut response = json::empty();
    for removal in cookies::removals() {
        response.headers_mut().append(header::SET_COOKIE, removal);
    }
    Ok(response)
}

async fn wire(
    app: &App,
    session: &LiveSession,
    nonce: Option<String>,
    request_id: &str,
) -> Result<Session, Error> {
    let provider = app.config().provider(&session.provider);
    Ok(Session {
        id: session.public_id.to_string(),
        provider_name: provider
            .map(|provider| provider.name.clone())
            .unwrap_or_default(),
        who: who(
            app,
            &Caller::of_session(session, request_id),
            Account::of_session(session),
        )
        .await?,
        nonce,
    })
}
