//! Signing keys of our issuer.

use sqlx::Row as _;

use crate::error::StoreError;
use crate::store::{Store, only_store};

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
    /// All keys, newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn signing_keys(&self) -> Result<Vec<SigningKey>, StoreError> {
        let rows =
            sqlx::query("SELECT kid, pkcs8 FROM signing_keys ORDER BY create_time DESC, kid")
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
