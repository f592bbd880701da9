//! [`Store`]: opening, and the way to everything else.

use std::path::PathBuf;
use std::sync::Arc;

use bailiwick_domain::Micros;
use futures_core::future::BoxFuture;
use sqlx::{AnyConnection, AnyPool};

use crate::access::Caller;
use crate::clock::Clock;
use crate::error::{Failure, OpenError, StoreError};
use crate::groups::GroupsHandle;
use crate::writer::Writer;
use crate::{meta, migrations, open};

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file; created when it is not there.
    Sqlite(PathBuf),
}

/// How to open.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where.
    pub location: Location,
    /// Whether this is `--dev`: a development database is never served without it, and no other
    /// database with it.
    pub development: bool,
}

/// The database.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) readers: AnyPool,
    writer: Writer,
    clock: Arc<dyn Clock>,
}

impl Store {
    /// Opens, creates what is missing, and brings the schema up to date.
    ///
    /// # Errors
    /// [`OpenError`] says what to do.
    pub async fn open(options: &Options, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let Location::Sqlite(path) = &options.location;
        let mut connection = open::writer(path).await?;
        migrations::migrate(&mut connection).await?;
        meta::check_development(&mut connection, options.development).await?;
        let readers = open::readers(path).await?;
        Ok(Self {
            readers,
            writer: Writer::start(connection),
            clock,
        })
    }

    /// The time by the store's clock.
    pub fn now(&self) -> Micros {
        self.clock.now()
    }

    /// Groups, as far as `caller` may see and change them.
    pub fn groups<'a>(&'a self, caller: &'a Caller) -> GroupsHandle<'a> {
        GroupsHandle::new(self, caller)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ready(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").fetch_one(&self.readers).await?;
        Ok(())
    }

    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection, Micros) -> BoxFuture<'c, Result<T, Failure<E>>>
            + Send
            + 'static,
    {
        let clock = Arc::clone(&self.clock);
        self.writer
            .run(move |connection| work(connection, clock.now()))
            .await
    }
}

/// For writes that no rule can refuse.
pub(crate) fn only_store<T>(
    result: Result<T, Failure<std::convert::Infallible>>,
) -> Result<T, StoreError> {
    result.map_err(|failure| match failure {
        Failure::Store(error) => error,
        Failure::Rule(never) => match never {},
    })
}
