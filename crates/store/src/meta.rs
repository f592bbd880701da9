//! Facts about the database as a whole.

use sqlx::{AnyConnection, Row as _};

use crate::error::OpenError;

/// Marks a fresh database as one of development or not, and holds an old one to its mark.
pub(crate) async fn check_development(
    connection: &mut AnyConnection,
    development: bool,
) -> Result<(), OpenError> {
    sqlx::query("INSERT INTO meta (name, value) VALUES ('development', $1) ON CONFLICT DO NOTHING")
        .bind(if development { "1" } else { "0" })
        .execute(&mut *connection)
        .await?;
    let marked: String = sqlx::query("SELECT value FROM meta WHERE name = 'development'")
        .fetch_one(&mut *connection)
        .await?
        .try_get("value")?;
    match (marked == "1", development) {
        (true, false) => Err(OpenError::Development),
        (false, true) => Err(OpenError::NotDevelopment),
        _ => Ok(()),
    }
}
