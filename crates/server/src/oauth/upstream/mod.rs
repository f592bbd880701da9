//! The providers' side: we are the relying party of each of them.
//!
//! `http_client.rs` and `reach.rs` say how and with whom we talk at all; `discovery.rs` learns where an
//! OIDC provider is; `oidc.rs` and `github.rs` turn what comes back into claims, `person.rs` claims into a
//! person.

mod discovery;
mod error;
mod github;
mod http_client;
mod metadata;
mod oidc;
mod person;
mod reach;
mod secrets;
mod ticket;

use std::collections::HashMap;

use bailiwick_domain::EmailTrust;
use bailiwick_store::Person;
use url::Url;

use crate::config::{Config, ProviderConfig, ProviderKind};
use discovery::Discovery;
use http_client::HttpClient;
use reach::Reach;

pub(crate) use error::{Told, UpstreamError};
pub(crate) use secrets::Secrets;
pub(crate) use ticket::Ticket;

#[cfg(test)]
use error::chain;

/// All configured providers. Each has its own discovery, so that one that is down keeps no other
/// waiting.
#[derive(Debug)]
pub(crate) struct Upstream(HashMap<String, Provider>);

#[derive(Debug)]
struct Provider {
    id: String,
    issuer: String,
    client_id: String,
    client_secret: Option<Shy>,
    redirect_uri: String,
    email: EmailTrust,
    http: HttpClient,
    protocol: Protocol,
}

#[derive(Debug)]
enum Protocol {
    Oidc(Discovery),
    Github,
}

/// A client secret, which no log shows.
struct Shy(String);

impl std::fmt::Debug for Shy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shy(…)")
    }
}

/// What came back from a provider, and what it is held against.
#[derive(Debug)]
pub(crate) struct Back<'a> {
    pub(crate) code: &'a str,
    /// RFC 9207.
    pub(crate) iss: Option<&'a str>,
    pub(crate) ticket: &'a Ticket,
    pub(crate) secrets: &'a Secrets,
}

impl Upstream {
    pub(crate) fn new(config: &Config) -> Result<Self, reqwest::Error> {
        let mut clients: HashMap<Reach, HttpClient> = HashMap::new();
        let mut providers = HashMap::new();
        for provider in &config.providers {
            let reach = Reach::of(provider);
            let http = match clients.get(&reach) {
                Some(http) => http.clone(),
                None => HttpClient::new(reach)?,
            };
            clients.insert(reach, http.clone());
            let made = Provider::new(provider, &config.origin(), http);
            providers.insert(provider.id.clone(), made);
        }
        Ok(Self(providers))
    }

    /// Where the browser has to go.
    pub(crate) async fn authorize_url(
        &self,
        provider: &str,
        ticket: &Ticket,
        secrets: &Secrets,
        prompt: &str,
    ) -> Result<Url, UpstreamError> {
        let provider = self.provider(provider)?;
        match &provider.protocol {
            Protocol::Oidc(discovery) => {
                oidc::authorize_url(provider, discovery, ticket, secrets, prompt).await
            }
            Protocol::Github => github::authorize_url(provider, ticket, secrets, prompt),
        }
    }

    /// Redeems a code at the provider and says who came.
    pub(crate) async fn redeem(
        &self,
        provider: &str,
        back: &Back<'_>,
    ) -> Result<Person, UpstreamError> {
        let provider = self.provider(provider)?;
        let claims = match &provider.protocol {
            Protocol::Oidc(discovery) => oidc::redeem(provider, discovery, back).await?,
            Protocol::Github => github::redeem(provider, back).await?,
        };
        Ok(provider.person(claims))
    }

    /// Whether a provider did not answer when it was asked last, in the last minute.
    pub(crate) fn is_down(&self, provider: &str) -> bool {
        let provider = self.0.get(provider);
        provider.is_some_and(|provider| match &provider.protocol {
            Protocol::Oidc(discovery) => discovery.is_down(),
            Protocol::Github => false,
        })
    }

    fn provider(&self, id: &str) -> Result<&Provider, UpstreamError> {
        self.0.get(id).ok_or(UpstreamError::Gone)
    }
}

impl Provider {
    fn new(config: &ProviderConfig, origin: &str, http: HttpClient) -> Self {
        Self {
            id: config.id.clone(),
            issuer: config.issuer.clone(),
            client_id: config.client_id.clone(),
            client_secret: config.client_secret.clone().map(Shy),
            redirect_uri: format!("{origin}/oauth/callback/{}", config.id),
            email: config.email_trust(),
            protocol: match config.kind {
                ProviderKind::Oidc => {
                    Protocol::Oidc(Discovery::new(config.issuer.clone(), http.clone()))
                }
                ProviderKind::Github => Protocol::Github,
            },
            http,
        }
    }

    fn client_secret(&self) -> Option<&str> {
        self.client_secret.as_ref().map(|secret| secret.0.as_str())
    }
}
