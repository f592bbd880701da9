//! Connections, each with the settings that durability and consistency rest on.

mod postgres;
mod sqlite;

use sqlx::AnyPool;

use crate::error::OpenError;
use crate::meta;
use crate::migrations::{self, Dialect};
use crate::store::{Location, Options};
use crate::writer::Writer;

/// Opens for reading and writing, with the schema up to date.
pub(crate) async fn open(options: &Options) -> Result<(AnyPool, Writer), OpenError> {
    sqlx::any::install_default_drivers();
    match &options.location {
        Location::Sqlite(path) => {
            let mut connection = sqlite::writer(path).await?;
            migrations::migrate(&mut connection, Dialect::Sqlite).await?;
            meta::check_development(&mut connection, options.development).await?;
            let readers = sqlite::readers(path).await?;
            Ok((readers, Writer::queue(connection)))
        }
        Location::Postgres(url) => {
            let writers = postgres::writers(url).await?;
            let mut connection = writers.acquire().await?;
            migrations::migrate(&mut connection, Dialect::Postgres).await?;
            meta::check_development(&mut connection, options.development).await?;
            drop(connection);
            let readers = postgres::readers(url).await?;
            Ok((readers, Writer::pool(writers)))
        }
    }
}
