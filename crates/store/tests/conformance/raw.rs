//! Behind the store's back: what its interface does not offer yet, or must never show.

use bailiwick_domain::{BuiltInRole, Micros, Uidp};
use bailiwick_store::{Location, Secret};
use bailiwick_testkit::TestStore;
use sqlx::{AssertSqlSafe, Row as _};

/// Runs a statement that a test wrote.
pub(crate) async fn execute(store: &TestStore, sql: &str) {
    let statement = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    let mut connection = store.database.connect().await;
    statement.execute(&mut connection).await.unwrap();
}

/// One number.
pub(crate) async fn number(store: &TestStore, sql: &str) -> i64 {
    let mut connection = store.database.connect().await;
    let row = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection);
    row.await.unwrap().try_get(0).unwrap()
}

/// One text.
pub(crate) async fn text(store: &TestStore, sql: &str) -> String {
    let mut connection = store.database.connect().await;
    let row = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection);
    row.await.unwrap().try_get(0).unwrap()
}

/// Binds any role, whatever the rules say.
pub(crate) async fn bind(
    store: &TestStore,
    identity: &Uidp,
    role: &BuiltInRole,
    group: &Uidp,
    ends_at: Option<Micros>,
) {
    bind_uid(store, identity, role.uid(), group, ends_at).await;
}

/// The same for a role by its id.
pub(crate) async fn bind_uid(
    store: &TestStore,
    identity: &Uidp,
    role: &Uidp,
    group: &Uidp,
    ends_at: Option<Micros>,
) {
    let unique = &Secret::random().unwrap().hash()[..16];
    let ends_at = ends_at.map_or("NULL".to_owned(), |end| end.0.to_string());
    let sql = format!(
        "INSERT INTO role_bindings
             (uid, group_uid, organization, identity_uid, role_uid, ends_at, create_time, own_act)
         VALUES ('{group}/{unique}', '{group}', '{}', '{identity}', '{}', {ends_at}, 0, 1)",
        group.organization(),
        role
    );
    execute(store, &sql).await;
}

/// How many writes an organization has seen.
pub(crate) async fn revision(store: &TestStore, organization: &Uidp) -> i64 {
    let sql = format!("SELECT revision FROM groups WHERE uid = '{organization}'");
    number(store, &sql).await
}

/// Whether these bytes stand anywhere in the database.
pub(crate) async fn holds(store: &TestStore, secret: &str) -> bool {
    match store.database.location() {
        Location::Sqlite(path) => [path.clone(), path.with_extension("sqlite-wal")]
            .into_iter()
            .any(|file| {
                let bytes = std::fs::read(file).unwrap();
                bytes
                    .windows(secret.len())
                    .any(|window| window == secret.as_bytes())
            }),
        Location::Postgres(_) => {
            let mut connection = store.database.connect().await;
            let tables = sqlx::query(
                "SELECT table_name::text AS name FROM information_schema.tables
                 WHERE table_schema = 'public'",
            );
            let tables = tables.fetch_all(&mut connection).await.unwrap();
            let mut found = false;
            for table in tables {
                let name: String = table.try_get("name").unwrap();
                let sql = format!("SELECT t::text AS line FROM {name} t");
                let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut connection);
                for row in rows.await.unwrap() {
                    found |= row.try_get::<String, _>("line").unwrap().contains(secret);
                }
            }
            found
        }
    }
}
