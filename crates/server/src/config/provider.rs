//! `[[providers]]`: a provider one can sign in with.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use bailiwick_domain::EmailTrust;
use serde::{Deserialize, Serialize, Serializer};
use url::{Host, Url};

use super::Problem;
use super::postgres_url::HIDDEN;
use super::provider_kind::{self, ProviderIcon, ProviderKind};

/// The id of the development provider.
const DEVELOPMENT: &str = "dev";

/// One provider. Serialized, it hides its secret.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderConfig {
    /// Stands in its redirect URI, `BASE/oauth/callback/ID`.
    pub id: String,
    /// How it signs people in.
    #[serde(default)]
    pub kind: ProviderKind,
    /// Stands on its button. A provider that we know needs none.
    #[serde(default)]
    pub name: String,
    /// Exactly as its discovery document says; of GitHub the base URL. With the subject it makes an
    /// identity, so changing it makes strangers of everyone.
    #[serde(default)]
    pub issuer: String,
    /// Our client there.
    pub client_id: String,
    /// Our secret there, or what `client_secret_file` holds; without one we are a public client
    /// with PKCE.
    #[serde(default, serialize_with = "hidden")]
    pub client_secret: Option<String>,
    /// A file that holds the secret.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// Whether its word on addresses is taken.
    #[serde(default)]
    pub email: EmailSetting,
    /// For `email = "domains"`.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Accept an http:// issuer on loopback.
    #[serde(default)]
    pub allow_insecure: bool,
    /// Talk to it also at addresses of networks of one's own.
    #[serde(default)]
    pub allow_private: bool,
    /// Whose mark stands on its button, if not that of its issuer.
    #[serde(default)]
    pub icon: Option<ProviderIcon>,
    /// Whether this is the provider of `--dev`.
    #[serde(skip)]
    pub development: bool,
}

/// `email = …`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EmailSetting {
    /// When the provider says it is verified.
    #[default]
    Claim,
    /// Also for the listed domains only.
    Domains,
    /// Never.
    Never,
}

impl fmt::Debug for ProviderConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProviderConfig({} at {})", self.id, self.issuer)
    }
}

impl ProviderConfig {
    pub(super) fn development(listen: SocketAddr) -> Self {
        Self {
            id: DEVELOPMENT.to_owned(),
            kind: ProviderKind::Oidc,
            name: "Development sign-in".to_owned(),
            issuer: format!("http://{listen}"),
            client_id: "bailiwick".to_owned(),
            client_secret: None,
            client_secret_file: None,
            email: EmailSetting::Claim,
            domains: Vec::new(),
            allow_insecure: true,
            allow_private: false,
            icon: None,
            development: true,
        }
    }

    /// Whose word on addresses is taken.
    pub fn email_trust(&self) -> EmailTrust {
        match self.email {
            EmailSetting::Claim => EmailTrust::Claim,
            EmailSetting::Domains => EmailTrust::Domains(self.domains.clone()),
            EmailSetting::Never => EmailTrust::Never,
        }
    }

    /// Host, and port unless usual, of the issuer.
    pub fn host(&self) -> String {
        Url::parse(&self.issuer)
            .ok()
            .and_then(|url| {
                let host = url.host_str()?.to_owned();
                Some(match url.port() {
                    Some(port) => format!("{host}:{port}"),
                    None => host,
                })
            })
            .unwrap_or_default()
    }

    /// Fills in what is known of a provider without being written.
    pub(super) fn complete(&mut self) -> Result<(), Problem> {
        if self.kind == ProviderKind::Github {
            if self.issuer.is_empty() {
                provider_kind::GITHUB.clone_into(&mut self.issuer);
            }
            // Paths are put behind it.
            self.issuer
                .truncate(self.issuer.trim_end_matches('/').len());
        }
        if self.icon.is_none() {
            self.icon = provider_kind::icon_of(self.kind, &self.issuer);
        }
        if self.name.is_empty()
            && let Some(icon) = self.icon
        {
            provider_kind::name_of(icon).clone_into(&mut self.name);
        }
        self.read_secret()
    }

    /// Reads the secret from its file, if it has one.
    fn read_secret(&mut self) -> Result<(), Problem> {
        let Some(path) = &self.client_secret_file else {
            return Ok(());
        };
        if self.client_secret.is_some() {
            return Err(Problem::TwoValues {
                one: "client_secret",
                other: "client_secret_file",
                of: format!("provider {}: ", self.id),
            });
        }
        let secret = std::fs::read_to_string(path).map_err(|cause| Problem::SecretFile {
            key: "client_secret_file",
            path: path.clone(),
            cause,
        })?;
        self.client_secret = Some(secret.trim().to_owned());
        Ok(())
    }

    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let plain =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if self.id.is_empty() || self.id.len() > 32 || !self.id.chars().all(plain) {
            problems.push(Problem::ProviderId(self.id.clone()));
        }
        if self.name.is_empty() {
            problems.push(Problem::ProviderName(self.id.clone()));
        }
        problems.extend(self.issuer_problem());
        if self.kind == ProviderKind::Github && self.client_secret.is_none() {
            problems.push(Problem::GithubSecret(self.id.clone()));
        }
        if self.email == EmailSetting::Domains && self.domains.is_empty() {
            problems.push(Problem::NoDomains(self.id.clone()));
        }
        problems
    }

    fn issuer_problem(&self) -> Option<Problem> {
        if self.issuer.is_empty() {
            return Some(Problem::NoIssuer(self.id.clone()));
        }
        if provider_kind::is_any_tenant(&self.issuer) {
            return Some(Problem::AnyTenant(self.issuer.clone()));
        }
        let Ok(url) = Url::parse(&self.issuer) else {
            return Some(Problem::InsecureIssuer(self.issuer.clone()));
        };
        let is_safe = url.scheme() == "https"
            || (url.scheme() == "http" && self.allow_insecure && is_loopback(&url));
        if !is_safe {
            return Some(Problem::InsecureIssuer(self.issuer.clone()));
        }
        let is_base = self.kind == ProviderKind::Oidc || url.path() == "/";
        let is_plain = url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        (!is_plain || !is_base).then(|| Problem::IssuerNotPlain(self.issuer.clone()))
    }
}

pub(super) fn hidden<S: Serializer>(
    secret: &Option<String>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match secret {
        Some(_) => serializer.serialize_some(HIDDEN),
        None => serializer.serialize_none(),
    }
}

/// Whether only this machine can be meant.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
