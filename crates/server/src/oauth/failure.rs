//! A sign-in that cannot go back to its client: a small page of our own (RFC 6749 §4.1.2.1: a
//! request whose client or redirect URI is wrong is never redirected).

use axum::response::{Html, IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};

use crate::assets;

/// The mark of the console's own pages.
const MARK: &str = "<svg class=\"ui-mark-glyph\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">\
    <path d=\"M5 2v19h14.5V9H5\"/><path data-plot d=\"M9.9 12.6h4.8v4.8H9.9z\"/></svg>";

/// Why there is nothing to go back to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stop {
    /// The request itself is wrong.
    BadRequest(&'static str),
    /// Nothing in this browser belongs to the provider's answer.
    OtherBrowser,
    /// The provider's answer belongs to no sign-in that is open in this browser.
    UnknownSignIn,
    /// The provider's answer came after the ten minutes.
    TooLate,
    /// Too many from this address; in so many seconds again.
    TooMany(u64),
    /// The database failed.
    Unavailable,
}

impl Stop {
    /// The page, with a way on and the request id.
    pub(crate) fn page(self, request_id: &str) -> Response {
        let (status, words) = match self {
            Self::BadRequest(words) => (StatusCode::BAD_REQUEST, words),
            Self::OtherBrowser => (
                StatusCode::BAD_REQUEST,
                "This sign-in was begun in another browser, or this one keeps no cookies for this \
                 site. Nobody was signed in.",
            ),
            Self::UnknownSignIn => (
                StatusCode::BAD_REQUEST,
                "This answer was used already, or belongs to a sign-in of another browser. Nobody \
                 was signed in by it. If you did not just sign in, close this page.",
            ),
            Self::TooLate => (
                StatusCode::BAD_REQUEST,
                "This sign-in took longer than ten minutes, so it is over. Nobody was signed in.",
            ),
            Self::TooMany(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                "Too many sign-ins came from your network in the last minute. Wait a minute and sign in again.",
            ),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "The server is busy and could not finish the sign-in. Nothing was changed.",
            ),
        };
        tracing::info!(
            request_id,
            status = status.as_u16(),
            words,
            "sign-in stopped"
        );
        let styles: String = assets::style_paths()
            .map(|path| format!("<link rel=\"stylesheet\" href=\"{path}\">"))
            .collect();
        let version = env!("CARGO_PKG_VERSION");
        // Every part is ours: nothing that a request carried is written into the page.
        let page = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\">\
             <title>Sign-in stopped · Bailiwick</title><link rel=\"icon\" href=\"data:,\">{styles}</head><body>\
             <div class=\"l-gate\"><header class=\"l-gate-bar\"><span class=\"ui-mark\">{MARK}<span>Bailiwick</span></span></header>\
             <main class=\"l-gate-main\"><div class=\"l-gate-col\">\
             <h1 class=\"ui-decide\">Sign-in stopped</h1><p>{words}</p>\
             <p><a class=\"ui-button ui-button--primary\" href=\"/login\">Sign in again</a></p>\
             <p class=\"ui-hint\">Request <code>{request_id}</code></p></div></main>\
             <footer class=\"l-gate-bar ui-tiny ui-faint\"><span></span><span>Bailiwick {version}</span></footer>\
             </div></body></html>"
        );
        let mut response = (status, Html(page)).into_response();
        if let Self::TooMany(seconds) = self {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
