//! Listening, until the machine asks to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use axum_server::tls_rustls::RustlsConfig;
use bailiwick_store::{Location, OpenError, Options, Store, SystemClock};
use thiserror::Error;
use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::app::{App, StartError};
use crate::config::{Config, Database, TlsError};
use crate::dev_provider::DevProvider;
use crate::listen::run;
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
    /// The certificate, since the configuration was read.
    #[error(transparent)]
    Tls(#[from] TlsError),
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
        told_to_stop().await;
        tracing::info!("stopping: requests that have begun are answered");
        let _ = stop.send(true);
    });
    let provider = match config.development {
        Some(development) => {
            if let Some(example) = DevProvider::example(development.provider) {
                store.seed(example).await?;
            }
            let listener = listen(development.provider, "--provider-port").await?;
            let provider = DevProvider::new(development.provider, &config.origin())?;
            let stopped = stopped.clone();
            Some(tokio::spawn(run(
                listener,
                None,
                provider.router(),
                stopped,
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
    let tls = secure(&config)?;
    #[cfg(unix)]
    if config.development.is_none() {
        tokio::spawn(follow(config.clone(), tls.clone()));
    }
    let app = App::new(config, store).await?;
    ready(&url);
    run(listener, tls, app.router(), stopped).await?;
    if let Some(provider) = provider {
        provider.abort();
    }
    if let Some(mailer) = mailer {
        mailer.abort();
    }
    Ok(())
}

/// What TLS goes by, if the server speaks it itself.
fn secure(config: &Config) -> Result<Option<RustlsConfig>, ServeError> {
    let Some(tls) = &config.tls else {
        if !config.listen.ip().is_loopback() {
            tracing::warn!(
                listen = %config.listen,
                "it listens in the clear: let nobody but a proxy with TLS reach it, or give it `[tls]`"
            );
        }
        return Ok(None);
    };
    let loaded = tls.load(&config.base_url)?;
    Ok(Some(RustlsConfig::from_config(loaded)))
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

/// Ends at SIGINT or SIGTERM.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminate) = signal(SignalKind::terminate()) {
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = interrupt.await;
}

/// Reads the certificate anew at each SIGHUP. One that cannot be used changes nothing. Without a
/// certificate the signal must not end the server all the same.
#[cfg(unix)]
async fn follow(config: Config, serving: Option<RustlsConfig>) {
    let Ok(mut hangup) = signal(SignalKind::hangup()) else {
        return;
    };
    while hangup.recv().await.is_some() {
        let (Some(tls), Some(serving)) = (&config.tls, &serving) else {
            tracing::info!("there is no certificate to read again");
            continue;
        };
        match tls.load(&config.base_url) {
            Ok(fresh) => {
                serving.reload_from_config(fresh);
                tracing::info!("the certificate was read again");
            }
            Err(error) => {
                tracing::error!(
                    cause = error.to_string(),
                    "the certificate was not read again: the one before stays in use"
                );
            }
        }
    }
}
