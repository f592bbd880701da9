//! A waiting device asks whether it is signed in (RFC 8628 §3.4, §3.5).

use std::sync::Arc;
use std::time::Duration;

use bailiwick_domain::{Micros, TokenError};
use sqlx::{AnyConnection, Row as _};

use crate::clients::codes::offline;
use crate::clients::grants::{NewGrant, make};
use crate::clients::{IssuedGrant, Proof};
use crate::error::{Failure, StoreError};
use crate::secret::Secret;
use crate::store::Store;

/// By how much the interval grows, for good, when a device asks too soon.
const SLOWER: Duration = Duration::from_secs(5);
/// How much sooner than the interval a question may come: the way to us takes its time, and not
/// always the same.
const EARLY: Duration = Duration::from_millis(500);

/// A device's question.
#[derive(Debug, Clone)]
pub struct DevicePoll {
    /// What the device keeps.
    pub device_code: Secret,
    /// Which client runs on it.
    pub client_id: String,
    /// Whether the client may have refresh tokens, if it asked for them.
    pub refreshes: bool,
    /// Under which request.
    pub request_id: String,
}

impl Store {
    /// Signs a device in that was approved, once.
    ///
    /// # Errors
    /// See [`TokenError`].
    pub async fn poll_device(&self, poll: DevicePoll) -> Result<IssuedGrant, Failure<TokenError>> {
        let issuers = Arc::clone(&self.issuers);
        self.write(move |tx, now| {
            Box::pin(async move {
                let hash = poll.device_code.hash();
                let approved = sqlx::query(
                    "DELETE FROM device_codes
                     WHERE device_hash = $1 AND client_id = $2 AND state = 'APPROVED'
                         AND expire_time > $3
                     RETURNING scope, host, address, identity_uid, provider, email, auth_time",
                )
                .bind(hash.as_str())
                .bind(poll.client_id.as_str())
                .bind(now.0)
                .fetch_optional(&mut *tx)
                .await?;
                let Some(row) = approved else {
                    return Ok(Err(not_yet(tx, now, &hash, &poll.client_id).await?));
                };
                let scope: String = row.try_get("scope")?;
                let new = NewGrant {
                    proof: Proof::read(&row)?,
                    client_id: poll.client_id,
                    refreshes: poll.refreshes && offline(&scope),
                    scope,
                    by_device: true,
                    host: row.try_get("host")?,
                    address: row.try_get("address")?,
                    nonce: None,
                    request_id: poll.request_id,
                };
                let issued = make(tx, now, &issuers, new).await?;
                Ok::<_, Failure<TokenError>>(issued.ok_or(TokenError::InvalidGrant))
            })
        })
        .await?
        .map_err(Failure::Rule)
    }
}

/// Why a device is not signed in, and how fast it asks.
async fn not_yet(
    tx: &mut AnyConnection,
    now: Micros,
    device_hash: &str,
    client_id: &str,
) -> Result<TokenError, StoreError> {
    // Counting first makes questions of the same device wait for each other.
    let row = sqlx::query(
        "UPDATE device_codes SET polls = polls + 1 WHERE device_hash = $1 AND client_id = $2
         RETURNING state, poll_interval, last_poll_time, expire_time",
    )
    .bind(device_hash)
    .bind(client_id)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else {
        return Ok(TokenError::InvalidGrant);
    };
    if row.try_get::<i64, _>("expire_time")? <= now.0 {
        return Ok(TokenError::Expired);
    }
    if row.try_get::<&str, _>("state")? == "DENIED" {
        return Ok(TokenError::Denied);
    }
    let interval = Micros(row.try_get("poll_interval")?);
    let last: Option<i64> = row.try_get("last_poll_time")?;
    let is_early = last.is_some_and(|last| now.later(EARLY).0.saturating_sub(last) < interval.0);
    let interval = match is_early {
        true => interval.later(SLOWER),
        false => interval,
    };
    sqlx::query(
        "UPDATE device_codes SET poll_interval = $2, last_poll_time = $3 WHERE device_hash = $1",
    )
    .bind(device_hash)
    .bind(interval.0)
    .bind(now.0)
    .execute(tx)
    .await?;
    Ok(match is_early {
        true => TokenError::SlowDown,
        false => TokenError::Pending,
    })
}
