//! `GET /oauth/authorize`: checks the request, remembers it, and sends the browser to the provider.

use axum::extract::{Extension, RawQuery, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use bailiwick_store::{NewLogin, Secret, StoreError};
use http::{HeaderMap, header};
use url::Url;

use crate::app::App;
use crate::config::ProviderConfig;
use crate::cookies;
use crate::oauth::failure::Stop;
use crate::oauth::form::Parameters;
use crate::oauth::upstream::{Secrets, Ticket, UpstreamError};
use crate::oauth::{CONSOLE, client_request};
use crate::request::RequestId;

/// The longest `state` and `nonce` that we carry.
const OPAQUE_MAX: usize = 512;

pub(crate) async fn authorize(
    State(app): State<App>,
    Extension(RequestId(id)): Extension<RequestId>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some(parameters) = Parameters::parse(query.unwrap_or_default().as_bytes()) else {
        return Stop::BadRequest("The sign-in request names a parameter twice.").page(&id);
    };
    if let Some(client) = app.config().client(parameters.get("client_id")) {
        return client_request::begin(&app, &id, &client, &parameters).await;
    }
    if parameters.get("client_id") != CONSOLE {
        return Stop::BadRequest(
            "The sign-in request names a client that this server does not know.",
        )
        .page(&id);
    }
    let redirect_uri = format!("{}/auth/callback", app.config().origin());
    if parameters.get("redirect_uri") != redirect_uri {
        return Stop::BadRequest("The sign-in request names an address to return to that is not registered for this client.").page(&id);
    }
    let (login, provider) = match check(&app, &parameters, redirect_uri.clone()) {
        Ok(checked) => checked,
        Err((error, description)) => {
            let told = (error, description);
            return back_to_console(&app, &redirect_uri, parameters.get("state"), told, &id);
        }
    };
    let client_state = login.client_state.clone();
    match begin(&app, &headers, login, &provider, parameters.get("prompt")).await {
        Ok(response) => response,
        Err(Begin::Provider(cause)) => {
            tracing::warn!(
                request_id = id,
                provider = provider.id,
                cause = cause.to_string(),
                "provider cannot be used"
            );
            back_to_console(&app, &redirect_uri, &client_state, cause.told(), &id)
        }
        Err(Begin::Store(cause)) => {
            tracing::error!(
                request_id = id,
                cause = cause.to_string(),
                "login not stored"
            );
            Stop::Unavailable.page(&id)
        }
    }
}

/// What may be told to the client, because client and redirect URI are right.
fn check(
    app: &App,
    parameters: &Parameters,
    redirect_uri: String,
) -> Result<(NewLogin, ProviderConfig), (&'static str, &'static str)> {
    if parameters.get("response_type") != "code" {
        return Err(("unsupported_response_type", "response_type must be code"));
    }
    if !parameters
        .get("scope")
        .split(' ')
        .any(|scope| scope == "openid")
    {
        return Err(("invalid_scope", "scope must hold openid"));
    }
    if !["", "login", "select_account"].contains(&parameters.get("prompt")) {
        return Err(("invalid_request", "prompt must be login or select_account"));
    }
    let code_challenge = challenge(parameters)?;
    let provider = app
        .config()
        .provider(parameters.get("idp_id"))
        .ok_or(("invalid_request", "idp_id names no provider of this server"))?;
    let login = NewLogin {
        provider: provider.id.clone(),
        client_id: CONSOLE.to_owned(),
        redirect_uri,
        client_state: opaque(parameters, "state")
            .ok_or(("invalid_request", "state is required, up to 512 bytes"))?,
        client_nonce: opaque(parameters, "nonce")
            .ok_or(("invalid_request", "nonce is required, up to 512 bytes"))?,
        code_challenge,
    };
    Ok((login, provider.clone()))
}

/// A text of the client's that we carry, if it sent one that is not too long.
pub(super) fn opaque(parameters: &Parameters, name: &str) -> Option<String> {
    let value = parameters.get(name);
    (!value.is_empty() && value.len() <= OPAQUE_MAX).then(|| value.to_owned())
}

/// The S256 challenge; there is no sign-in without one (RFC 9700 §2.1.1).
pub(super) fn challenge(parameters: &Parameters) -> Result<String, (&'static str, &'static str)> {
    let challenge = parameters.get("code_challenge");
    let base64url = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if parameters.get("code_challenge_method") != "S256"
        || challenge.len() != 43
        || !challenge.bytes().all(base64url)
    {
        return Err((
            "invalid_request",
            "PKCE with code_challenge_method S256 is required",
        ));
    }
    Ok(challenge.to_owned())
}

enum Begin {
    Provider(UpstreamError),
    Store(StoreError),
}

impl From<StoreError> for Begin {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

async fn begin(
    app: &App,
    headers: &HeaderMap,
    login: NewLogin,
    provider: &ProviderConfig,
    prompt: &str,
) -> Result<Response, Begin> {
    let held = cookies::read(headers, cookies::BROWSER);
    let browser = match held {
        Some(browser) => browser,
        None => Secret::random()?,
    };
    let ticket = Ticket::new(app.store().now(), prompt == "login")?;
    let secrets = Secrets::derive(&browser, ticket.state());
    let location = app
        .upstream()
        .authorize_url(&provider.id, &ticket, &secrets, prompt)
        .await
        .map_err(Begin::Provider)?;
    app.store()
        .begin_login(ticket.state(), &browser, login)
        .await?;
    let mut response = Redirect::to(location.as_str()).into_response();
    // Set again when it is reused, so that it outlives this sign-in.
    response
        .headers_mut()
        .append(header::SET_COOKIE, cookies::browser(&browser));
    Ok(response)
}

/// Back to the console with an error and the id that the log knows it by; an empty one is left out.
pub(super) fn back_to_console(
    app: &App,
    redirect_uri: &str,
    state: &str,
    (error, description): (&str, &str),
    request_id: &str,
) -> Response {
    let state: String = state.chars().take(OPAQUE_MAX).collect();
    back(
        app,
        redirect_uri,
        &[
            ("error", error),
            ("error_description", description),
            ("request_id", request_id),
            ("state", &state),
        ],
    )
}

/// Back to the client with an error (RFC 6749 §4.1.2.1) and our `iss` (RFC 9207).
pub(super) fn back_with_error(
    app: &App,
    redirect_uri: &str,
    state: &str,
    error: &str,
    description: &str,
) -> Response {
    back_to_console(app, redirect_uri, state, (error, description), "")
}

/// Back to the client.
pub(super) fn back(app: &App, redirect_uri: &str, parameters: &[(&str, &str)]) -> Response {
    match client_location(app, redirect_uri, parameters) {
        Some(location) => Redirect::to(&location).into_response(),
        None => Stop::BadRequest("The client's return address cannot be used.").page(""),
    }
}

/// A client's address with what it is told there, and our `iss` (RFC 9207). What is empty is left
/// out.
pub(crate) fn client_location(
    app: &App,
    redirect_uri: &str,
    parameters: &[(&str, &str)],
) -> Option<String> {
    let mut url = Url::parse(redirect_uri).ok()?;
    let told = parameters.iter().filter(|(_, value)| !value.is_empty());
    url.query_pairs_mut()
        .extend_pairs(told)
        .append_pair("iss", &app.config().origin());
    Some(url.into())
}
