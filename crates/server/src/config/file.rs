//! The file as it is written, before it is known to make sense.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer as Source};
use toml::de::{DeTable, Deserializer};
use url::Url;

use super::keys::{known, take_unknown};
use super::problem::{Place, Problem};
use super::{
    Config, Database, Limits, OauthSettings, Organizations, ProviderConfig, Smtp, Tls,
    default_listen,
};

/// The keys of the top level. [`Config`] says what they mean.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(deserialize_with = "url")]
    base_url: Url,
    #[serde(default = "default_listen", deserialize_with = "address")]
    listen: SocketAddr,
    tls: Option<Tls>,
    database: Option<Database>,
    database_url_file: Option<PathBuf>,
    #[serde(default)]
    trusted_proxies: Vec<IpAddr>,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    organizations: Organizations,
    smtp: Option<Smtp>,
    #[serde(default)]
    providers: Vec<ProviderConfig>,
    #[serde(default)]
    oauth: OauthSettings,
}

/// Reads a configuration and everything that it names, and checks all of it.
pub(super) fn read(text: &str) -> Result<Config, Vec<Problem>> {
    let file = parse(text)?;
    let mut problems = Vec::new();
    let database = file.database().map_err(|problem| problems.push(problem));
    let mut providers = file.providers;
    for provider in &mut providers {
        if let Err(problem) = provider.complete() {
            problems.push(problem);
        }
    }
    let mut smtp = file.smtp;
    if let Some(Err(problem)) = smtp.as_mut().map(Smtp::complete) {
        problems.push(problem);
    }
    let config = Config {
        base_url: file.base_url,
        listen: file.listen,
        tls: file.tls,
        // The stand-in goes no further: a problem has been noted.
        database: database.unwrap_or_else(|()| Database::Sqlite(PathBuf::new())),
        database_url_file: file.database_url_file,
        trusted_proxies: file.trusted_proxies,
        limits: file.limits,
        organizations: file.organizations,
        smtp,
        providers,
        oauth: file.oauth,
        development: None,
    };
    problems.extend(config.problems());
    match problems.is_empty() {
        true => Ok(config),
        false => Err(problems),
    }
}

/// Reads the file alone: what it names is not looked at.
pub(super) fn parse(text: &str) -> Result<File, Vec<Problem>> {
    parse_unsorted(text).map_err(|mut problems| {
        problems.sort_by_key(Problem::place);
        problems
    })
}

fn parse_unsorted(text: &str) -> Result<File, Vec<Problem>> {
    let (mut table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let problem = |error: &toml::de::Error| Problem::toml(text, error);
        return Err(errors.iter().map(problem).collect());
    }
    let mut problems: Vec<_> = take_unknown(table.get_mut(), &known())
        .iter()
        .map(|key| Problem::At {
            place: Place::of(text, key.span.start),
            message: key.to_string(),
        })
        .collect();
    match File::deserialize(Deserializer::from(table)) {
        Ok(file) if problems.is_empty() => return Ok(file),
        Ok(_) => {}
        // What is missing is most likely what was misspelt.
        Err(error) if !problems.is_empty() && error.message().starts_with("missing field") => {}
        Err(error) => problems.push(Problem::toml(text, &error)),
    }
    Err(problems)
}

impl File {
    fn database(&self) -> Result<Database, Problem> {
        match (&self.database, &self.database_url_file) {
            (Some(database), None) => Ok(database.clone()),
            (None, Some(path)) => url_in(path),
            (None, None) => Err(Problem::NoDatabase),
            (Some(_), Some(_)) => Err(Problem::TwoValues {
                one: "database",
                other: "database_url_file",
                of: String::new(),
            }),
        }
    }
}

fn url_in(path: &Path) -> Result<Database, Problem> {
    let text = std::fs::read_to_string(path).map_err(|cause| Problem::SecretFile {
        key: "database_url_file",
        path: path.to_owned(),
        cause,
    })?;
    match text.trim().parse() {
        Ok(url) => Ok(Database::Postgres(url)),
        Err(cause) => Err(Problem::DatabaseUrlFile {
            path: path.to_owned(),
            cause,
        }),
    }
}

fn url<'de, S: Source<'de>>(source: S) -> Result<Url, S::Error> {
    let text = String::deserialize(source)?;
    Url::parse(&text).map_err(|_| {
        S::Error::custom(format!(
            "{text:?} is no URL: write for example \"https://id.example.com\""
        ))
    })
}

fn address<'de, S: Source<'de>>(source: S) -> Result<SocketAddr, S::Error> {
    let text = String::deserialize(source)?;
    text.parse().map_err(|_| {
        S::Error::custom(format!(
            "{text:?} is no IP address with a port: write for example \"127.0.0.1:8080\""
        ))
    })
}
