//! A database of a test's own, of either kind.

use bailiwick_store::{Location, Secret};
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};

use crate::Folder;

/// Names the URL of a PostgreSQL server where tests may make databases, as its superuser.
pub const POSTGRES: &str = "BAILIWICK_TEST_POSTGRES";

/// Which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file.
    Sqlite,
    /// A database on the server that [`POSTGRES`] names.
    Postgres,
}

/// An empty database that is gone with the test.
#[derive(Debug)]
pub enum Database {
    /// A file in a folder of its own.
    Sqlite(Folder),
    /// A database of this name.
    Postgres(String),
}

impl Database {
    /// Makes one.
    ///
    /// # Panics
    /// When there is no PostgreSQL server to make one on.
    pub async fn new(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => Self::Sqlite(Folder::new()),
            Backend::Postgres => {
                let name = format!("test_{}", &Secret::random().unwrap().hash()[..24]);
                run(&format!("CREATE DATABASE {name}")).await;
                Self::Postgres(name)
            }
        }
    }

    /// Which kind it is.
    pub fn backend(&self) -> Backend {
        match self {
            Self::Sqlite(_) => Backend::Sqlite,
            Self::Postgres(_) => Backend::Postgres,
        }
    }

    /// Where it is.
    pub fn location(&self) -> Location {
        match self {
            Self::Sqlite(folder) => Location::Sqlite(folder.path().join("bailiwick.sqlite")),
            Self::Postgres(name) => Location::Postgres(postgres_url(name)),
        }
    }

    /// A connection behind the store's back.
    pub async fn connect(&self) -> AnyConnection {
        sqlx::any::install_default_drivers();
        match self.location() {
            Location::Sqlite(path) => {
                let url = format!("sqlite://{}", path.display());
                let mut connection = AnyConnection::connect(&url).await.unwrap();
                let patience = sqlx::raw_sql("PRAGMA busy_timeout = 20000");
                patience.execute(&mut connection).await.unwrap();
                connection
            }
            Location::Postgres(url) => AnyConnection::connect(&url).await.unwrap(),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Postgres(name) = self {
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            // The test's own runtime may be ending.
            let thread = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build();
                runtime.unwrap().block_on(run(&drop));
            });
            let _ = thread.join();
        }
    }
}

/// The URL of a database on the tests' server.
fn postgres_url(name: &str) -> String {
    let server = std::env::var(POSTGRES).unwrap_or_else(|_| {
        panic!("no PostgreSQL for the tests: `cargo xtask test` starts one and sets {POSTGRES}; `cargo xtask postgres` starts one for other commands")
    });
    let mut url: url::Url = server.parse().unwrap();
    url.set_path(name);
    url.to_string()
}

async fn run(sql: &str) {
    sqlx::any::install_default_drivers();
    let url = postgres_url("postgres");
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    let statement = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    statement.execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
