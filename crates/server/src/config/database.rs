//! Where the data is: a SQLite file, or a PostgreSQL server.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::postgres_url::{PostgresUrl, PostgresUrlError};

/// `database`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub enum Database {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL server.
    Postgres(PostgresUrl),
}

impl FromStr for Database {
    type Err = PostgresUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once("://") {
            // A path may have colons and slashes, but none that looks like this by accident.
            Some(_) => text.parse().map(Self::Postgres),
            None if text.is_empty() => Err(PostgresUrlError::Scheme),
            None => Ok(Self::Sqlite(PathBuf::from(text))),
        }
    }
}

impl TryFrom<String> for Database {
    type Error = PostgresUrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// As a person may see it: without a password.
impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(url) => write!(f, "{url}"),
        }
    }
}

impl From<Database> for String {
    fn from(database: Database) -> Self {
        database.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Database;

    #[test]
    fn a_path_is_sqlite_and_a_url_is_postgresql() {
        for path in ["x.sqlite", "/var/lib/b:c/d.sqlite", "postgres/x.sqlite"] {
            let database: Database = path.parse().unwrap();
            assert_eq!(database, Database::Sqlite(path.into()));
        }
        for url in ["postgres://localhost/b", "POSTGRESQL://localhost/b"] {
            let database: Database = url.parse().unwrap();
            assert!(matches!(database, Database::Postgres(_)), "{url}");
        }
        for wrong in ["", "mysql://localhost/b", "sqlite://x.sqlite"] {
            let error = wrong.parse::<Database>().unwrap_err().to_string();
            assert!(error.contains("path of a SQLite file"), "{error}");
        }
    }
}
