//! The providers' side: we are the relying party of each of them. Discovery is lazy and retried, so
//! the server starts while a provider is down.

mod http_client;
mod metadata;
mod redeem;
mod secrets;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use bailiwick_domain::EmailTrust;
use bailiwick_store::Secret;
use openidconnect::core::{CoreAuthPrompt, CoreAuthenticationFlow};
use openidconnect::{
    ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge, RedirectUrl, Scope,
};
use thiserror::Error;
use tokio::sync::Mutex;
use url::Url;

use crate::config::{Config, ProviderConfig};
use http_client::HttpClient;
use metadata::{Metadata, RelyingParty};

pub(crate) use secrets::Secrets;

/// How long a discovery document and its keys are used before they are fetched again.
const FRESH: Duration = Duration::from_secs(60 * 60);
/// An unknown key makes us fetch again, but not more often than this.
const REFETCH_EVERY: Duration = Duration::from_secs(60);

/// All configured providers.
#[derive(Debug)]
pub(crate) struct Upstream {
    providers: HashMap<String, Provider>,
    http: HttpClient,
}

#[derive(Debug)]
struct Provider {
    issuer: String,
    client_id: String,
    client_secret: Option<ClientSecret>,
    redirect_uri: String,
    email: EmailTrust,
    known: Mutex<Option<(Instant, Metadata)>>,
}

/// Why a provider's part of a sign-in failed. For the log; a person sees a sentence without detail.
#[derive(Debug, Error)]
pub(crate) enum UpstreamError {
    #[error("no provider has this id any more")]
    Gone,
    #[error("discovery: {0}")]
    Discovery(String),
    #[error("token endpoint: {0}")]
    Token(String),
    #[error("the answer holds no ID token")]
    NoIdToken,
    #[error("ID token: {0}")]
    IdToken(String),
    #[error("the answer's iss is {0:?}")]
    Issuer(Option<String>),
    #[error("userinfo: {0}")]
    UserInfo(String),
    #[error("configuration: {0}")]
    Configuration(String),
}

impl Upstream {
    pub(crate) fn new(config: &Config) -> Result<Self, reqwest::Error> {
        let providers = config.providers.iter().map(|provider| {
            (
                provider.id.clone(),
                Provider::new(provider, &config.origin()),
            )
        });
        Ok(Self {
            providers: providers.collect(),
            http: HttpClient::new()?,
        })
    }

    /// Where the browser has to go.
    pub(crate) async fn authorize_url(
        &self,
        provider: &str,
        state: &Secret,
        secrets: &Secrets,
        prompt: &str,
    ) -> Result<Url, UpstreamError> {
        let provider = self.provider(provider)?;
        let metadata = provider.metadata(&self.http, FRESH).await?;
        let client = provider.relying_party(metadata)?;
        let state = CsrfToken::new(state.expose().to_owned());
        let nonce = Nonce::new(secrets.nonce.clone());
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || state,
                move || nonce,
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(
                &secrets.verifier(),
            ));
        request = match prompt {
            "login" => request.add_prompt(CoreAuthPrompt::Login),
            "select_account" => request.add_prompt(CoreAuthPrompt::SelectAccount),
            _ => request,
        };
        Ok(request.url().0)
    }

    fn provider(&self, id: &str) -> Result<&Provider, UpstreamError> {
        self.providers.get(id).ok_or(UpstreamError::Gone)
    }
}

impl Provider {
    fn new(config: &ProviderConfig, origin: &str) -> Self {
        Self {
            issuer: config.issuer.clone(),
            client_id: config.client_id.clone(),
            client_secret: config.client_secret.clone().map(ClientSecret::new),
            redirect_uri: format!("{origin}/oauth/callback/{}", config.id),
            email: config.email_trust(),
            known: Mutex::new(None),
        }
    }

    /// The discovery document and keys, not older than `age`.
    async fn metadata(&self, http: &HttpClient, age: Duration) -> Result<Metadata, UpstreamError> {
        let mut known = self.known.lock().await;
        if let Some((fetched, metadata)) = &*known
            && fetched.elapsed() < age
        {
            return Ok(metadata.clone());
        }
        let issuer = IssuerUrl::new(self.issuer.clone())
            .map_err(|error| UpstreamError::Configuration(error.to_string()))?;
        let metadata = Metadata::discover_async(issuer, http)
            .await
            .map_err(|error| UpstreamError::Discovery(chain(&error)))?;
        *known = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }

    fn relying_party(&self, metadata: Metadata) -> Result<RelyingParty, UpstreamError> {
        let redirect_uri = RedirectUrl::new(self.redirect_uri.clone())
            .map_err(|error| UpstreamError::Configuration(error.to_string()))?;
        let client = RelyingParty::from_provider_metadata(
            metadata,
            ClientId::new(self.client_id.clone()),
            self.client_secret.clone(),
        );
        Ok(client.set_redirect_uri(redirect_uri))
    }
}

/// An error with all its causes: the first one alone says too little in a log.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
