//! `/auth/authorization:…`: a person decides about a client's request.

use axum::response::Response;
use bailiwick_api::{AuthorizationAnswer, AuthorizationId, AuthorizationRequest};
use bailiwick_store::Secret;
use url::Url;

use crate::app::App;
use crate::auth::client_name;
use crate::caller::SignedIn;
use crate::dispatch::Input;
use crate::error::Error;
use crate::json;
use crate::oauth::client_location;
use crate::wire_time::rfc3339;

pub(crate) async fn inspect(
    app: &App,
    signed_in: &SignedIn,
    input: Input,
) -> Result<Response, Error> {
    let id = read(input).await?;
    let request = app
        .store()
        .inspect_client_request(&signed_in.session, &id)
        .await?;
    Ok(json::ok(&AuthorizationRequest {
        client: client_name(app, &request.client_id),
        redirect_host: host_of(&request.redirect_uri),
        expire_time: rfc3339(request.expire_time),
    }))
}

pub(crate) async fn decide(
    app: &App,
    signed_in: &SignedIn,
    allows: bool,
    input: Input,
) -> Result<Response, Error> {
    let request_id = input.request_id.clone();
    let id = read(input).await?;
    let decided = app
        .store()
        .decide_client_request(&signed_in.session, &id, allows, &request_id)
        .await?;
    let state = decided.client_state.unwrap_or_default();
    let told = match &decided.code {
        Some(code) => [("code", code.expose()), ("state", &state)],
        None => [("error", "access_denied"), ("state", &state)],
    };
    let location = client_location(app, &decided.redirect_uri, &told)
        .ok_or_else(|| Error::internal(&"a redirect URI that is none"))?;
    Ok(json::ok(&AuthorizationAnswer { location }))
}

async fn read(input: Input) -> Result<Secret, Error> {
    let AuthorizationId { request } = json::read_secret(&input.headers, input.body).await?;
    Ok(Secret::from_client(&request))
}

/// Host, and port if it has one.
fn host_of(uri: &str) -> String {
    let url = Url::parse(uri).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
    match url.as_ref().and_then(Url::port) {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}
