//! The host a request names. Only the one in `base_url` is served; links and cookies never follow
//! a header.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::Method;
use http::header;
use url::Url;

use crate::app::App;
use crate::config::is_loopback;
use crate::error::Error;
use crate::request::RequestId;

/// Lets the right host through, sends another name of this machine to the right one, refuses the
/// rest. Probes of health name the machine as they like.
pub(crate) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let base = &app.config().base_url;
    let named = request
        .uri()
        .authority()
        .map(|authority| authority.as_str().to_owned())
        .or_else(|| {
            let value = request.headers().get(header::HOST)?;
            Some(value.to_str().ok()?.to_owned())
        })
        .unwrap_or_default();
    let url = Url::parse(&format!("{}://{named}", base.scheme())).ok();
    let right = url.as_ref().is_some_and(|url| {
        url.host() == base.host() && url.port_or_known_default() == base.port_or_known_default()
    });
    if right || request.uri().path().starts_with("/health/") {
        return next.run(request).await;
    }
    let ours = url.is_some_and(|url| is_loopback(&url)) && is_loopback(base);
    if ours && request.method() == Method::GET {
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str());
        // An absolute target may have none, and `*` is one: the path's slash ends our origin.
        let slash = if path.starts_with('/') { "" } else { "/" };
        return Redirect::to(&format!("{}{slash}{path}", app.config().origin())).into_response();
    }
    let id = request.extensions().get::<RequestId>().cloned();
    Error::misdirected().into_response(&id.map(|id| id.0).unwrap_or_default())
}
