//! What is looked at after the power is back.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use bailiwick_store::{Location, Store, SystemClock};
use bailiwick_testkit::store::options;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Row as _};

use crate::child::DATABASE;

/// What is wrong with what is left.
#[derive(Debug)]
pub(crate) struct Damage {
    pub(crate) kind: Kind,
    /// Where.
    found: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The store does not open it.
    Unopened,
    /// SQLite finds it broken.
    Corrupt,
    /// Something that was acknowledged is not there.
    Lost,
    /// A write is there in part: without its audit row, or that without it.
    Torn,
}

impl Damage {
    /// Damage, if anything was found.
    fn of(kind: Kind, found: Vec<String>) -> Result<(), Self> {
        match found.is_empty() {
            true => Ok(()),
            false => Err(Self { kind, found }),
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.found.join(", "))
    }
}

/// Groups without an audit row, and audit rows without their group or out of order.
const TORN: &str = "
    SELECT uid FROM groups WHERE uid NOT IN (SELECT target FROM audit)
    UNION ALL
    SELECT target FROM audit WHERE organization <> '' AND target NOT IN (SELECT uid FROM groups)
    UNION ALL
    SELECT organization FROM audit GROUP BY organization HAVING COUNT(*) <> MAX(seq)";

/// Opens the database in a folder as the server would, and looks for what was acknowledged.
pub(crate) async fn check(folder: &Path, acknowledged: &BTreeSet<String>) -> Result<(), Damage> {
    let file = folder.join(DATABASE);
    let store = Store::open(
        &options(Location::Sqlite(file.clone()), true),
        Arc::new(SystemClock),
    )
    .await;
    let _store = match store {
        Ok(store) => store,
        Err(error) => {
            let found = vec![error.to_string()];
            let kind = Kind::Unopened;
            return Err(Damage { kind, found });
        }
    };
    let url = format!("sqlite://{}", file.display());
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    let mut broken = texts(&mut connection, "PRAGMA integrity_check").await;
    broken.retain(|line| line != "ok");
    broken.extend(texts(&mut connection, "PRAGMA foreign_key_check").await);
    Damage::of(Kind::Corrupt, broken)?;
    let there = texts(&mut connection, "SELECT uid FROM groups").await;
    let there: BTreeSet<String> = there.into_iter().collect();
    let lost = acknowledged.difference(&there).cloned().collect();
    Damage::of(Kind::Lost, lost)?;
    Damage::of(Kind::Torn, texts(&mut connection, TORN).await)
}

/// The first column of all rows; an error of the database is a row that says so.
async fn texts(connection: &mut AnyConnection, sql: &str) -> Vec<String> {
    let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    match query.fetch_all(connection).await {
        Ok(rows) => rows.iter().map(|row| row.try_get(0).unwrap()).collect(),
        Err(error) => vec![error.to_string()],
    }
}
