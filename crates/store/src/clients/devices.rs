//! Devices that wait to be signed in, and what a person decides about them (RFC 8628 §3.1, §3.3).

use std::time::Duration;

use bailiwick_domain::{DeviceError, DeviceStartError, Micros, UserCode, signed_in_recently};
use sqlx::{AnyConnection, Row as _};

use crate::clients::{Proof, note};
use crate::error::{Failure, StoreError};
use crate::notices::{self, Approved};
use crate::secret::{Secret, hash, random_bytes};
use crate::sessions::LiveSession;
use crate::store::Store;

/// How long a code lives.
pub const DEVICE_CODE_LIFE: Duration = Duration::from_secs(900);
/// How long a device waits between two questions, at first.
pub const DEVICE_POLL_INTERVAL: Duration = Duration::from_secs(5);
/// How long after its end a device is still told that its code has expired.
const REMEMBERED: Duration = Duration::from_secs(900);
/// How many devices may wait that asked from one address.
const WAITING_PER_ADDRESS: i64 = 100;
/// How many devices may wait in all.
const WAITING_IN_ALL: i64 = 10_000;
/// How many user codes are tried before there is none to be had.
const TRIES: usize = 8;

/// A device that asks to be signed in.
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// Which client runs on it.
    pub client_id: String,
    /// What is granted, with single spaces.
    pub scope: String,
    /// What it says it is; may be empty.
    pub host: String,
    /// Where it asks from.
    pub address: String,
}

/// What a device gets to begin with.
#[derive(Debug, Clone)]
pub struct StartedDevice {
    /// The device keeps this.
    pub device_code: Secret,
    /// A person carries this to `/activate`.
    pub user_code: UserCode,
}

/// A device as a person is shown it.
#[derive(Debug, Clone)]
pub struct WaitingDevice {
    /// Which client runs on it.
    pub client_id: String,
    /// What it says it is; may be empty.
    pub host: String,
    /// Where it asked from.
    pub address: String,
    /// When it asked.
    pub create_time: Micros,
    /// When its code ends.
    pub expire_time: Micros,
}

impl Store {
    /// Lets a device wait.
    ///
    /// # Errors
    /// See [`DeviceStartError`].
    pub async fn start_device(
        &self,
        device: NewDevice,
    ) -> Result<StartedDevice, Failure<DeviceStartError>> {
        self.write(move |tx, now| {
            Box::pin(async move {
                sqlx::query("DELETE FROM device_codes WHERE expire_time <= $1")
                    .bind(now.earlier(REMEMBERED).0)
                    .execute(&mut *tx)
                    .await?;
                if is_full(tx, now, &device.address).await? {
                    return Err(Failure::Rule(DeviceStartError::TooMany));
                }
                let device_code = Secret::random()?;
                for _ in 0..TRIES {
                    let Some(user_code) = UserCode::from_random(&random_bytes::<64>()?) else {
                        continue;
                    };
                    if insert(tx, now, &device, &device_code, user_code).await? {
                        return Ok(StartedDevice {
                            device_code,
                            user_code,
                        });
                    }
                }
                Err(Failure::Rule(DeviceStartError::TooMany))
            })
        })
        .await
    }

    /// Shows a waiting device to a person; from then on nobody else sees or decides it.
    ///
    /// # Errors
    /// See [`DeviceError`].
    pub async fn inspect_device(
        &self,
        session: &LiveSession,
        user_code: UserCode,
    ) -> Result<WaitingDevice, Failure<DeviceError>> {
        let who = session.identity.clone();
        self.write(move |tx, now| {
            Box::pin(async move {
                let row = sqlx::query(
                    "UPDATE device_codes SET identity_uid = $2
                     WHERE user_code_hash = $1 AND state = 'WAITING' AND expire_time > $3
                         AND (identity_uid IS NULL OR identity_uid = $2)
                     RETURNING client_id, host, address, create_time, expire_time",
                )
                .bind(hash(&user_code.to_string()))
                .bind(who.as_str())
                .bind(now.0)
                .fetch_optional(tx)
                .await?
                .ok_or(Failure::Rule(DeviceError::Unknown))?;
                Ok(WaitingDevice {
                    client_id: row.try_get("client_id")?,
                    host: row.try_get("host")?,
                    address: row.try_get("address")?,
                    create_time: Micros(row.try_get("create_time")?),
                    expire_time: Micros(row.try_get("expire_time")?),
                })
            })
        })
        .await
    }

    /// Approves or denies a device, once, by the person who looked at it first.
    ///
    /// # Errors
    /// See [`DeviceError`].
    pub async fn decide_device(
        &self,
        session: &LiveSession,
        user_code: UserCode,
        approves: bool,
        request_id: &str,
    ) -> Result<(), Failure<DeviceError>> {
        let (proof, request_id) = (Proof::of(session), request_id.to_owned());
        let sends_mail = self.sends_mail;
        self.write(move |tx, now| {
            Box::pin(async move {
                if approves {
                    signed_in_recently(proof.auth_time, now)
                        .map_err(|step_up| Failure::Rule(step_up.into()))?;
                }
                let (state, action) = match approves {
                    true => ("APPROVED", "devices.approve"),
                    false => ("DENIED", "devices.deny"),
                };
                let row = sqlx::query(
                    "UPDATE device_codes
                     SET state = $4, provider = $5, email = $6, auth_time = $7
                     WHERE user_code_hash = $1 AND state = 'WAITING' AND identity_uid = $2
                         AND expire_time > $3
                     RETURNING client_id, host, address",
                )
                .bind(hash(&user_code.to_string()))
                .bind(proof.identity.as_str())
                .bind(now.0)
                .bind(state)
                .bind(proof.provider)
                .bind(proof.email.as_deref())
                .bind(proof.auth_time.0)
                .fetch_optional(&mut *tx)
                .await?
                .ok_or(Failure::Rule(DeviceError::Unknown))?;
                let client_id: &str = row.try_get("client_id")?;
                let (host, address) = (row.try_get("host")?, row.try_get("address")?);
                if let Some(recipient) = proof.email.as_deref()
                    && approves
                    && sends_mail
                {
                    let approved = Approved {
                        recipient,
                        client_id,
                        host,
                        address,
                    };
                    notices::put(tx, now, approved).await?;
                }
                let detail = [("client", client_id), ("host", host), ("address", address)];
                note(tx, now, &proof.identity, action, &request_id, &detail).await?;
                Ok(())
            })
        })
        .await
    }
}

async fn is_full(tx: &mut AnyConnection, now: Micros, address: &str) -> Result<bool, StoreError> {
    let from_there = sqlx::query(
        "SELECT COUNT(*) AS waiting FROM device_codes WHERE address = $1 AND expire_time > $2",
    )
    .bind(address)
    .bind(now.0)
    .fetch_one(&mut *tx)
    .await?;
    let in_all = sqlx::query("SELECT COUNT(*) AS waiting FROM device_codes WHERE expire_time > $1")
        .bind(now.0)
        .fetch_one(tx)
        .await?;
    Ok(
        from_there.try_get::<i64, _>("waiting")? >= WAITING_PER_ADDRESS
            || in_all.try_get::<i64, _>("waiting")? >= WAITING_IN_ALL,
    )
}

/// False when the user code is another's.
async fn insert(
    tx: &mut AnyConnection,
    now: Micros,
    device: &NewDevice,
    device_code: &Secret,
    user_code: UserCode,
) -> Result<bool, StoreError> {
    let interval = i64::try_from(DEVICE_POLL_INTERVAL.as_micros()).unwrap_or(i64::MAX);
    let done = sqlx::query(
        "INSERT INTO device_codes (device_hash, user_code_hash, client_id, scope, host, address,
             state, poll_interval, create_time, expire_time)
         VALUES ($1, $2, $3, $4, $5, $6, 'WAITING', $7, $8, $9) ON CONFLICT DO NOTHING",
    )
    .bind(device_code.hash())
    .bind(hash(&user_code.to_string()))
    .bind(device.client_id.as_str())
    .bind(device.scope.as_str())
    .bind(device.host.as_str())
    .bind(device.address.as_str())
    .bind(interval)
    .bind(now.0)
    .bind(now.later(DEVICE_CODE_LIFE).0)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}
