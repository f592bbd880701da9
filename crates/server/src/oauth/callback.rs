//! `GET /oauth/callback/PROVIDER`: the provider sends the person back. The transaction is taken out
//! once, by the browser that began it, then the provider's word is checked, then the client gets a
//! code.

use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use bailiwick_store::{AuthorizedLogin, Secret};
use http::HeaderMap;
use serde::Deserialize;

use crate::app::App;
use crate::cookies;
use crate::oauth::authorize::{back, back_with_error};
use crate::oauth::failure::Stop;
use crate::oauth::upstream::Secrets;
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
    let (Some(state), Some(browser)) = (answer.state, cookies::read(&headers, cookies::BROWSER))
    else {
        return Stop::UnknownSignIn.page(&id);
    };
    let state = Secret::from_client(&state);
    let taken = match app.store().take_login(&state, &browser, &provider).await {
        Ok(Some(taken)) => taken.login,
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
    let Some(code) = answer.code.filter(|_| answer.error.is_none()) else {
        let denied = answer.error.as_deref() == Some("access_denied");
        let (error, words) = if denied {
            (
                "access_denied",
                "The sign-in was cancelled at the provider.",
            )
        } else {
            ("server_error", "The provider could not sign you in.")
        };
        tracing::info!(
            request_id = id,
            provider,
            error = answer.error,
            "provider refused"
        );
        return back_with_error(&app, &to, &client_state, error, words);
    };
    let secrets = Secrets::derive(&browser, &state);
    let person = match app
        .upstream()
        .redeem(&provider, &code, answer.iss.as_deref(), &secrets)
        .await
    {
        Ok(person) => person,
        Err(error) => {
            tracing::warn!(
                request_id = id,
                provider,
                cause = error.to_string(),
                "provider's answer refused"
            );
            return back_with_error(
                &app,
                &to,
                &client_state,
                "server_error",
                "The provider's answer could not be verified. Try again; if it stays, tell whoever runs this server.",
            );
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
