//! A database of an older version is brought up to date, or left as it was.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;

use bailiwick_domain::{Uidp, owner};
use bailiwick_store::{OpenError, Store};
use bailiwick_testkit::store::{options, sign_in};
use bailiwick_testkit::{Backend, Database, TestClock};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

async fn execute(connection: &mut AnyConnection, sql: &str) {
    let statement = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    statement.execute(connection).await.unwrap();
}

/// A database as version 1 of the schema left it, with an organization, a folder and an owner.
async fn of_version_one(backend: Backend) -> (Database, Uidp, Uidp) {
    let database = Database::new(backend).await;
    if let bailiwick_store::Location::Sqlite(path) = database.location() {
        std::fs::File::create(path).unwrap();
    }
    let mut connection = database.connect().await;
    execute(
        &mut connection,
        match backend {
            Backend::Sqlite => include_str!("../migrations/sqlite/0001_initial.sql"),
            Backend::Postgres => include_str!("../migrations/postgres/0001_initial.sql"),
        },
    )
    .await;
    let root = Uidp::root([1; 20]);
    let folder = root.child([2; 8]).unwrap();
    let person = bailiwick_testkit::store::person("owner@example.com");
    execute(
        &mut connection,
        &format!(
            "CREATE TABLE schema_version (version BIGINT NOT NULL);
             INSERT INTO schema_version (version) VALUES (1);
             INSERT INTO meta (name, value) VALUES ('development', '1');
             INSERT INTO groups (uid, parent, name, create_time, update_time)
                 VALUES ('{root}', '', 'acme', 1, 1), ('{folder}', '{root}', 'dev', 2, 2);
             INSERT INTO identities (uid, issuer, subject, provider, create_time)
                 VALUES ('{who}', '{issuer}', '{subject}', 'dev', 1);
             INSERT INTO role_bindings (uid, group_uid, identity_uid, role_uid, create_time)
                 VALUES ('{root}/0000000000000003', '{root}', '{who}', '{role}', 1);",
            who = person.uid(),
            issuer = person.issuer,
            subject = person.subject,
            role = owner().uid(),
        ),
    )
    .await;
    (database, root, folder)
}

async fn open(database: &Database) -> Result<Store, OpenError> {
    let options = options(database.location(), true);
    Store::open(&options, Arc::new(TestClock::default())).await
}

async fn version(database: &Database) -> i64 {
    let mut connection = database.connect().await;
    let row = sqlx::query("SELECT MAX(version) AS version FROM schema_version");
    let row = row.fetch_one(&mut connection).await.unwrap();
    row.try_get("version").unwrap()
}

async fn upgrades(backend: Backend) {
    let (database, root, folder) = of_version_one(backend).await;
    let store = open(&database).await.unwrap();
    let owner = sign_in(&store, "owner@example.com").await.caller;
    let found = store.groups(&owner).get(&folder).await.unwrap();
    assert_eq!((found.name.as_str(), found.path.len()), ("dev", 1));
    let summary = store.groups(&owner).summary(&root).await.unwrap();
    assert_eq!((summary.children, summary.bound), (1, Some((1, 1))));
    assert_eq!(store.as_host().ownerless().await.unwrap(), []);
    let held = store.held_bindings(&owner).await.unwrap();
    let bound = store.role_bindings(&owner).get(&held[0].binding).await;
    assert!(bound.unwrap().identity.email.is_some());
    let again = open(&database).await;
    assert!(again.is_ok(), "{again:?}");
}

#[tokio::test]
async fn what_version_one_held_is_there_after_the_upgrade_on_sqlite() {
    upgrades(Backend::Sqlite).await;
}

/// No release with PostgreSQL had version 1; its steps have to run one by one all the same.
#[tokio::test]
async fn an_empty_version_one_is_upgraded_on_postgresql() {
    let (database, root, _) = of_version_one(Backend::Postgres).await;
    let mut connection = database.connect().await;
    let empty = format!(
        "DELETE FROM role_bindings; DELETE FROM groups WHERE uid <> '{root}'; DELETE FROM groups"
    );
    execute(&mut connection, &empty).await;
    let store = open(&database).await.unwrap();
    assert_eq!(store.count_groups().await.unwrap(), 0);
}

/// A step that fails in its middle leaves nothing of itself, and is taken once what stood in its
/// way is gone.
async fn is_whole_or_not_at_all(backend: Backend) {
    let (database, root, _) = of_version_one(backend).await;
    let mut connection = database.connect().await;
    if backend == Backend::Postgres {
        execute(
            &mut connection,
            "DELETE FROM role_bindings; DELETE FROM groups",
        )
        .await;
    }
    // The last table of the step.
    execute(&mut connection, "CREATE TABLE group_invites (uid TEXT)").await;
    let refused = open(&database).await;
    assert!(matches!(refused, Err(OpenError::Store(_))), "{refused:?}");
    assert_eq!(version(&database).await, 1);
    let column = sqlx::query("SELECT refusal FROM audit")
        .fetch_all(&mut connection)
        .await;
    assert!(column.is_err(), "a part of the step stayed");
    execute(&mut connection, "DROP TABLE group_invites").await;
    let store = open(&database).await.unwrap();
    assert!(version(&database).await > 1);
    if backend == Backend::Sqlite {
        let owner = sign_in(&store, "owner@example.com").await.caller;
        assert!(store.groups(&owner).get(&root).await.is_ok());
    }
}

#[tokio::test]
async fn a_step_is_whole_or_not_at_all_on_sqlite() {
    is_whole_or_not_at_all(Backend::Sqlite).await;
}

#[tokio::test]
async fn a_step_is_whole_or_not_at_all_on_postgresql() {
    is_whole_or_not_at_all(Backend::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_programs_that_start_at_once_each_finds_a_whole_database() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = Arc::new(Database::new(backend).await);
        let tasks: Vec<_> = (0..5)
            .map(|_| {
                let database = Arc::clone(&database);
                tokio::spawn(async move { open(&database).await.map(|_| ()) })
            })
            .collect();
        for task in tasks {
            let opened = task.await.unwrap();
            assert!(opened.is_ok(), "{backend:?}: {opened:?}");
        }
        assert_eq!(version(&database).await, 9);
    }
}
