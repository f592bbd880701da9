//! The page on which one says who one is, and the answer to it.

use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use bailiwick_domain::EmailAddress;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use url::Url;

use super::codes::Granted;
use super::{DevProvider, page};

/// The authorization request (OIDC Core §3.1.2.1), as far as a development provider needs it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub(super) response_type: String,
    #[serde(default)]
    pub(super) client_id: String,
    #[serde(default)]
    pub(super) redirect_uri: String,
    #[serde(default)]
    pub(super) state: String,
    #[serde(default)]
    pub(super) nonce: String,
    #[serde(default)]
    pub(super) code_challenge: String,
    #[serde(default)]
    pub(super) code_challenge_method: String,
}

impl Asked {
    fn is_right(&self, provider: &DevProvider) -> bool {
        self.response_type == "code"
            && self.client_id == "bailiwick"
            && self.redirect_uri == provider.0.redirect_uri
            && self.code_challenge_method == "S256"
            && self.code_challenge.len() == 43
    }
}

/// The form that the page sends.
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    email: String,
    #[serde(flatten)]
    asked: Asked,
}

pub(super) async fn page(
    State(provider): State<DevProvider>,
    Query(asked): Query<Asked>,
) -> Response {
    if !asked.is_right(&provider) {
        return page::wrong_request();
    }
    page::choose(&asked, None)
}

pub(super) async fn sign_in(
    State(provider): State<DevProvider>,
    headers: HeaderMap,
    Form(Chosen { email, asked }): Form<Chosen>,
) -> Response {
    let site = headers
        .get("sec-fetch-site")
        .and_then(|site| site.to_str().ok());
    if !asked.is_right(&provider) || site.is_some_and(|site| site != "same-origin") {
        return page::wrong_request();
    }
    let email: EmailAddress = match email.parse() {
        Ok(email) => email,
        Err(error) => return page::choose(&asked, Some((&email, &error.to_string()))),
    };
    let granted = Granted {
        email: email.to_string().to_ascii_lowercase(),
        nonce: asked.nonce,
        code_challenge: asked.code_challenge,
    };
    let (Ok(code), Ok(mut url)) = (
        provider.0.codes.grant(granted),
        Url::parse(&asked.redirect_uri),
    ) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    url.query_pairs_mut()
        .append_pair("code", code.expose())
        .append_pair("state", &asked.state)
        .append_pair("iss", &provider.0.issuer);
    Redirect::to(url.as_str()).into_response()
}
