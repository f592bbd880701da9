//! Who asks. A request is authenticated by the session cookie, and only if it cannot have been
//! caused by another site or by a page that was drawn for another session (design §3.4).

use bailiwick_api::{Access, Method, Route};
use bailiwick_store::{LiveSession, Secret};
use http::{HeaderMap, HeaderName, header};

use crate::app::App;
use crate::cookies;
use crate::error::Error;

const PAGE: HeaderName = HeaderName::from_static("x-bailiwick");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// A session and the secret of its cookie.
#[derive(Debug)]
pub(crate) struct SignedIn {
    pub(crate) session: LiveSession,
    pub(crate) secret: Secret,
}

/// Finds the session of a request's cookie, if it lives and its provider still stands in the
/// configuration.
pub(crate) async fn session_of(app: &App, headers: &HeaderMap) -> Result<Option<SignedIn>, Error> {
    let Some(secret) = cookies::read(headers, cookies::SESSION) else {
        return Ok(None);
    };
    let session = app.store().session(&secret).await?;
    Ok(session
        .filter(|session| app.config().provider(&session.provider).is_some())
        .map(|session| SignedIn { session, secret }))
}

/// Decides whether the request may go on, and as whom.
pub(crate) async fn authenticate(
    app: &App,
    route: &Route,
    headers: &HeaderMap,
) -> Result<Option<SignedIn>, Error> {
    let has_cookie = cookies::read(headers, cookies::SESSION).is_some();
    if headers.contains_key(header::AUTHORIZATION) {
        return Err(if has_cookie {
            Error::bad_request(
                "TWO_CREDENTIALS",
                "Send either the cookie or a bearer token, not both.",
            )
        } else {
            Error::signed_out()
        });
    }
    if route.method != Method::Get {
        same_site(app, headers)?;
    }
    if route.access == Access::Public {
        return session_of(app, headers).await;
    }
    let page = headers
        .get(PAGE)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let signed_in = session_of(app, headers)
        .await?
        .ok_or_else(Error::signed_out)?;
    match page {
        None => Err(Error::cross_site("the header X-Bailiwick is missing")),
        Some(page) if page != signed_in.session.public_id => Err(Error::session_changed()),
        Some(_) => Ok(Some(signed_in)),
    }
}

/// For every request that may change something.
fn same_site(app: &App, headers: &HeaderMap) -> Result<(), Error> {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if !headers.contains_key(PAGE) {
        return Err(Error::cross_site("the header X-Bailiwick is missing"));
    }
    match (text(&FETCH_SITE), text(&header::ORIGIN)) {
        (Some("same-origin"), None) => Ok(()),
        (Some("same-origin") | None, Some(origin)) if origin == app.config().origin() => Ok(()),
        (None, None) => Err(Error::cross_site(
            "it names neither Sec-Fetch-Site nor Origin",
        )),
        _ => Err(Error::cross_site("it comes from another origin")),
    }
}
