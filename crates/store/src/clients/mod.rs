//! Clients of the issuer other than the console: their requests, what a person decides about them,
//! and the grants that their tokens live by.

mod codes;
mod devices;
mod grants;
mod poll;
mod refresh;
mod requests;

use std::time::Duration;

use bailiwick_domain::{Grant, Micros, Uidp};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

pub use codes::ClientCodeRedemption;
pub use devices::{
    DEVICE_CODE_LIFE, DEVICE_POLL_INTERVAL, NewDevice, StartedDevice, WaitingDevice,
};
pub use grants::LiveGrant;
#[cfg(test)]
pub(crate) use grants::live_statement;
pub use poll::DevicePoll;
pub use refresh::RefreshToken;
pub use requests::{ClientRequest, DecidedRequest, NewClientRequest};

use crate::access::uidp;
use crate::audit::{self, Entry};
use crate::error::StoreError;
use crate::sessions::LiveSession;

/// How long an access token lives (RFC 9068 §2.2 `exp`).
pub const ACCESS_TOKEN_LIFE: Duration = Duration::from_secs(10 * 60);
/// How long a family of refresh tokens lives, used or not.
pub const REFRESH_FAMILY_LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// What a client gets tokens for.
#[derive(Debug, Clone)]
pub struct IssuedGrant {
    /// The family.
    pub grant: LiveGrant,
    /// The next refresh token, if the family has any.
    pub refresh_token: Option<RefreshToken>,
    /// The client's `nonce`, for the ID token of a code.
    pub nonce: Option<String>,
    /// What the person holds, ended bindings too.
    pub held: Vec<Grant>,
}

/// How somebody proved who they are, as a session or a code keeps it.
#[derive(Debug, Clone)]
struct Proof {
    identity: Uidp,
    provider: String,
    email: Option<String>,
    auth_time: Micros,
}

impl Proof {
    fn of(session: &LiveSession) -> Self {
        Self {
            identity: session.identity.clone(),
            provider: session.provider.clone(),
            email: session.email.clone(),
            auth_time: session.auth_time,
        }
    }

    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            identity: uidp("identity_uid", row.try_get::<&str, _>("identity_uid")?)?,
            provider: row.try_get("provider")?,
            email: row.try_get("email")?,
            auth_time: Micros(row.try_get("auth_time")?),
        })
    }
}

/// An audit row of somebody's own, outside any organization.
async fn note(
    tx: &mut AnyConnection,
    now: Micros,
    who: &Uidp,
    action: &'static str,
    request_id: &str,
    detail: &[(&'static str, &str)],
) -> Result<(), StoreError> {
    let entry = Entry {
        organization: None,
        actor: who.as_str(),
        action,
        target: who.as_str(),
        request_id,
        refusal: "",
        detail,
    };
    audit::record(tx, now, entry).await
}
