//! What is kept of a sign-in: one file for each server, readable by its owner alone.

mod file;
mod folder;
mod lock;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

pub(crate) use folder::Folder;
pub(crate) use lock::Locked;

/// An access token that ends sooner than this is renewed before it is used.
const MARGIN: Duration = Duration::from_secs(30);

/// A sign-in at a server.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Credentials {
    /// Where it is good: the issuer.
    pub(crate) server: String,
    /// For the API.
    pub(crate) access_token: String,
    /// By this machine's clock, in seconds since 1970.
    pub(crate) access_token_ends_at: u64,
    /// Gives the next access token, once.
    pub(crate) refresh_token: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

impl Credentials {
    /// Credentials whose access token was given just now, for so long.
    pub(crate) fn new(
        server: &str,
        access_token: String,
        life: Duration,
        refresh_token: Option<String>,
    ) -> Self {
        Self {
            server: server.to_owned(),
            access_token,
            access_token_ends_at: now().saturating_add(life.as_secs()),
            refresh_token,
        }
    }

    /// Whether the access token can be used for a while.
    pub(crate) fn are_fresh(&self) -> bool {
        self.access_token_ends_at > now().saturating_add(MARGIN.as_secs())
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}
