//! The schema, step by step. Each step and the record of it commit together, so a step that was
//! cut off is done again from its beginning.

use sqlx::{AnyConnection, Row as _};

use crate::error::OpenError;

/// Which SQL.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

const SQLITE: &[&str] = &[
    include_str!("../migrations/sqlite/0001_initial.sql"),
    include_str!("../migrations/sqlite/0002_rules.sql"),
    include_str!("../migrations/sqlite/0003_invites.sql"),
    include_str!("../migrations/sqlite/0004_outbox.sql"),
    include_str!("../migrations/sqlite/0005_roles.sql"),
    include_str!("../migrations/sqlite/0006_people.sql"),
    include_str!("../migrations/sqlite/0007_clients.sql"),
    include_str!("../migrations/sqlite/0008_sessions.sql"),
    include_str!("../migrations/sqlite/0009_notices.sql"),
];

const POSTGRES: &[&str] = &[
    include_str!("../migrations/postgres/0001_initial.sql"),
    include_str!("../migrations/postgres/0002_rules.sql"),
    include_str!("../migrations/postgres/0003_invites.sql"),
    include_str!("../migrations/postgres/0004_outbox.sql"),
    include_str!("../migrations/postgres/0005_roles.sql"),
    include_str!("../migrations/postgres/0006_people.sql"),
    include_str!("../migrations/postgres/0007_clients.sql"),
    include_str!("../migrations/postgres/0008_sessions.sql"),
    include_str!("../migrations/postgres/0009_notices.sql"),
];

/// Brings the database to this program's version. Of several programs that start at once one does
/// it and the others wait.
pub(crate) async fn migrate(
    connection: &mut AnyConnection,
    dialect: Dialect,
) -> Result<(), OpenError> {
    let (steps, begin) = match dialect {
        Dialect::Sqlite => (SQLITE, "BEGIN IMMEDIATE"),
        // The key is any number that nobody else uses; the lock ends with the transaction. A step may
        // take its time, and another program's too.
        Dialect::Postgres => (
            POSTGRES,
            "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
             SELECT pg_advisory_xact_lock(7203117745)",
        ),
    };
    loop {
        sqlx::raw_sql(begin).execute(&mut *connection).await?;
        match step(connection, steps).await {
            Ok(more) => {
                sqlx::raw_sql("COMMIT").execute(&mut *connection).await?;
                if !more {
                    return Ok(());
                }
            }
            Err(error) => {
                let _ = sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await;
                return Err(error);
            }
        }
    }
}

/// Takes the next step. Answers whether there was one.
async fn step(connection: &mut AnyConnection, steps: &[&'static str]) -> Result<bool, OpenError> {
    sqlx::raw_sql("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
        .execute(&mut *connection)
        .await?;
    let found: i64 =
        sqlx::query("SELECT version FROM schema_version ORDER BY version DESC LIMIT 1")
            .fetch_optional(&mut *connection)
            .await?
            .map_or(Ok(0), |row| row.try_get("version"))?;
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(OpenError::Newer { found, known });
    }
    let Some(sql) = usize::try_from(found).ok().and_then(|at| steps.get(at)) else {
        return Ok(false);
    };
    sqlx::raw_sql(*sql).execute(&mut *connection).await?;
    sqlx::query("INSERT INTO schema_version (version) VALUES ($1)")
        .bind(found + 1)
        .execute(&mut *connection)
        .await?;
    Ok(true)
}
