//! Which client asks: by its secret if it has one, in HTTP Basic or in the form (RFC 6749 §2.3.1).

use aws_lc_rs::constant_time::verify_slices_are_equal;
use bailiwick_store::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, header};

use crate::app::App;
use crate::config::ClientConfig;
use crate::error::OauthError;
use crate::oauth::form::Parameters;

/// The client of a request.
pub(crate) fn authenticate(
    app: &App,
    headers: &HeaderMap,
    form: &Parameters,
) -> Result<ClientConfig, OauthError> {
    let basic = basic(headers)?;
    let is_basic = basic.is_some();
    let (id, secret) = match (basic, form.get("client_id"), form.get("client_secret")) {
        (Some(_), _, secret) if !secret.is_empty() => {
            return Err(OauthError::invalid_request(
                "the client's secret stands in the header and in the form: send it once",
            ));
        }
        (Some((id, _)), named, _) if !named.is_empty() && named != id => {
            return Err(OauthError::invalid_request(
                "header and form name different clients",
            ));
        }
        (Some(basic), _, _) => basic,
        (None, id, secret) => (id.to_owned(), secret.to_owned()),
    };
    let refused = || OauthError::invalid_client(is_basic);
    let client = app.config().client(&id).ok_or_else(refused)?;
    let fits = match &client.secret_sha256 {
        None => secret.is_empty(),
        Some(expected) => {
            let given = Secret::from_client(&secret).hash();
            verify_slices_are_equal(given.as_bytes(), expected.as_bytes()).is_ok()
        }
    };
    match fits {
        true => Ok(client),
        false => Err(refused()),
    }
}

/// Id and secret of the header, if there is one. Both are form-encoded inside.
fn basic(headers: &HeaderMap) -> Result<Option<(String, String)>, OauthError> {
    let mut found = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = found.next() else {
        return Ok(None);
    };
    let read = || {
        let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
        let is_basic = scheme.eq_ignore_ascii_case("Basic") && found.next().is_none();
        let bytes = STANDARD.decode(encoded.trim()).ok().filter(|_| is_basic)?;
        let text = String::from_utf8(bytes).ok()?;
        let (id, secret) = text.split_once(':')?;
        Some((decoded(id)?, decoded(secret)?))
    };
    let mut read = read;
    read()
        .map(Some)
        .ok_or_else(|| OauthError::invalid_client(true))
}

/// One form-encoded text; `None` if it is more than one.
fn decoded(text: &str) -> Option<String> {
    if text.contains(['&', '=']) {
        return None;
    }
    form_urlencoded::parse(text.as_bytes())
        .next()
        .map_or(Some(String::new()), |(name, _)| Some(name.into_owned()))
}
