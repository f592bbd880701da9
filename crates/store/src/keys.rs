//! Signing keys of our issuer.

use std::time::Duration;

use sqlx::Row as _;

use crate::act::HOST;
use crate::audit::{self, Entry};
use crate::clients::ACCESS_TOKEN_LIFE;
use crate::error::StoreError;
use crate::store::{Store, only_store};

/// How long a key is served that signs no more: as long as its tokens live, and a minute for a
/// server that has not noticed yet.
const SERVED: Duration = Duration::from_secs(ACCESS_TOKEN_LIFE.as_secs() + 60);

/// A private key of the issuer. Never served, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// Names the key in a token's header.
    pub kid: String,
    /// PKCS #8, DER.
    pub pkcs8: Vec<u8>,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.kid)
    }
}

impl Store {
    /// The key that signs, then those that are still served because tokens of theirs may live.
    ///
    /// # Errors
    /// The database failed.
    pub async fn signing_keys(&self) -> Result<Vec<SigningKey>, StoreError> {
        let rows = sqlx::query(
            "SELECT kid, pkcs8 FROM signing_keys WHERE retire_time IS NULL OR retire_time > $1
             ORDER BY CASE WHEN retire_time IS NULL THEN 0 ELSE 1 END, create_time DESC, kid",
        )
        .bind(self.now().earlier(SERVED).0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(SigningKey {
                    kid: row.try_get("kid")?,
                    pkcs8: row.try_get("pkcs8")?,
                })
            })
            .collect()
    }

    /// Lets `key` sign from now on. The one before is served until its tokens have ended; or, when it
    /// is in wrong hands, it and all that it signed are worth nothing at once.
    ///
    /// # Errors
    /// The database failed.
    pub async fn rotate_signing_key(
        &self,
        key: SigningKey,
        compromised: bool,
    ) -> Result<(), StoreError> {
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    let forgotten = match compromised {
                        true => "DELETE FROM signing_keys WHERE create_time <= $1",
                        false => "DELETE FROM signing_keys WHERE retire_time <= $1",
                    };
                    let until = match compromised {
                        true => now,
                        false => now.earlier(SERVED),
                    };
                    sqlx::query(forgotten)
                        .bind(until.0)
                        .execute(&mut *tx)
                        .await?;
                    sqlx::query(
                        "UPDATE signing_keys SET retire_time = $1 WHERE retire_time IS NULL",
                    )
                    .bind(now.0)
                    .execute(&mut *tx)
                    .await?;
                    sqlx::query(
                        "INSERT INTO signing_keys (kid, pkcs8, create_time) VALUES ($1, $2, $3)",
                    )
                    .bind(key.kid.as_str())
                    .bind(key.pkcs8)
                    .bind(now.0)
                    .execute(&mut *tx)
                    .await?;
                    let entry = Entry {
                        organization: None,
                        actor: HOST,
                        action: "signing_keys.rotate",
                        target: &key.kid,
                        request_id: "",
                        refusal: "",
                        detail: match compromised {
                            true => &[("compromised", "true")],
                            false => &[],
                        },
                    };
                    audit::record(tx, now, entry).await?;
                    Ok(())
                })
            })
            .await,
        )
    }

    /// Keeps `key` if there is none yet.
    ///
    /// # Errors
    /// The database failed.
    pub async fn add_first_signing_key(&self, key: SigningKey) -> Result<(), StoreError> {
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    // Of several servers that start at once the second waits here.
                    sqlx::query(
                        "INSERT INTO meta (name, value) VALUES ('signing_keys', 'made')
                         ON CONFLICT (name) DO UPDATE SET value = 'made'",
                    )
                    .execute(&mut *tx)
                    .await?;
                    sqlx::query(
                        "INSERT INTO signing_keys (kid, pkcs8, create_time)
                         SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT 1 FROM signing_keys)",
                    )
                    .bind(key.kid)
                    .bind(key.pkcs8)
                    .bind(now.0)
                    .execute(tx)
                    .await?;
                    Ok(())
                })
            })
            .await,
        )
    }

    /// A secret of the server that is made once and kept, as the key of page tokens.
    ///
    /// # Errors
    /// The database failed.
    pub async fn server_secret(&self, name: &'static str) -> Result<String, StoreError> {
        let fresh = crate::secret::Secret::random()?;
        only_store(
            self.write(move |tx, _| {
                Box::pin(async move {
                    sqlx::query(
                        "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                    )
                    .bind(name)
                    .bind(fresh.expose().to_owned())
                    .execute(&mut *tx)
                    .await?;
                    let row = sqlx::query("SELECT value FROM meta WHERE name = $1")
                        .bind(name)
                        .fetch_one(tx)
                        .await?;
                    Ok(row.try_get("value")?)
                })
            })
            .await,
        )
    }
}
