//! `/auth/device:…`: a person decides about a device by its code.

use axum::response::Response;
use bailiwick_api::{DeviceRequest, DeviceUserCode};
use bailiwick_domain::{DeviceError, UserCode};
use bailiwick_store::Failure;

use crate::app::App;
use crate::auth::client_name;
use crate::caller::SignedIn;
use crate::client_address::ClientAddress;
use crate::dispatch::Input;
use crate::error::Error;
use crate::json;
use crate::wire_time::rfc3339;

pub(crate) async fn inspect(
    app: &App,
    signed_in: &SignedIn,
    input: Input,
) -> Result<Response, Error> {
    let from = input.from;
    let code = read(input).await?;
    begin(app, signed_in, from)?;
    let found = app.store().inspect_device(&signed_in.session, code).await;
    let device = heed(app, signed_in, from, found)?;
    Ok(json::ok(&DeviceRequest {
        user_code: code.to_string(),
        client: client_name(app, &device.client_id),
        address: device.address,
        host: device.host,
        create_time: rfc3339(device.create_time),
        expire_time: rfc3339(device.expire_time),
    }))
}

pub(crate) async fn decide(
    app: &App,
    signed_in: &SignedIn,
    approves: bool,
    input: Input,
) -> Result<Response, Error> {
    let (from, request_id) = (input.from, input.request_id.clone());
    let code = read(input).await?;
    begin(app, signed_in, from)?;
    let done = app
        .store()
        .decide_device(&signed_in.session, code, approves, &request_id)
        .await;
    heed(app, signed_in, from, done)?;
    Ok(json::empty())
}

/// What cannot be a code is not looked up, and is no try: no guess looks like it.
async fn read(input: Input) -> Result<UserCode, Error> {
    let DeviceUserCode { user_code } = json::read_secret(&input.headers, input.body).await?;
    UserCode::find(&user_code).ok_or_else(|| DeviceError::Unknown.into())
}

fn begin(app: &App, signed_in: &SignedIn, from: ClientAddress) -> Result<(), Error> {
    let (who, now) = (&signed_in.session.identity, app.store().now());
    app.device_attempts().begin(who, from, now)
}

/// Takes the try back unless the code was wrong.
fn heed<T>(
    app: &App,
    signed_in: &SignedIn,
    from: ClientAddress,
    result: Result<T, Failure<DeviceError>>,
) -> Result<T, Error> {
    if !matches!(result, Err(Failure::Rule(DeviceError::Unknown))) {
        let who = &signed_in.session.identity;
        app.device_attempts().was_right(who, from);
    }
    Ok(result?)
}
