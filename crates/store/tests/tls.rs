//! PostgreSQL over TLS: verified, or not at all.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;

use bailiwick_store::{Location, Store};
use bailiwick_testkit::store::options;
use bailiwick_testkit::{Backend, Database, TestClock};
use sqlx::{AnyConnection, Connection as _, Row as _};

/// Names the certificate of the authority that vouches for the tests' server.
const AUTHORITY: &str = "BAILIWICK_TEST_POSTGRES_CA";

fn authority() -> String {
    std::env::var(AUTHORITY).unwrap_or_else(|_| {
        panic!("no certificate of the PostgreSQL for the tests: `cargo xtask postgres` sets {AUTHORITY}")
    })
}

fn url(database: &Database, parameters: &str) -> String {
    let Location::Postgres(url) = database.location() else {
        panic!("this is no PostgreSQL");
    };
    format!("{url}?{parameters}")
}

async fn open(url: String) -> Result<Store, String> {
    let options = options(Location::Postgres(url), true);
    let opened = Store::open(&options, Arc::new(TestClock::default())).await;
    opened.map_err(|error| error.to_string())
}

#[tokio::test]
async fn a_server_that_the_authority_vouches_for_is_spoken_to_in_secret() {
    let database = Database::new(Backend::Postgres).await;
    let verified = url(
        &database,
        &format!("sslmode=verify-full&sslrootcert={}", authority()),
    );
    let store = open(verified.clone()).await.unwrap();
    assert_eq!(store.count_groups().await.unwrap(), 0);
    let mut connection = AnyConnection::connect(&verified).await.unwrap();
    let row = sqlx::query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        .fetch_one(&mut connection);
    assert!(row.await.unwrap().try_get::<bool, _>("ssl").unwrap());
}

#[tokio::test]
async fn a_server_that_nobody_known_vouches_for_is_not_spoken_to() {
    let database = Database::new(Backend::Postgres).await;
    let error = open(url(&database, "sslmode=verify-full"))
        .await
        .unwrap_err();
    assert!(error.to_lowercase().contains("certificate"), "{error}");
}
