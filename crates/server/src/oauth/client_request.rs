//! `GET /oauth/authorize` for every client but the console: the checked request waits for a person,
//! who is sent to the console's page about it.

use std::time::Duration;

use axum::response::{IntoResponse as _, Redirect, Response};
use bailiwick_store::NewClientRequest;

use crate::app::App;
use crate::config::{ClientConfig, GrantType};
use crate::oauth::authorize::{back_with_error, challenge, opaque};
use crate::oauth::failure::Stop;
use crate::oauth::form::Parameters;
use crate::oauth::granted_scope;

/// Nothing is sent to the client before client and address are right (RFC 6749 §4.1.2.1).
pub(super) async fn begin(
    app: &App,
    request_id: &str,
    client: &ClientConfig,
    parameters: &Parameters,
) -> Response {
    let redirect_uri = parameters.get("redirect_uri");
    if !client.returns_to(redirect_uri) {
        return Stop::BadRequest("The sign-in request names an address to return to that is not registered for this client.").page(request_id);
    }
    let request = match check(client, parameters) {
        Ok(request) => request,
        Err((error, description)) => {
            let state = parameters.get("state");
            return back_with_error(app, redirect_uri, state, error, description);
        }
    };
    match app.store().begin_client_request(request).await {
        Ok(id) => {
            let page = format!(
                "{}/authorize?request={}",
                app.config().origin(),
                id.expose()
            );
            let provider = app.config().provider(parameters.get("idp_id"));
            let hint =
                provider.map_or_else(String::new, |provider| format!("&idp_id={}", provider.id));
            Redirect::to(&format!("{page}{hint}")).into_response()
        }
        Err(error) => {
            let cause = error.to_string();
            tracing::error!(request_id, cause, "client's request not stored");
            Stop::Unavailable.page(request_id)
        }
    }
}

/// What may be told to the client, because client and redirect URI are right.
fn check(
    client: &ClientConfig,
    parameters: &Parameters,
) -> Result<NewClientRequest, (&'static str, &'static str)> {
    if !client.may(GrantType::AuthorizationCode) {
        return Err((
            "unauthorized_client",
            "this client may not sign people in by a code",
        ));
    }
    for name in ["request", "request_uri"] {
        if !parameters.get(name).is_empty() {
            return Err((
                "request_not_supported",
                "the parameters must stand in the query",
            ));
        }
    }
    if parameters.get("response_type") != "code" {
        return Err(("unsupported_response_type", "response_type must be code"));
    }
    if !["", "query"].contains(&parameters.get("response_mode")) {
        return Err(("invalid_request", "response_mode must be query"));
    }
    match parameters.get("prompt") {
        "" | "consent" | "login" | "select_account" => {}
        // Somebody is always asked.
        "none" => return Err(("interaction_required", "somebody has to allow this")),
        _ => return Err(("invalid_request", "prompt must be login or select_account")),
    }
    let max_age = match (parameters.get("prompt"), parameters.get("max_age")) {
        ("login", _) => Some(Duration::ZERO),
        (_, "") => None,
        (_, seconds) => match seconds.parse() {
            Ok(seconds) => Some(Duration::from_secs(seconds)),
            Err(_) => return Err(("invalid_request", "max_age must be a number of seconds")),
        },
    };
    let text = |name: &'static str, too_long| match (parameters.get(name), opaque(parameters, name))
    {
        ("", _) => Ok(None),
        (_, Some(text)) => Ok(Some(text)),
        (_, None) => Err(("invalid_request", too_long)),
    };
    Ok(NewClientRequest {
        client_id: client.id.clone(),
        redirect_uri: parameters.get("redirect_uri").to_owned(),
        client_state: text("state", "state may have up to 512 bytes")?,
        client_nonce: text("nonce", "nonce may have up to 512 bytes")?,
        code_challenge: challenge(parameters)?,
        scope: granted_scope(client, parameters.get("scope"))
            .ok_or(("invalid_scope", "scope must hold openid"))?,
        max_age,
    })
}
