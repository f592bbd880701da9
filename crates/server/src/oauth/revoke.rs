//! `POST /oauth/revoke` (RFC 7009): a client gives a token back, and all of its grant ends.

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::response::Response;
use http::HeaderMap;

use crate::app::App;
use crate::error::OauthError;
use crate::json;
use crate::oauth::form::Parameters;
use crate::oauth::{client_auth, presented};
use crate::request::RequestId;

pub(crate) async fn revoke(
    State(app): State<App>,
    Extension(RequestId(id)): Extension<RequestId>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    OauthError::answer(end(&app, &id, &headers, body).await, &id)
}

/// What is unknown, or over, is as good as revoked (RFC 7009 §2.2). 200 is said only once the grant
/// is gone from the disk.
async fn end(
    app: &App,
    request_id: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, OauthError> {
    let form = Parameters::read(headers, body).await?;
    let client = client_auth::authenticate(app, headers, &form)?;
    let token = form.needed("token")?;
    if let Some(found) = presented::find(app, token).await? {
        if found.grant.client_id != client.id {
            return Err(OauthError::unauthorized_client());
        }
        app.store()
            .revoke_client_grant(&found.grant, request_id)
            .await?;
    }
    Ok(json::empty())
}
