//! GitHub, which signs people in by OAuth 2 without OIDC: no ID token, no nonce, but PKCE, and two
//! questions to its API. Also GitHub Enterprise, under its own base URL.
//!
//! A person is the number of their account under the base URL as issuer, never their login: a login
//! can be given up and taken by somebody else.
//!
//! GitHub tells no `auth_time` and does not know `prompt=login`. When a person has to be asked anew it
//! is shown the choice of an account instead, so that something has to be pressed; the time of the
//! sign-in is then that of our own clock at its end (see SECURITY.md).

use http::{Method, header};
use openidconnect::{HttpRequest, HttpResponse, PkceCodeChallenge};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::error::{UpstreamError, chain};
use super::http_client::HttpClient;
use super::person::Claims;
use super::{Back, Provider, Secrets, Ticket};

const HOME: &str = "https://github.com";
/// Nothing but the addresses; what is public about an account needs no scope.
const SCOPE: &str = "user:email";
const API_VERSION: &str = "2022-11-28";

#[derive(Deserialize)]
struct Token {
    access_token: Option<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct User {
    id: u64,
    login: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Address {
    email: String,
    primary: bool,
    verified: bool,
}

pub(super) fn authorize_url(
    provider: &Provider,
    ticket: &Ticket,
    secrets: &Secrets,
    prompt: &str,
) -> Result<Url, UpstreamError> {
    let mut url = endpoint(&provider.issuer, "/login/oauth/authorize")?;
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&secrets.verifier());
    url.query_pairs_mut()
        .append_pair("client_id", &provider.client_id)
        .append_pair("redirect_uri", &provider.redirect_uri)
        .append_pair("scope", SCOPE)
        .append_pair("state", ticket.state().expose())
        .append_pair("code_challenge", challenge.as_str())
        .append_pair("code_challenge_method", "S256");
    if !prompt.is_empty() {
        url.query_pairs_mut()
            .append_pair("prompt", "select_account");
    }
    Ok(url)
}

pub(super) async fn redeem(provider: &Provider, back: &Back<'_>) -> Result<Claims, UpstreamError> {
    // Older servers of GitHub Enterprise send none.
    let issuer = [&provider.issuer, "/login/oauth"].concat();
    if back.iss.is_some_and(|iss| iss != issuer) {
        return Err(UpstreamError::Unverifiable(format!(
            "iss is {:?}",
            back.iss
        )));
    }
    let token = exchange(provider, back).await?;
    let api = api(&provider.issuer);
    let user: User = get(&provider.http, endpoint(&api, "/user")?, &token).await?;
    let addresses = endpoint(&api, "/user/emails?per_page=100")?;
    let addresses: Vec<Address> = get(&provider.http, addresses, &token).await?;
    let own = addresses
        .into_iter()
        .find(|address| address.primary && address.verified);
    Ok(Claims {
        subject: user.id.to_string(),
        name: user
            .name
            .filter(|name| !name.trim().is_empty())
            .or(Some(user.login)),
        email_verified: own.is_some(),
        email: own.map(|address| address.email),
        hosted_domain: None,
    })
}

async fn exchange(provider: &Provider, back: &Back<'_>) -> Result<String, UpstreamError> {
    let verifier = back.secrets.verifier();
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", &provider.client_id)
        .append_pair(
            "client_secret",
            provider.client_secret().unwrap_or_default(),
        )
        .append_pair("code", back.code)
        .append_pair("redirect_uri", &provider.redirect_uri)
        .append_pair("code_verifier", verifier.secret())
        .finish();
    let request = http::Request::builder()
        .method(Method::POST)
        .uri(endpoint(&provider.issuer, "/login/oauth/access_token")?.as_str())
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form.into_bytes());
    // A refusal comes as 200 too.
    let token: Token = json(&ask(&provider.http, request).await?)?;
    match (token.access_token, token.error) {
        (Some(token), None) => Ok(token),
        (_, error) => Err(UpstreamError::Refused(format!("{error:?}"))),
    }
}

async fn get<T: DeserializeOwned>(
    http: &HttpClient,
    url: Url,
    token: &str,
) -> Result<T, UpstreamError> {
    let request = http::Request::get(url.as_str())
        .header(header::ACCEPT, "application/vnd.github+json")
        .header(header::AUTHORIZATION, ["Bearer ", token].concat())
        .header("x-github-api-version", API_VERSION)
        .body(Vec::new());
    json(&ask(http, request).await?)
}

async fn ask(
    http: &HttpClient,
    request: Result<HttpRequest, http::Error>,
) -> Result<HttpResponse, UpstreamError> {
    let request = request.map_err(|error| UpstreamError::Unusable(chain(&error)))?;
    let answer = http
        .send(request)
        .await
        .map_err(|error| UpstreamError::of_http(&error, chain(&error)))?;
    let status = answer.status();
    if status.is_server_error() {
        return Err(UpstreamError::Unreachable(status.to_string()));
    }
    match status.is_success() {
        true => Ok(answer),
        false => Err(UpstreamError::Refused(status.to_string())),
    }
}

fn json<T: DeserializeOwned>(answer: &HttpResponse) -> Result<T, UpstreamError> {
    serde_json::from_slice(answer.body())
        .map_err(|error| UpstreamError::Unverifiable(error.to_string()))
}

/// Where the API of a base URL is: beside github.com and every GHE.com subdomain, within a server of
/// one's own.
fn api(base: &str) -> String {
    let host = base.strip_prefix("https://").unwrap_or_default();
    match base {
        HOME => "https://api.github.com".to_owned(),
        _ if host.ends_with(".ghe.com") => ["https://api.", host].concat(),
        _ => [base, "/api/v3"].concat(),
    }
}

fn endpoint(base: &str, path: &str) -> Result<Url, UpstreamError> {
    Url::parse(&[base, path].concat()).map_err(|error| UpstreamError::Unusable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::api;

    #[test]
    fn the_api_stands_beside_github_and_within_a_server_of_ones_own() {
        assert_eq!(api("https://github.com"), "https://api.github.com");
        assert_eq!(api("https://octo.ghe.com"), "https://api.octo.ghe.com");
        assert_eq!(
            api("https://git.example.com"),
            "https://git.example.com/api/v3"
        );
    }
}
