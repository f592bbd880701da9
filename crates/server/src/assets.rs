//! The console's files, embedded and compressed when the server was built. Any address that is
//! nobody else's is a page of the console.

use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use crate::error::Error;
use crate::request::RequestId;

/// One embedded file.
struct Asset {
    /// As in a URL, with its leading slash.
    path: &'static str,
    content_type: &'static str,
    /// Whether its name holds the hash of its content.
    immutable: bool,
    plain: &'static [u8],
    brotli: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

const INDEX: &str = "/index.html";
/// What belongs to the server: an unknown address there is an error, not a page.
const NOT_PAGES: [&str; 5] = ["/iam/", "/auth/v1/", "/oauth/", "/health/", "/.well-known/"];

/// Whether a console was there when the server was built.
pub fn console_is_embedded() -> bool {
    find(INDEX).is_some()
}

/// The style sheets of the console, for the few pages that the server writes itself.
pub(crate) fn style_paths() -> impl Iterator<Item = &'static str> {
    ASSETS
        .iter()
        .map(|asset| asset.path)
        .filter(|path| path.ends_with(".css"))
}

pub(crate) async fn serve(request: Request) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(|id| id.0.clone())
        .unwrap_or_default();
    let path = request.uri().path();
    if ![Method::GET, Method::HEAD].contains(request.method()) || !may_be_page(path) {
        return Error::no_such_path().into_response(&id);
    }
    let is_file = path
        .rsplit('/')
        .next()
        .is_some_and(|last| last.contains('.'));
    match find(path).or_else(|| find(INDEX).filter(|_| !is_file)) {
        Some(asset) => answer(asset, request.headers()),
        None => Error::no_such_path().into_response(&id),
    }
}

/// Whether the console may answer. Another spelling of an address of the server is no page either.
fn may_be_page(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    !path.contains("//") && !NOT_PAGES.iter().any(|prefix| lower.starts_with(prefix))
}

fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

fn answer(asset: &Asset, asked: &HeaderMap) -> Response {
    let brotli = asked
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| coding.trim() == "br" || coding.trim().starts_with("br;"));
    let body = if brotli { asset.brotli } else { asset.plain };
    let mut response = (StatusCode::OK, body).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(asset.content_type),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if brotli {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    let caching = if asset.immutable {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_spelling_of_an_api_address_is_no_page() {
        for path in [
            "/iam/v2/groups",
            "/IAM/v2/groups",
            "//iam/v2/groups",
            "/x//y",
        ] {
            assert!(!may_be_page(path), "{path}");
        }
        assert!(may_be_page("/orgs/abc") && may_be_page("/auth/callback"));
    }
}
