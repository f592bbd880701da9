//! Connections to SQLite, each with the settings that durability rests on, asserted.

use std::path::Path;
use std::str::FromStr as _;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, ConnectOptions as _, Row as _};

use crate::error::OpenError;

/// How many connections read at a time.
const READERS: u32 = 4;

/// Every connection gets these and is asked whether it has them.
const PRAGMAS: &[(&str, &str, &str)] = &[
    ("busy_timeout", "5000", "5000"),
    ("journal_mode", "WAL", "wal"),
    // FULL: an acknowledged write is on the disk before it is acknowledged.
    ("synchronous", "FULL", "2"),
    ("foreign_keys", "ON", "1"),
    ("trusted_schema", "OFF", "0"),
    // What is erased is overwritten: codes that waited for their mail.
    ("secure_delete", "ON", "1"),
];

fn options(path: &Path) -> Result<AnyConnectOptions, sqlx::Error> {
    let mut url = "sqlite://".to_owned();
    for letter in path.to_string_lossy().chars() {
        match letter {
            '%' | '?' | '#' => url.push_str(&format!("%{:02X}", u32::from(letter))),
            _ => url.push(letter),
        }
    }
    url.push_str("?mode=rwc");
    // Statements carry what people typed; a log of them is nobody's audit trail.
    Ok(AnyConnectOptions::from_str(&url)?.disable_statement_logging())
}

/// The one connection that writes.
pub(super) async fn writer(path: &Path) -> Result<AnyConnection, OpenError> {
    let mut connection = options(path)?.connect().await?;
    prepare(&mut connection).await?;
    Ok(connection)
}

/// The pool that reads; its connections cannot write.
pub(super) async fn readers(path: &Path) -> Result<AnyPool, OpenError> {
    let pool = AnyPoolOptions::new()
        .max_connections(READERS)
        // A file in this process does not go away: asking each time would double the way to it.
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move {
                prepare(connection)
                    .await
                    .map_err(|error| sqlx::Error::Configuration(error.to_string().into()))?;
                sqlx::raw_sql("PRAGMA query_only = ON")
                    .execute(&mut *connection)
                    .await?;
                Ok(())
            })
        })
        .connect_with(options(path)?)
        .await?;
    Ok(pool)
}

async fn prepare(connection: &mut AnyConnection) -> Result<(), OpenError> {
    for &(pragma, value, expected) in PRAGMAS {
        let set = format!("PRAGMA {pragma} = {value}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(set))
            .execute(&mut *connection)
            .await?;
        let ask = format!("PRAGMA {pragma}");
        let row = sqlx::raw_sql(sqlx::AssertSqlSafe(ask))
            .fetch_one(&mut *connection)
            .await?;
        let found = row
            .try_get::<String, _>(0)
            .or_else(|_| row.try_get::<i64, _>(0).map(|number| number.to_string()))?;
        if found != expected {
            return Err(OpenError::Pragma { pragma, found });
        }
    }
    Ok(())
}
