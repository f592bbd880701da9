//! How often one address may come to the issuer's endpoints.

use axum::extract::{Extension, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;
use crate::client_address::ClientAddress;
use crate::error::{OauthError, Refused};
use crate::oauth::failure::Stop;
use crate::request::RequestId;

/// Of a browser that begins a sign-in.
pub(crate) async fn sign_ins(
    State(app): State<App>,
    Extension(RequestId(id)): Extension<RequestId>,
    request: Request,
    next: Next,
) -> Response {
    let from = ClientAddress::of(&app, &request);
    let counted = app.limits().begin_sign_in(from, app.store().now());
    go_on(counted, &id, request, next).await
}

/// Of a browser that comes back from a provider.
pub(crate) async fn callbacks(
    State(app): State<App>,
    Extension(RequestId(id)): Extension<RequestId>,
    request: Request,
    next: Next,
) -> Response {
    let from = ClientAddress::of(&app, &request);
    let counted = app.limits().come_back(from, app.store().now());
    go_on(counted, &id, request, next).await
}

async fn go_on(counted: Result<(), u64>, id: &str, request: Request, next: Next) -> Response {
    match counted {
        Ok(()) => next.run(request).await,
        Err(seconds) => Stop::TooMany(seconds).page(id),
    }
}

/// Of a client: only what is refused counts.
pub(crate) async fn refusals(
    State(app): State<App>,
    Extension(RequestId(id)): Extension<RequestId>,
    request: Request,
    next: Next,
) -> Response {
    let from = ClientAddress::of(&app, &request);
    if let Err(seconds) = app.limits().may_present(from, app.store().now()) {
        return OauthError::too_many(seconds).into_response(&id);
    }
    let response = next.run(request).await;
    if response.extensions().get::<Refused>().is_some() {
        app.limits().was_refused(from, app.store().now());
    }
    response
}
