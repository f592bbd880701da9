//! Behind the store's back: what its interface does not offer yet, or must never show.

use bailiwick_domain::{BuiltInRole, Micros, Uidp};
use bailiwick_store::Secret;
use bailiwick_testkit::TestStore;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Row as _};

/// A connection of our own.
pub(crate) async fn connect(store: &TestStore) -> AnyConnection {
    let url = format!("sqlite://{}", store.file().display());
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    let patience = sqlx::raw_sql("PRAGMA busy_timeout = 20000");
    patience.execute(&mut connection).await.unwrap();
    connection
}

/// Runs a statement that a test wrote.
pub(crate) async fn execute(store: &TestStore, sql: &str) {
    let statement = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    statement.execute(&mut connect(store).await).await.unwrap();
}

/// One number.
pub(crate) async fn number(store: &TestStore, sql: &str) -> i64 {
    let mut connection = connect(store).await;
    let row = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection);
    row.await.unwrap().try_get(0).unwrap()
}

/// Binds a role as an invite will, one day.
pub(crate) async fn bind(
    store: &TestStore,
    identity: &Uidp,
    role: &BuiltInRole,
    group: &Uidp,
    ends_at: Option<Micros>,
) {
    let unique = &Secret::random().unwrap().hash()[..16];
    let ends_at = ends_at.map_or("NULL".to_owned(), |end| end.0.to_string());
    let sql = format!(
        "INSERT INTO role_bindings (uid, group_uid, identity_uid, role_uid, ends_at, create_time)
         VALUES ('{group}/{unique}', '{group}', '{identity}', '{}', {ends_at}, 0)
         ON CONFLICT DO NOTHING",
        role.uid()
    );
    execute(store, &sql).await;
}

/// How many writes an organization has seen.
pub(crate) async fn revision(store: &TestStore, organization: &Uidp) -> i64 {
    let sql = format!("SELECT revision FROM groups WHERE uid = '{organization}'");
    number(store, &sql).await
}
