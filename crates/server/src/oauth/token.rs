//! `POST /oauth/token`: a code, an approved device or a refresh token becomes tokens.

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::response::Response;
use bailiwick_store::{ClientCodeRedemption, DevicePoll, IssuedGrant, RefreshToken, Secret};
use http::HeaderMap;
use serde::Serialize;

use crate::app::App;
use crate::config::{ClientConfig, GrantType};
use crate::error::OauthError;
use crate::json;
use crate::oauth::form::Parameters;
use crate::oauth::signing::KeySet;
use crate::oauth::{challenge_of, claims, client_auth, is_scope, is_verifier};
use crate::request::RequestId;

/// The grant type of a device (RFC 8628 §3.4).
pub(super) const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// The tokens (RFC 6749 §5.1).
#[derive(Debug, Serialize)]
struct Tokens {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    id_token: String,
    scope: String,
}

pub(crate) async fn token(
    State(app): State<App>,
    Extension(RequestId(id)): Extension<RequestId>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    OauthError::answer(redeem(&app, &id, &headers, body).await, &id)
}

async fn redeem(
    app: &App,
    request_id: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, OauthError> {
    let form = Parameters::read(headers, body).await?;
    let client = client_auth::authenticate(app, headers, &form)?;
    let issued = match form.needed("grant_type")? {
        "authorization_code" => by_code(app, request_id, &client, &form).await?,
        "refresh_token" => by_refresh_token(app, request_id, &client, &form).await?,
        DEVICE_GRANT => by_device(app, request_id, &client, &form).await?,
        _ => return Err(OauthError::unsupported_grant_type()),
    };
    let keys = app.keys().fresh(app.store()).await?;
    tokens(app, &keys, &issued)
}

async fn by_code(
    app: &App,
    request_id: &str,
    client: &ClientConfig,
    form: &Parameters,
) -> Result<IssuedGrant, OauthError> {
    allowed(client, GrantType::AuthorizationCode)?;
    let (code, redirect_uri) = (form.needed("code")?, form.needed("redirect_uri")?);
    let verifier = form.needed("code_verifier")?;
    if !is_verifier(verifier) {
        return Err(OauthError::invalid_request(
            "code_verifier must be 43 to 128 of A-Z a-z 0-9 - . _ ~",
        ));
    }
    let redemption = ClientCodeRedemption {
        code: Secret::from_client(code),
        client_id: client.id.clone(),
        redirect_uri: redirect_uri.to_owned(),
        code_challenge: challenge_of(verifier),
        refreshes: client.may(GrantType::RefreshToken),
        request_id: request_id.to_owned(),
    };
    Ok(app.store().redeem_client_code(redemption).await?)
}

async fn by_refresh_token(
    app: &App,
    request_id: &str,
    client: &ClientConfig,
    form: &Parameters,
) -> Result<IssuedGrant, OauthError> {
    allowed(client, GrantType::RefreshToken)?;
    let token = RefreshToken::from_client(form.needed("refresh_token")?)
        .ok_or_else(OauthError::invalid_grant)?;
    if !form.get("scope").is_empty() && !is_scope(form.get("scope")) {
        return Err(OauthError::invalid_scope());
    }
    Ok(app.store().refresh(&token, &client.id, request_id).await?)
}

async fn by_device(
    app: &App,
    request_id: &str,
    client: &ClientConfig,
    form: &Parameters,
) -> Result<IssuedGrant, OauthError> {
    allowed(client, GrantType::DeviceCode)?;
    let poll = DevicePoll {
        device_code: Secret::from_client(form.needed("device_code")?),
        client_id: client.id.clone(),
        refreshes: client.may(GrantType::RefreshToken),
        request_id: request_id.to_owned(),
    };
    Ok(app.store().poll_device(poll).await?)
}

fn allowed(client: &ClientConfig, grant: GrantType) -> Result<(), OauthError> {
    match client.may(grant) {
        true => Ok(()),
        false => Err(OauthError::unauthorized_client()),
    }
}

fn tokens(app: &App, keys: &KeySet, issued: &IssuedGrant) -> Result<Response, OauthError> {
    let now = app.store().now();
    let ends = claims::expiry(&issued.grant, now);
    Ok(json::ok(&Tokens {
        access_token: claims::access_token(app, keys, issued)?,
        token_type: "Bearer",
        expires_in: i64::try_from(ends.since(now).as_secs()).unwrap_or_default(),
        refresh_token: issued.refresh_token.as_ref().map(RefreshToken::expose),
        id_token: claims::id_token(app, keys, issued)?,
        scope: issued.grant.scope.clone(),
    }))
}
