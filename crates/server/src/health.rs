//! Probes. They say nothing about anyone.

use axum::Router;
use axum::extract::{Extension, State};
use axum::response::Response;
use axum::routing::get;

use crate::app::App;
use crate::error::Error;
use crate::json;
use crate::request::RequestId;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/health/live", get(async || json::empty()))
        .route("/health/ready", get(ready))
}

/// Ready when the database answers.
async fn ready(State(app): State<App>, Extension(RequestId(id)): Extension<RequestId>) -> Response {
    match app.store().ready().await {
        Ok(()) => json::empty(),
        Err(error) => Error::from(error).into_response(&id),
    }
}
