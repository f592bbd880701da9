//! `POST /oauth/device_authorization` (RFC 8628 §3.1, §3.2).

use axum::extract::{Extension, Request, State};
use axum::response::Response;
use bailiwick_store::{DEVICE_CODE_LIFE, DEVICE_POLL_INTERVAL, NewDevice};
use serde::Serialize;

use crate::app::App;
use crate::client_address::ClientAddress;
use crate::config::GrantType;
use crate::error::OauthError;
use crate::json;
use crate::oauth::form::Parameters;
use crate::oauth::{client_auth, granted_scope};
use crate::request::RequestId;

/// The longest name that a device may give itself, in characters.
const HOST_MAX: usize = 100;

/// What a device gets to begin with.
#[derive(Debug, Serialize)]
struct Started {
    device_code: String,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: String,
    expires_in: u64,
    interval: u64,
}

pub(crate) async fn device_authorization(
    State(app): State<App>,
    Extension(RequestId(id)): Extension<RequestId>,
    request: Request,
) -> Response {
    OauthError::answer(start(&app, request).await, &id)
}

async fn start(app: &App, request: Request) -> Result<Response, OauthError> {
    let from = ClientAddress::of(app, &request);
    let (parts, body) = request.into_parts();
    let form = Parameters::read(&parts.headers, body).await?;
    let client = client_auth::authenticate(app, &parts.headers, &form)?;
    if !client.may(GrantType::DeviceCode) {
        return Err(OauthError::unauthorized_client());
    }
    let scope = granted_scope(&client, form.get("scope")).ok_or_else(OauthError::invalid_scope)?;
    let host = form.get("host");
    if host.chars().count() > HOST_MAX || host.chars().any(char::is_control) {
        return Err(OauthError::invalid_request(format!(
            "host may have up to {HOST_MAX} characters, on one line"
        )));
    }
    let device = NewDevice {
        client_id: client.id,
        scope,
        host: host.trim().to_owned(),
        address: from.to_string(),
    };
    let started = app.store().start_device(device).await?;
    let page = format!("{}/activate", app.config().origin());
    Ok(json::ok(&Started {
        device_code: started.device_code.expose().to_owned(),
        user_code: started.user_code.to_string(),
        verification_uri_complete: format!("{page}?user_code={}", started.user_code),
        verification_uri: page,
        expires_in: DEVICE_CODE_LIFE.as_secs(),
        interval: DEVICE_POLL_INTERVAL.as_secs(),
    }))
}
