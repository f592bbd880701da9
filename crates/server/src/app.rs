//! What every request shares, and the router.

use std::sync::Arc;

use axum::Router;
use axum::routing::any;
use bailiwick_api::routes;
use bailiwick_store::{OpenError, Store, StoreError};
use thiserror::Error;

use crate::attempts::{Attempts, DeviceAttempts};
use crate::config::{Config, CreatePolicy};
use crate::limits::Limits;
use crate::oauth::{Upstream, signing};
use crate::page_token::PageTokens;
use crate::{assets, dispatch, headers, health, host, oauth, openapi, request};

/// The server's shared state. Cheap to clone.
#[derive(Debug, Clone)]
pub struct App(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    config: Config,
    store: Store,
    upstream: Upstream,
    page_tokens: PageTokens,
    attempts: Attempts,
    device_attempts: DeviceAttempts,
    limits: Limits,
    keys: signing::Keys,
}

/// Why the server cannot start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The database.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database, later.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The signing keys.
    #[error("the signing key cannot be used: {0}")]
    Key(String),
    /// The HTTP client for providers.
    #[error("no HTTP client for the providers: {0}")]
    Client(String),
    /// The way to the mail server.
    #[error("no mail can be sent: {0}")]
    Mail(String),
}

impl StartError {
    pub(crate) fn mail(error: impl std::fmt::Display) -> Self {
        Self::Mail(error.to_string())
    }
}

impl App {
    /// Makes the state over an open store.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn new(config: Config, store: Store) -> Result<Self, StartError> {
        let upstream =
            Upstream::new(&config).map_err(|error| StartError::Client(error.to_string()))?;
        let page_tokens = PageTokens::new(&store.server_secret("page_token_key").await?);
        let keys = signing::Keys::open(&store).await?;
        let limits = Limits::new(config.limits);
        Ok(Self(Arc::new(Shared {
            config,
            store,
            upstream,
            page_tokens,
            attempts: Attempts::default(),
            device_attempts: DeviceAttempts::default(),
            limits,
            keys,
        })))
    }

    /// The whole router, with everything that holds for every answer.
    pub fn router(self) -> Router {
        let mut router = Router::new();
        for path in routes::collections() {
            router = router
                .route(path, any(dispatch::handle))
                .route(&format!("{path}/"), any(dispatch::handle))
                .route(&format!("{path}/{{*rest}}"), any(dispatch::handle));
        }
        router
            .merge(health::router())
            .merge(oauth::router(&self))
            .merge(openapi::router())
            .method_not_allowed_fallback(dispatch::only_get)
            .fallback(assets::serve)
            .layer(axum::middleware::from_fn_with_state(
                self.clone(),
                host::check,
            ))
            .layer(axum::middleware::from_fn_with_state(
                self.clone(),
                headers::add,
            ))
            .layer(axum::middleware::from_fn(request::identify))
            .with_state(self)
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    /// For sessions and sign-in, which ask for no capability. Resources go through handles.
    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn upstream(&self) -> &Upstream {
        &self.0.upstream
    }

    pub(crate) fn page_tokens(&self) -> &PageTokens {
        &self.0.page_tokens
    }

    pub(crate) fn attempts(&self) -> &Attempts {
        &self.0.attempts
    }

    pub(crate) fn device_attempts(&self) -> &DeviceAttempts {
        &self.0.device_attempts
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn keys(&self) -> &signing::Keys {
        &self.0.keys
    }

    /// Whether mail can be sent.
    pub(crate) fn sends_mail(&self) -> bool {
        self.config().smtp.is_some()
    }

    pub(crate) fn organizations_open(&self) -> bool {
        self.config().organizations.create == CreatePolicy::Anyone
    }
}
