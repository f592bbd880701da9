//! What can go wrong below the rules.

use thiserror::Error;

/// The database did not do its part. Nothing was changed.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database refused or failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A batch of writes could not be committed.
    #[error("the write was not committed: {0}")]
    NotCommitted(String),
    /// The writer has ended, as at shutdown.
    #[error("the store is closing")]
    Closing,
    /// What the database holds is not what this program wrote.
    #[error("unreadable {what} in the database: {value:?}")]
    Corrupt {
        /// Which column or value.
        what: &'static str,
        /// What stands there.
        value: String,
    },
    /// The operating system gave no random bytes.
    #[error("no random bytes: {0}")]
    Random(String),
}

/// A rule of `bailiwick_domain` said no, or the store failed.
#[derive(Debug, Error)]
pub enum Failure<E> {
    /// The rule, as the domain's error for this operation.
    #[error("{0}")]
    Rule(E),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<E> From<sqlx::Error> for Failure<E> {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Why a database could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// It failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A newer Bailiwick has written it.
    #[error(
        "the database has schema version {found}, this program knows up to {known}: start a newer bailiwick, or restore a backup from before the upgrade"
    )]
    Newer {
        /// In the database.
        found: i64,
        /// In this program.
        known: i64,
    },
    /// `serve --dev` on a database that `--dev` did not create.
    #[error(
        "this database was not created by `bailiwick serve --dev`, and --dev lets anyone sign in as anyone: choose another folder with --data"
    )]
    NotDevelopment,
    /// Plain `serve` on a database that `--dev` created.
    #[error(
        "this database was created by `bailiwick serve --dev`, where anyone may be anyone: name another database in the configuration"
    )]
    Development,
    /// A PostgreSQL that is too old.
    #[error("the PostgreSQL server is version {found}: Bailiwick needs 15 or later")]
    OldPostgres {
        /// What it says, as `server_version_num`.
        found: String,
    },
    /// A connection did not keep a setting that durability rests on.
    #[error("SQLite did not accept `PRAGMA {pragma}`: it says {found}")]
    Pragma {
        /// Which one.
        pragma: &'static str,
        /// What it says instead.
        found: String,
    },
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

pub(crate) fn corrupt(what: &'static str, value: &str) -> StoreError {
    StoreError::Corrupt {
        what,
        value: value.chars().take(80).collect(),
    }
}
