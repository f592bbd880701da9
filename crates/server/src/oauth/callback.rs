//! `GET /oauth/callback/PROVIDER`: the provider sends the person back. The transaction is taken out
//! once, by the browser that began it, then the provider's word is checked, then the client gets a
//! code.

use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use bailiwick_store::AuthorizedLogin;
use http::HeaderMap;
use serde::Deserialize;

use crate::app::App;
use crate::cookies;
use crate::oauth::authorize::{back, back_to_console};
use crate::oauth::failure::Stop;
use crate::oauth::upstream::{Back, Secrets, Ticket, Told};
use crate::request::RequestId;

/// What a provider may send. A parameter that stands twice makes this unreadable, so it is refused.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

pub(crate) async fn callback(
    State(app): State<App>,
    Extension(RequestId(id)): Extension<RequestId>,
    provider: Result<Path<String>, axum::extract::rejection::PathRejection>,
    query: Result<Query<Answer>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let (Ok(Path(provider)), Ok(Query(answer))) = (provider, query) else {
        return Stop::BadRequest("The provider's answer cannot be read.").page(&id);
    };
    let Some(browser) = cookies::read(&headers, cookies::BROWSER) else {
        return Stop::OtherBrowser.page(&id);
    };
    let Some(ticket) = answer.state.as_deref().and_then(Ticket::read) else {
        return Stop::UnknownSignIn.page(&id);
    };
    let taken = app.store().take_login(ticket.state(), &browser, &provider);
    let taken = match taken.await {
        Ok(Some(taken)) => taken.login,
        Ok(None) if ticket.is_old(app.store().now()) => return Stop::TooLate.page(&id),
        Ok(None) => return Stop::UnknownSignIn.page(&id),
        Err(error) => {
            tracing::error!(
                request_id = id,
                cause = error.to_string(),
                "login not taken"
            );
            return Stop::Unavailable.page(&id);
        }
    };
    let (to, client_state) = (taken.redirect_uri.clone(), taken.client_state.clone());
    let refuse = |told: Told| back_to_console(&app, &to, &client_state, told, &id);
    let Some(code) = answer.code.filter(|_| answer.error.is_none()) else {
        tracing::info!(
            request_id = id,
            provider,
            error = answer.error,
            "provider refused"
        );
        return refuse(refusal(answer.error.as_deref()));
    };
    let back_from_it = Back {
        code: &code,
        iss: answer.iss.as_deref(),
        ticket: &ticket,
        secrets: &Secrets::derive(&browser, ticket.state()),
    };
    let person = match app.upstream().redeem(&provider, &back_from_it).await {
        Ok(person) => person,
        Err(error) => {
            tracing::warn!(
                request_id = id,
                provider,
                cause = error.to_string(),
                "provider's answer refused"
            );
            return refuse(error.told());
        }
    };
    match app
        .store()
        .authorize_login(AuthorizedLogin {
            login: taken,
            person,
        })
        .await
    {
        Ok(code) => back(
            &app,
            &to,
            &[("code", code.expose()), ("state", &client_state)],
        ),
        Err(error) => {
            tracing::error!(
                request_id = id,
                cause = error.to_string(),
                "code not stored"
            );
            Stop::Unavailable.page(&id)
        }
    }
}

/// What a provider's own no means (RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6). Its words are not passed on:
/// anyone can write such an answer.
fn refusal(error: Option<&str>) -> Told {
    match error {
        Some("access_denied") => (
            "access_denied",
            "The sign-in was cancelled or refused at the provider.",
        ),
        Some("temporarily_unavailable") => (
            "temporarily_unavailable",
            "The provider says that it cannot sign anyone in now. Try again in a moment, or choose \
             another one.",
        ),
        Some("login_required" | "interaction_required" | "consent_required") => (
            "login_required",
            "The provider wants to ask you something first. Sign in again and answer it there.",
        ),
        _ => (
            "server_error",
            "The provider could not sign you in. Try again; if it stays, whoever runs this server \
             has to look at its entry there.",
        ),
    }
}
