//! `/auth/grants`: the clients and devices that are signed in as the caller.

use axum::response::Response;
use bailiwick_api::{ClientGrant, ClientGrantList};
use bailiwick_domain::Uidp;
use bailiwick_store::Caller;

use crate::app::App;
use crate::auth::client_name;
use crate::error::Error;
use crate::json;
use crate::wire_time::rfc3339;

pub(crate) async fn list(app: &App, caller: &Caller) -> Result<Response, Error> {
    let grants = app.store().client_grants(caller).await?;
    let grants = grants.into_iter().map(|grant| ClientGrant {
        client: client_name(app, &grant.client_id),
        id: grant.uid,
        host: grant.host,
        address: grant.address,
        by_device: grant.by_device,
        create_time: rfc3339(grant.create_time),
        last_used_time: rfc3339(grant.last_used_time),
    });
    Ok(json::ok(&ClientGrantList {
        grants: grants.collect(),
    }))
}

/// What is not the caller's, or not there any more, is as one that was ended: nothing is told.
pub(crate) async fn delete(app: &App, caller: &Caller, uid: &Uidp) -> Result<Response, Error> {
    app.store().end_client_grant(caller, uid).await?;
    Ok(json::empty())
}
