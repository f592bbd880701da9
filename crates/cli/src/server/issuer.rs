//! The issuer's endpoints that a client without a secret uses.

use std::time::Duration;

use bailiwick_api::Status;
use reqwest::Method;
use serde::Deserialize;

use crate::failure::Failure;
use crate::server::{Answer, Http};

/// The id by which every server knows this client.
pub(crate) const CLIENT: &str = "cli";

/// What the issuer says of itself (OpenID Connect Discovery 1.0 §3, RFC 8414 §2).
#[derive(Debug, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    device_authorization_endpoint: Option<String>,
    revocation_endpoint: Option<String>,
}

/// An issuer whose endpoints are known.
#[derive(Debug)]
pub(crate) struct Issuer<'a> {
    http: &'a Http,
    metadata: Metadata,
}

/// What a grant gives (RFC 6749 §5.1).
#[derive(Deserialize)]
pub(crate) struct Tokens {
    /// For the API.
    pub(crate) access_token: String,
    /// In seconds.
    #[serde(default)]
    expires_in: u64,
    /// Gives the next ones, once.
    pub(crate) refresh_token: Option<String>,
}

impl Tokens {
    /// How long the access token is good.
    pub(crate) fn life(&self) -> Duration {
        Duration::from_secs(self.expires_in)
    }
}

/// A refusal of the issuer (RFC 6749 §5.2, RFC 8628 §3.5).
#[derive(Debug, Deserialize)]
pub(crate) struct Refusal {
    /// `invalid_grant` and its like.
    pub(crate) error: String,
    /// For a person.
    #[serde(default)]
    pub(crate) error_description: String,
    #[serde(skip)]
    clock: Option<String>,
}

/// The answer of `/oauth/device_authorization` (RFC 8628 §3.2).
#[derive(Deserialize)]
pub(crate) struct DeviceAuthorization {
    /// For this process alone.
    pub(crate) device_code: String,
    /// For the person: `BCDF-GHJK`.
    pub(crate) user_code: String,
    /// Where to type it.
    pub(crate) verification_uri: String,
    /// In seconds.
    pub(crate) expires_in: u64,
    /// The least time between two polls, in seconds.
    #[serde(default = "five")]
    pub(crate) interval: u64,
}

fn five() -> u64 {
    5
}

impl Refusal {
    /// In words; `what` could not be done.
    pub(crate) fn failure(&self, what: &str) -> Failure {
        let why = match self.error_description.is_empty() {
            true => self.error.clone(),
            false => format!("{} ({})", self.error_description, self.error),
        };
        Failure::refused(format!("{what}: {why}")).lines(self.clock.clone())
    }
}

impl<'a> Issuer<'a> {
    /// Reads what the server says of itself.
    ///
    /// # Errors
    /// It is no issuer, or says that it is another.
    pub(crate) async fn discover(http: &'a Http) -> Result<Self, Failure> {
        let path = "/.well-known/openid-configuration";
        let answer = http.send(http.request(Method::GET, path)).await?;
        let server = &http.server;
        let metadata: Metadata = serde_json::from_str(&answer.body).map_err(|_| {
            Failure::out_of_reach(format!(
                "{server} is no Bailiwick server: it does not say how to sign in (HTTP {}).",
                answer.status
            ))
        })?;
        if metadata.issuer != *server {
            return Err(Failure::out_of_reach(format!(
                "The server at {server} says that it is {}: use --server {} if that is the one you \
                 mean.",
                metadata.issuer, metadata.issuer
            )));
        }
        Ok(Self { http, metadata })
    }

    /// Where the browser goes.
    pub(crate) fn authorization_endpoint(&self) -> &str {
        &self.metadata.authorization_endpoint
    }

    /// Asks for tokens (RFC 6749 §3.2).
    ///
    /// # Errors
    /// [`Failure`] when there is no answer; a [`Refusal`] is one.
    pub(crate) async fn tokens(
        &self,
        fields: &[(&str, &str)],
    ) -> Result<Result<Tokens, Refusal>, Failure> {
        let fields = [&[("client_id", CLIENT)], fields].concat();
        let endpoint = &self.metadata.token_endpoint;
        let answer = self.http.send(self.http.form(endpoint, &fields)).await?;
        if answer.status == 200 {
            return Ok(Ok(self.read(&answer)?));
        }
        Ok(Err(self.refusal(&answer)?))
    }

    /// Begins a sign-in without a browser here (RFC 8628 §3.1). `host` is what this machine calls
    /// itself.
    ///
    /// # Errors
    /// The server does not do this, or not now.
    pub(crate) async fn authorize_device(
        &self,
        host: &str,
    ) -> Result<DeviceAuthorization, Failure> {
        let endpoint = self.metadata.device_authorization_endpoint.as_ref();
        let endpoint = endpoint.ok_or_else(|| {
            Failure::refused(format!(
                "{} has no sign-in without a browser: leave out --headless.",
                self.http.server
            ))
        })?;
        let fields = [
            ("client_id", CLIENT),
            ("scope", "openid offline_access"),
            ("host", host),
        ];
        let answer = self.http.send(self.http.form(endpoint, &fields)).await?;
        if answer.status == 200 {
            return self.read(&answer);
        }
        Err(self.refusal(&answer)?.failure("No code was given"))
    }

    /// Ends a sign-in (RFC 7009 §2.1).
    ///
    /// # Errors
    /// The server does not answer, or refuses.
    pub(crate) async fn revoke(&self, token: &str) -> Result<(), Failure> {
        let Some(endpoint) = &self.metadata.revocation_endpoint else {
            return Err(Failure::refused(format!(
                "{} cannot end sign-ins.",
                self.http.server
            )));
        };
        let fields = [("client_id", CLIENT), ("token", token)];
        let answer = self.http.send(self.http.form(endpoint, &fields)).await?;
        match answer.status {
            200..=299 => Ok(()),
            _ => Err(self.refusal(&answer)?.failure("The sign-in was not ended")),
        }
    }

    fn read<A: for<'de> Deserialize<'de>>(&self, answer: &Answer) -> Result<A, Failure> {
        serde_json::from_str(&answer.body).map_err(|_| {
            Failure::out_of_reach(format!(
                "{} answered something that this version does not understand.",
                self.http.server
            ))
        })
    }

    fn refusal(&self, answer: &Answer) -> Result<Refusal, Failure> {
        let clock = answer.clock.clone();
        if let Some(status) = Status::read(&answer.body) {
            return Err(Failure::refused(status.message).lines(clock));
        }
        let refusal: Refusal = self.read(answer)?;
        Ok(Refusal { clock, ..refusal })
    }
}
