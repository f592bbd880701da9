//! The configuration: one TOML file, or what `--dev` stands for. Unknown keys are errors.
//!
//! `file.rs` reads it, `keys.rs` finds what does not belong, `problem.rs` has the words.

mod client;
mod database;
#[cfg(test)]
mod documented;
mod file;
mod keys;
mod limits;
mod postgres_url;
mod problem;
mod provider;
mod provider_kind;
mod smtp;
mod tls;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

pub use client::{COMMAND_LINE, ClientConfig, GrantType, OauthSettings};
pub use database::Database;
pub use limits::Limits;
pub use postgres_url::{PostgresUrl, PostgresUrlError};
pub use problem::{ConfigError, Place, Problem};
pub(crate) use provider::is_loopback;
pub use provider::{EmailSetting, ProviderConfig};
pub use provider_kind::{ProviderIcon, ProviderKind};
pub use smtp::{Smtp, SmtpTls};
pub use tls::{Tls, TlsError};

/// Everything that can be set. Serialized, it hides every secret.
#[derive(Debug, Clone, Serialize)]
pub struct Config {
    /// Where browsers reach this server; the only source of issuer, links and cookies.
    pub base_url: Url,
    /// Where it listens.
    pub listen: SocketAddr,
    /// With which certificate; without one it speaks plain HTTP.
    pub tls: Option<Tls>,
    /// Where the data is.
    pub database: Database,
    /// The file that `database` was read from, if it was.
    pub database_url_file: Option<PathBuf>,
    /// Proxies whose word on where a request comes from is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How much one address and one person may ask.
    pub limits: Limits,
    /// Who may create organizations.
    pub organizations: Organizations,
    /// Where mail is handed in; without it none is sent.
    pub smtp: Option<Smtp>,
    /// Whom one can sign in with.
    pub providers: Vec<ProviderConfig>,
    /// Who else than the console signs people in.
    pub oauth: OauthSettings,
    /// Set by `--dev` alone, never by a file.
    #[serde(skip)]
    pub development: Option<Development>,
}

/// `[organizations]`
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Organizations {
    /// `"admin"` (default) or `"anyone"` who is signed in.
    #[serde(default)]
    pub create: CreatePolicy,
}

/// Who may create an organization.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CreatePolicy {
    /// Whoever runs the server, by `bailiwick admin`.
    #[default]
    Admin,
    /// Anyone who is signed in.
    Anyone,
}

/// What `--dev` adds.
#[derive(Debug, Clone, Copy)]
pub struct Development {
    /// Where the development sign-in provider listens.
    pub provider: SocketAddr,
}

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

impl Config {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// See [`ConfigError`].
    pub fn from_file(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::Read {
            path: path.to_owned(),
            cause,
        })?;
        file::read(&text).map_err(|problems| ConfigError::Unusable {
            path: path.to_owned(),
            problems,
        })
    }

    /// What `serve --dev` stands for: loopback, a database in `data`, and a sign-in provider where
    /// anyone may be anyone.
    ///
    /// # Errors
    /// None for a port that a URL can carry.
    pub fn development(data: &Path, port: u16, provider_port: u16) -> Result<Self, ConfigError> {
        let loopback = |port| SocketAddr::from(([127, 0, 0, 1], port));
        #[expect(clippy::expect_used, reason = "a URL can carry every port")]
        let base_url = Url::parse(&format!("http://localhost:{port}")).expect("INVARIANT");
        let config = Self {
            base_url,
            listen: loopback(port),
            tls: None,
            database: Database::Sqlite(data.join("bailiwick.sqlite")),
            database_url_file: None,
            trusted_proxies: Vec::new(),
            limits: Limits::NONE,
            organizations: Organizations {
                create: CreatePolicy::Anyone,
            },
            smtp: None,
            providers: vec![ProviderConfig::development(loopback(provider_port))],
            oauth: OauthSettings::default(),
            development: Some(Development {
                provider: loopback(provider_port),
            }),
        };
        let problems = config.problems();
        match problems.is_empty() {
            true => Ok(config),
            false => Err(ConfigError::Development { problems }),
        }
    }

    /// The configuration as TOML with defaults filled in and secrets hidden.
    ///
    /// # Errors
    /// None for a configuration that was read from TOML.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }

    /// The base URL without a trailing slash: our issuer and the console's origin.
    pub fn origin(&self) -> String {
        self.base_url.as_str().trim_end_matches('/').to_owned()
    }

    /// The issuers of all providers.
    pub fn issuers(&self) -> Vec<String> {
        self.providers
            .iter()
            .map(|provider| provider.issuer.clone())
            .collect()
    }

    /// The provider of an id.
    pub fn provider(&self, id: &str) -> Option<&ProviderConfig> {
        self.providers.iter().find(|provider| provider.id == id)
    }

    /// The client of an id: our own command line's, or a configured one. The console's stands apart.
    pub fn client(&self, id: &str) -> Option<ClientConfig> {
        let configured = || self.oauth.clients.iter().find(|client| client.id == id);
        match id {
            COMMAND_LINE => Some(ClientConfig::command_line()),
            _ => configured().cloned(),
        }
    }

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let base = &self.base_url;
        if base.path() != "/"
            || base.query().is_some()
            || base.fragment().is_some()
            || !base.username().is_empty()
        {
            problems.push(Problem::BaseNotOrigin(base.clone()));
        }
        if base.scheme() != "https" && !(base.scheme() == "http" && provider::is_loopback(base)) {
            problems.push(Problem::InsecureBase(base.clone()));
        }
        if let Some(tls) = &self.tls {
            match base.scheme() {
                "https" => problems.extend(tls.load(base).err().map(Problem::Tls)),
                _ => problems.push(Problem::TlsWithoutHttps(base.clone())),
            }
        }
        problems.extend(self.limits.problems());
        problems.extend(self.smtp.iter().flat_map(Smtp::problems));
        for (at, client) in self.oauth.clients.iter().enumerate() {
            problems.extend(client.problems());
            if self.oauth.clients[..at]
                .iter()
                .any(|other| other.id == client.id)
            {
                problems.push(Problem::DoubledClient(client.id.clone()));
            }
        }
        for (at, provider) in self.providers.iter().enumerate() {
            problems.extend(provider.problems());
            for other in &self.providers[..at] {
                for (what, one, two) in [
                    ("id", &provider.id, &other.id),
                    ("issuer", &provider.issuer, &other.issuer),
                ] {
                    if one == two {
                        problems.push(Problem::DoubledProvider {
                            what,
                            value: one.clone(),
                        });
                    }
                }
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests;
