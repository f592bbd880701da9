//! Listening, until the machine asks to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use bailiwick_store::{Location, OpenError, Options, Store, SystemClock};
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::{App, StartError};
use crate::config::{Config, Database};
use crate::dev_provider::DevProvider;
use crate::mail::Mailer;

/// Why the server ended.
#[derive(Debug, Error)]
pub enum ServeError {
    /// It could not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The folder of the database cannot be made.
    #[error("cannot make the folder {path}: {cause}")]
    Folder {
        /// Which.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// Another program listens there, most likely.
    #[error("cannot listen on {address}: {cause}. Choose another with {flag}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        cause: std::io::Error,
        /// What changes it.
        flag: &'static str,
    },
    /// The listener failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl From<OpenError> for ServeError {
    fn from(error: OpenError) -> Self {
        Self::Start(error.into())
    }
}

impl From<bailiwick_store::StoreError> for ServeError {
    fn from(error: bailiwick_store::StoreError) -> Self {
        Self::Start(error.into())
    }
}

/// Opens the database of a configuration; a SQLite file is made where there is none.
///
/// # Errors
/// See [`ServeError`].
pub async fn open_store(config: &Config) -> Result<Store, ServeError> {
    let options = Options {
        location: location(&config.database)?,
        development: config.development.is_some(),
        issuers: config.issuers(),
        mail: config.smtp.is_some(),
    };
    Ok(Store::open(&options, Arc::new(SystemClock)).await?)
}

/// Serves until SIGINT or SIGTERM. `ready` is told the console's URL once everything listens.
///
/// # Errors
/// See [`ServeError`].
pub async fn serve(config: Config, ready: impl FnOnce(&str)) -> Result<(), ServeError> {
    let listener = listen(config.listen, "--port or `listen`").await?;
    let store = open_store(&config).await?;
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        signal().await;
        let _ = stop.send(true);
    });
    let provider = match config.development {
        Some(development) => {
            if let Some(example) = DevProvider::example(development.provider) {
                store.seed(example).await?;
            }
            let listener = listen(development.provider, "--provider-port").await?;
            let provider = DevProvider::new(development.provider, &config.origin())?;
            Some(tokio::spawn(run(
                listener,
                provider.router(),
                stopped.clone(),
            )))
        }
        None => None,
    };
    for (uid, name) in store.as_host().ownerless().await? {
        tracing::warn!(
            organization = name,
            %uid,
            "nobody who can sign in owns this organization for good; `bailiwick admin owner-invite` or `bailiwick admin bind` helps"
        );
    }
    let mailer = match Mailer::new(&config, &store)? {
        Some(mailer) => Some(tokio::spawn(mailer.run(stopped.clone()))),
        None => {
            store.outbox().give_up().await?;
            None
        }
    };
    let url = config.origin();
    let app = App::new(config, store).await?;
    ready(&url);
    run(listener, app.router(), stopped).await?;
    if let Some(provider) = provider {
        provider.abort();
    }
    if let Some(mailer) = mailer {
        mailer.abort();
    }
    Ok(())
}

/// What the store opens for `database`. The folder of a file is made.
fn location(database: &Database) -> Result<Location, ServeError> {
    match database {
        Database::Sqlite(path) => {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(|cause| ServeError::Folder {
                    path: folder.display().to_string(),
                    cause,
                })?;
            }
            Ok(Location::Sqlite(path.clone()))
        }
        Database::Postgres(url) => Ok(Location::Postgres(url.expose().to_owned())),
    }
}

async fn listen(address: SocketAddr, flag: &'static str) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address)
        .await
        .map_err(|cause| ServeError::Listen {
            address,
            cause,
            flag,
        })
}

async fn run(
    listener: TcpListener,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) -> Result<(), std::io::Error> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            let _ = stopped.wait_for(|stopped| *stopped).await;
        })
        .await
}

async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
