//! Connections to PostgreSQL.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, ConnectOptions as _, Row as _};

use crate::error::OpenError;

/// How many connections write at a time. Writes in one organization wait for each other anyway.
const WRITERS: u32 = 8;
/// How many connections read at a time.
const READERS: u32 = 8;
/// How long a request waits for a connection before it is answered that the database is busy.
const PATIENCE: Duration = Duration::from_secs(10);
/// The oldest version that is tested, as `server_version_num` gives it.
const OLDEST: i64 = 150_000;

/// What every connection is told: an acknowledged write is on the disk, a row lock that nobody
/// lets go is given up, and a forgotten transaction ends.
const SETTINGS: &str = "SET client_min_messages = warning;
    SET synchronous_commit = on;
    SET lock_timeout = '10s';
    SET statement_timeout = '30s';
    SET idle_in_transaction_session_timeout = '60s';
    SET default_transaction_isolation = 'read committed'";

/// What a connection that reads is told beside: it cannot write, and all statements of one
/// transaction see one state.
const READ_ONLY: &str = "SET default_transaction_read_only = on;
    SET default_transaction_isolation = 'repeatable read'";

/// The pool that writes.
pub(super) async fn writers(url: &str) -> Result<AnyPool, OpenError> {
    let pool = pool(url, WRITERS, &[SETTINGS]).await?;
    check_version(&mut *pool.acquire().await?).await?;
    Ok(pool)
}

/// The pool that reads; its connections cannot write.
pub(super) async fn readers(url: &str) -> Result<AnyPool, OpenError> {
    pool(url, READERS, &[SETTINGS, READ_ONLY]).await
}

async fn pool(
    url: &str,
    connections: u32,
    settings: &'static [&'static str],
) -> Result<AnyPool, OpenError> {
    // Statements carry what people typed; a log of them is nobody's audit trail.
    let options = AnyConnectOptions::from_str(url)?.disable_statement_logging();
    let pool = AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                for some in settings {
                    sqlx::raw_sql(*some).execute(&mut *connection).await?;
                }
                Ok(())
            })
        })
        .connect_with(options)
        .await?;
    Ok(pool)
}

async fn check_version(connection: &mut AnyConnection) -> Result<(), OpenError> {
    let row = sqlx::query("SELECT setting FROM pg_settings WHERE name = 'server_version_num'")
        .fetch_one(&mut *connection)
        .await?;
    let found: String = row.try_get("setting")?;
    match found.parse::<i64>() {
        Ok(version) if version >= OLDEST => Ok(()),
        _ => Err(OpenError::OldPostgres { found }),
    }
}
