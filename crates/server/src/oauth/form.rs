//! Parameters of a query or a form, each at most once (RFC 6749 §3.1, §3.2).

use axum::body::{Body, to_bytes};
use http::{HeaderMap, header};

use crate::error::OauthError;

/// The longest form that is read, in bytes.
const FORM_BYTES_MAX: usize = 16_384;

/// The parameters of a request.
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// `None` when one stands twice.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        let mut found: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(text) {
            if found.iter().any(|(known, _)| *known == name) {
                return None;
            }
            found.push((name.into_owned(), value.into_owned()));
        }
        Some(Self(found))
    }

    /// The form in a body.
    pub(crate) async fn read(headers: &HeaderMap, body: Body) -> Result<Self, OauthError> {
        let is_form = headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|kind| {
                kind.trim()
                    .eq_ignore_ascii_case("application/x-www-form-urlencoded")
            });
        if !is_form {
            return Err(OauthError::invalid_request(
                "the body must be sent as content-type application/x-www-form-urlencoded",
            ));
        }
        let bytes = to_bytes(body, FORM_BYTES_MAX).await.map_err(|_| {
            OauthError::invalid_request(format!("the body is larger than {FORM_BYTES_MAX} bytes"))
        })?;
        Self::parse(&bytes)
            .ok_or_else(|| OauthError::invalid_request("a parameter stands more than once"))
    }

    /// A parameter; one without a value is as one that is not there.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// A parameter that must be there.
    pub(crate) fn needed(&self, name: &'static str) -> Result<&str, OauthError> {
        match self.get(name) {
            "" => Err(OauthError::invalid_request(format!("{name} is missing"))),
            value => Ok(value),
        }
    }
}
