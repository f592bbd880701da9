//! Why a configuration cannot be used. Each problem says what to write instead.

use std::fmt;
use std::path::PathBuf;

use thiserror::Error;
use url::Url;

use super::postgres_url::PostgresUrlError;
use super::tls::TlsError;

/// A configuration that cannot be used.
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
    /// It says what cannot be.
    #[error("{} cannot be used:{}", path.display(), lines(problems))]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Everything that was found, at least one.
        problems: Vec<Problem>,
    },
    /// `--dev` was given ports or a folder that do not go together.
    #[error("--dev cannot be used like this:{}", lines(problems))]
    Development {
        /// Everything that was found, at least one.
        problems: Vec<Problem>,
    },
}

fn lines(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|problem| format!("\n  {problem}"))
        .collect()
}

/// One thing to put right.
#[derive(Debug, Error)]
pub enum Problem {
    /// Not TOML, an unknown key, or a value of the wrong form.
    #[error("{place}: {message}")]
    At {
        /// Where.
        place: Place,
        /// What, on one line.
        message: String,
    },
    /// Nothing to keep the data in.
    #[error(
        "no database: write `database = \"/path/of/bailiwick.sqlite\"`, a postgres:// URL, or \
         `database_url_file` with the path of a file that holds one"
    )]
    NoDatabase,
    /// Two keys that say the same.
    #[error("{of}`{one}` and `{other}` are both given: keep one of them")]
    TwoValues {
        /// One key.
        one: &'static str,
        /// The other.
        other: &'static str,
        /// Of what, with a colon and a space; nothing at the top level.
        of: String,
    },
    /// A file that holds a secret.
    #[error("cannot read {key} {}: {cause}", path.display())]
    SecretFile {
        /// Which key names it.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// It holds something else.
    #[error("database_url_file {}: {cause}", path.display())]
    DatabaseUrlFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with the URL.
        cause: PostgresUrlError,
    },
    /// Cookies would travel in the clear.
    #[error("base_url {0} must be https, or http on localhost, 127.0.0.1 or [::1]")]
    InsecureBase(Url),
    /// Not an origin.
    #[error(
        "base_url {0} must be an origin: scheme, host and perhaps a port, without path or query"
    )]
    BaseNotOrigin(Url),
    /// The certificate or its key.
    #[error(transparent)]
    Tls(TlsError),
    /// Browsers would go to another port.
    #[error("tls is given, so base_url {0} must begin with https")]
    TlsWithoutHttps(Url),
    /// Nobody could come in, or do anything.
    #[error("limits: each must be 1 or more")]
    NothingAllowed,
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
    /// An id that cannot stand in a form.
    #[error("client id {0:?} must be 1 to 32 of a-z, 0-9 and -")]
    ClientId(String),
    /// One of our own.
    #[error("client id {0:?} is Bailiwick's own: choose another")]
    ReservedClient(String),
    /// Two clients cannot be told apart.
    #[error("two clients have the id {0}: give each its own")]
    DoubledClient(String),
    /// Most likely the secret itself.
    #[error(
        "client {0}: secret_sha256 must be the SHA-256 of the secret, as 64 of 0-9 and a-f: \
         `printf %s \"$SECRET\" | sha256sum`"
    )]
    ClientSecret(String),
    /// A code could be read on the way there, or go somewhere else.
    #[error(
        "client {client}: redirect URI {uri:?} must be an https URL as a browser writes it, without \
         fragment; http is accepted on loopback"
    )]
    RedirectUri {
        /// The client's id.
        client: String,
        /// The URI.
        uri: String,
    },
    /// Nowhere to go back to.
    #[error("client {0}: the grant authorization_code needs redirect_uris")]
    NoRedirectUri(String),
    /// Anyone could ask in its name.
    #[error("client {0}: introspect needs secret_sha256")]
    PublicIntrospection(String),
    /// Its answers could be forged on the way.
    #[error("issuer {0} must be https; http is accepted on loopback with `allow_insecure = true`")]
    InsecureIssuer(String),
    /// Nobody to sign in with.
    #[error("provider {0}: `issuer` is missing: write it as its discovery document does")]
    NoIssuer(String),
    /// The issuer is compared as text and has paths put behind it.
    #[error(
        "issuer {0} must be a URL without user, query and fragment; with `kind = \"github\"` also \
         without path"
    )]
    IssuerNotPlain(String),
    /// Its people would come under as many issuers as there are tenants.
    #[error(
        "issuer {0} stands for every tenant of Microsoft Entra: write that of your own, \
         \"https://login.microsoftonline.com/TENANT_ID/v2.0\""
    )]
    AnyTenant(String),
    /// An empty button.
    #[error("provider {0}: `name` is missing: write what its button should say")]
    ProviderName(String),
    /// GitHub redeems no code without one.
    #[error("provider {0}: GitHub needs `client_secret` or `client_secret_file`")]
    GithubSecret(String),
    /// No address would ever be believed.
    #[error("provider {0}: `email = \"domains\"` needs `domains`, such as [\"example.com\"]")]
    NoDomains(String),
    /// Codes and the password would travel in the clear.
    #[error(
        "smtp: `tls = \"none\"` is for this machine only, and {0} is another: leave it out, or write \"tls\""
    )]
    InsecureSmtp(String),
    /// No address to send from.
    #[error(
        "smtp: from {0:?} must be an address: \"id@example.com\" or \"Example <id@example.com>\""
    )]
    SmtpFrom(String),
    /// One without the other.
    #[error("smtp: `username` and a password go together: give both or neither")]
    SmtpHalf,
}

impl Problem {
    /// Where in the file it is, if it is in one place.
    pub(super) fn place(&self) -> Option<Place> {
        match self {
            Self::At { place, .. } => Some(*place),
            _ => None,
        }
    }

    /// What the TOML parser or a value's type says. The line itself is not shown: it may hold a
    /// secret.
    pub(super) fn toml(text: &str, error: &toml::de::Error) -> Self {
        Self::At {
            place: Place::of(text, error.span().map_or(0, |span| span.start)),
            message: error.message().trim().replace('\n', "; "),
        }
    }
}

/// A place in a file; both count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    line: usize,
    column: usize,
}

impl Place {
    /// The place of a byte.
    pub(super) fn of(text: &str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}
