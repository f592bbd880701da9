//! Who asks. A request is authenticated by the session cookie, and only if it cannot have been
//! caused by another site or by a page that was drawn for another session (design §3.4); or by an
//! access token, which no browser sends on its own.

use bailiwick_api::{Access, Method, Route};
use bailiwick_domain::Uidp;
use bailiwick_store::{Caller, LiveGrant, LiveSession, Secret};
use http::{HeaderMap, HeaderName, header};

use crate::app::App;
use crate::cookies;
use crate::error::Error;
use crate::oauth::presented::{self, Presented};

const PAGE: HeaderName = HeaderName::from_static("x-bailiwick");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// A session and the secret of its cookie.
#[derive(Debug)]
pub(crate) struct SignedIn {
    pub(crate) session: LiveSession,
    pub(crate) secret: Secret,
}

/// Whom a request is from.
#[derive(Debug)]
pub(crate) enum Authenticated {
    /// Somebody at the console, by its cookie.
    Session(Box<SignedIn>),
    /// A client that somebody signed in, by its access token.
    Client(Box<LiveGrant>),
}

impl Authenticated {
    /// The person, in one request.
    pub(crate) fn caller(&self, request_id: &str) -> Caller {
        match self {
            Self::Session(signed_in) => Caller::of_session(&signed_in.session, request_id),
            Self::Client(grant) => Caller::of_grant(grant, request_id),
        }
    }

    /// Whose it is.
    pub(crate) fn identity(&self) -> &Uidp {
        match self {
            Self::Session(signed_in) => &signed_in.session.identity,
            Self::Client(grant) => &grant.identity,
        }
    }

    /// The session of the console; a client has none.
    pub(crate) fn session(self) -> Option<SignedIn> {
        match self {
            Self::Session(signed_in) => Some(*signed_in),
            Self::Client(_) => None,
        }
    }
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
) -> Result<Option<Authenticated>, Error> {
    let has_cookie = cookies::read(headers, cookies::SESSION).is_some();
    if headers.contains_key(header::AUTHORIZATION) {
        if has_cookie {
            return Err(Error::bad_request(
                "TWO_CREDENTIALS",
                "Send either the cookie or a bearer token, not both.",
            ));
        }
        return match route.takes_bearer() {
            true => Ok(Some(Authenticated::Client(client(app, headers).await?))),
            false => Err(Error::console_only()),
        };
    }
    if route.method != Method::Get {
        same_site(app, headers)?;
    }
    if route.access == Access::Public {
        let found = session_of(app, headers).await?;
        return Ok(found.map(Box::new).map(Authenticated::Session));
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
        Some(page) if page != signed_in.session.public_id.as_str() => Err(Error::session_changed()),
        Some(_) => Ok(Some(Authenticated::Session(Box::new(signed_in)))),
    }
}

/// Finds the grant of a request's access token: whoever it was given to is believed only as long
/// as it lives (RFC 6750 §2.1).
async fn client(app: &App, headers: &HeaderMap) -> Result<Box<LiveGrant>, Error> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (all.next(), all.next()) else {
        return Err(Error::invalid_token());
    };
    let token = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"))
        .map(|(_, token)| token.trim())
        .ok_or_else(Error::invalid_token)?;
    let found = presented::find(app, token).await?;
    // Only an access token asks; a refresh token is for the token endpoint alone.
    let Some(Presented {
        grant,
        access: Some(_),
    }) = found
    else {
        return Err(Error::invalid_token());
    };
    app.store().touch_client_grant(&grant).await?;
    Ok(Box::new(grant))
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
