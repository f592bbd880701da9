//! The configuration: one TOML file, or what `--dev` stands for. Unknown keys are errors.

mod provider;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;
use url::Url;

pub(crate) use provider::is_loopback;
pub use provider::{EmailSetting, ProviderConfig};

/// Everything that can be set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where browsers reach this server; the only source of issuer, links and cookies.
    pub base_url: Url,
    /// Where it listens.
    #[serde(default = "default_listen")]
    pub listen: SocketAddr,
    /// The SQLite file.
    pub database: PathBuf,
    /// Who may create organizations.
    #[serde(default)]
    pub organizations: Organizations,
    /// Whom one can sign in with.
    #[serde(default)]
    pub providers: Vec<ProviderConfig>,
    /// Set by `--dev` alone, never by a file.
    #[serde(skip)]
    pub development: Option<Development>,
}

/// `[organizations]`
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organizations {
    /// `"admin"` (default) or `"anyone"` who is signed in.
    #[serde(default)]
    pub create: CreatePolicy,
}

/// Who may create an organization.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
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

/// Why a configuration cannot be used. Each says what to write instead.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// Not this configuration's TOML.
    #[error("{}: {cause}", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and what.
        cause: Box<toml::de::Error>,
    },
    /// Cookies would travel in the clear.
    #[error("base_url {0} must be https, or http on localhost, 127.0.0.1 or [::1]")]
    InsecureBase(Url),
    /// Not an origin.
    #[error(
        "base_url {0} must be an origin: scheme, host and perhaps a port, without path or query"
    )]
    BaseNotOrigin(Url),
    /// Two providers cannot be told apart.
    #[error("two providers have the {what} {value}: give each its own")]
    DoubledProvider {
        /// `id` or `issuer`.
        what: &'static str,
        /// The value that stands twice.
        value: String,
    },
    /// An id that cannot stand in a path.
    #[error("provider id {0:?} must be 1 to 32 of a-z, 0-9 and -")]
    ProviderId(String),
    /// Its answers could be forged on the way.
    #[error("issuer {0} must be https; http is accepted on loopback with `allow_insecure = true`")]
    InsecureIssuer(String),
    /// The provider's secret is named by a file that cannot be read.
    #[error("provider {id}: cannot read client_secret_file {}: {cause}", path.display())]
    Secret {
        /// Which provider.
        id: String,
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
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
        let mut config: Self = toml::from_str(&text).map_err(|cause| ConfigError::Parse {
            path: path.to_owned(),
            cause: Box::new(cause),
        })?;
        config.check()?;
        Ok(config)
    }

    /// What `serve --dev` stands for: loopback, a database in `data`, and a sign-in provider where
    /// anyone may be anyone.
    ///
    /// # Errors
    /// None for a port that a URL can carry.
    pub fn development(data: &Path, port: u16, provider_port: u16) -> Result<Self, ConfigError> {
        let loopback = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let base = format!("http://localhost:{port}");
        let mut config = Self {
            base_url: Url::parse(&base).map_err(|_| ConfigError::ProviderId(base))?,
            listen: loopback(port),
            database: data.join("bailiwick.sqlite"),
            organizations: Organizations {
                create: CreatePolicy::Anyone,
            },
            providers: vec![ProviderConfig::development(loopback(provider_port))],
            development: Some(Development {
                provider: loopback(provider_port),
            }),
        };
        config.check()?;
        Ok(config)
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

    fn check(&mut self) -> Result<(), ConfigError> {
        let base = &self.base_url;
        if base.path() != "/"
            || base.query().is_some()
            || base.fragment().is_some()
            || !base.username().is_empty()
        {
            return Err(ConfigError::BaseNotOrigin(base.clone()));
        }
        if base.scheme() != "https" && !(base.scheme() == "http" && provider::is_loopback(base)) {
            return Err(ConfigError::InsecureBase(base.clone()));
        }
        for provider in &mut self.providers {
            provider.check()?;
        }
        for (at, provider) in self.providers.iter().enumerate() {
            for other in &self.providers[..at] {
                for (what, one, two) in [
                    ("id", &provider.id, &other.id),
                    ("issuer", &provider.issuer, &other.issuer),
                ] {
                    if one == two {
                        return Err(ConfigError::DoubledProvider {
                            what,
                            value: one.clone(),
                        });
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        let mut config: Config = toml::from_str(text).map_err(|error| error.to_string())?;
        config.check().map_err(|error| error.to_string())?;
        Ok(config)
    }

    const BASE: &str = "base_url = \"https://id.example.com\"\ndatabase = \"x.sqlite\"\n";

    #[test]
    fn the_smallest_configuration_is_enough() {
        let config = parse(BASE).unwrap();
        assert_eq!(config.origin(), "https://id.example.com");
        assert_eq!(config.organizations.create, CreatePolicy::Admin);
    }

    #[test]
    fn what_could_not_be_safe_is_refused_with_a_reason() {
        let provider =
            "[[providers]]\nid=\"a\"\nname=\"A\"\nissuer=\"https://a.example\"\nclient_id=\"c\"\n";
        for (text, reason) in [
            (format!("{BASE}colour = 1"), "unknown field"),
            (BASE.replace("https", "http"), "must be https"),
            (BASE.replace(".com", ".com/x"), "must be an origin"),
            (
                format!("{BASE}{provider}{provider}"),
                "two providers have the id a",
            ),
            (
                format!(
                    "{BASE}{provider}{}",
                    provider.replace("id=\"a\"", "id=\"b\"")
                ),
                "two providers have the issuer",
            ),
            (
                format!("{BASE}{}", provider.replace("https", "http")),
                "must be https",
            ),
            (
                format!("{BASE}{}", provider.replace("\"a\"", "\"../a\"")),
                "provider id",
            ),
        ] {
            let error = parse(&text).unwrap_err();
            assert!(error.contains(reason), "{text}\n{error}");
        }
    }
}
