//! `/auth/sessions`: the browsers that are signed in as the caller.

use axum::response::Response;
use bailiwick_api::{ConsoleSession, ConsoleSessionList};
use bailiwick_domain::Uidp;
use bailiwick_store::Caller;

use crate::app::App;
use crate::caller::SignedIn;
use crate::error::Error;
use crate::json;
use crate::wire_time::rfc3339;

pub(crate) async fn list(
    app: &App,
    signed_in: &SignedIn,
    request_id: &str,
) -> Result<Response, Error> {
    let caller = Caller::of_session(&signed_in.session, request_id);
    let sessions = app.store().sessions(&caller).await?;
    let sessions = sessions.into_iter().filter_map(|session| {
        // One whose provider has left the configuration is dead, as for its own requests.
        let provider = app.config().provider(&session.provider)?;
        Some(ConsoleSession {
            current: session.public_id == signed_in.session.public_id,
            id: session.public_id,
            browser: session.browser,
            address: session.address,
            provider_name: provider.name.clone(),
            create_time: rfc3339(session.create_time),
            last_seen_time: rfc3339(session.last_seen_time),
            expire_time: rfc3339(session.expire_time),
        })
    });
    Ok(json::ok(&ConsoleSessionList {
        sessions: sessions.collect(),
    }))
}

/// What is not the caller's, or not there any more, is as one that was ended: nothing is told.
pub(crate) async fn delete(
    app: &App,
    signed_in: &SignedIn,
    id: &Uidp,
    request_id: &str,
) -> Result<Response, Error> {
    let caller = Caller::of_session(&signed_in.session, request_id);
    app.store().end_session_named(&caller, id).await?;
    Ok(json::empty())
}

/// All but the one that asks. What clients were given stays.
pub(crate) async fn end_others(
    app: &App,
    signed_in: &SignedIn,
    request_id: &str,
) -> Result<Response, Error> {
    let session = &signed_in.session;
    let caller = Caller::of_session(session, request_id);
    let ended = app.store().end_other_sessions(&caller, &session.public_id);
    ended.await?;
    Ok(json::empty())
}
