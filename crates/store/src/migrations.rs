//! The schema, step by step. Each step and the record of it commit together, so a step that was
//! cut off is done again from its beginning.

use sqlx::{AnyConnection, Row as _};

use crate::error::OpenError;

const SQLITE: &[&str] = &[include_str!("../migrations/sqlite/0001_initial.sql")];

/// Brings the database to this program's version.
pub(crate) async fn migrate(connection: &mut AnyConnection) -> Result<(), OpenError> {
    sqlx::raw_sql("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
        .execute(&mut *connection)
        .await?;
    let found: i64 = sqlx::query("SELECT COALESCE(MAX(version), 0) AS version FROM schema_version")
        .fetch_one(&mut *connection)
        .await?
        .try_get("version")?;
    let known = i64::try_from(SQLITE.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(OpenError::Newer { found, known });
    }
    for (version, sql) in (1i64..).zip(SQLITE) {
        if version <= found {
            continue;
        }
        sqlx::raw_sql("BEGIN IMMEDIATE")
            .execute(&mut *connection)
            .await?;
        let step = async {
            sqlx::raw_sql(*sql).execute(&mut *connection).await?;
            sqlx::query("INSERT INTO schema_version (version) VALUES ($1)")
                .bind(version)
                .execute(&mut *connection)
                .await?;
            sqlx::raw_sql("COMMIT").execute(&mut *connection).await
        };
        if let Err(error) = step.await {
            let _ = sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await;
            return Err(error.into());
        }
    }
    Ok(())
}
