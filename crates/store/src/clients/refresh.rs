//! Refresh tokens: each is used once, and gives the next one (RFC 9700 §4.14.2).

use std::fmt;
use std::sync::Arc;

use bailiwick_domain::TokenError;
use sqlx::Row as _;

use crate::access::{grants_of, uidp};
use crate::clients::grants::{LiveGrant, rotate_statement};
use crate::clients::{IssuedGrant, note};
use crate::error::{Failure, StoreError};
use crate::secret::Secret;
use crate::store::Store;

/// How every refresh token begins.
const PREFIX: &str = "bwr_";
/// 256 bits as base64url.
const HALF: usize = 43;

/// A refresh token: a part that all of a family share, by which a used one is recognized, and a
/// part that is its own. Both are 256 random bits.
#[derive(Clone)]
pub struct RefreshToken {
    family: Secret,
    own: Secret,
}

impl RefreshToken {
    /// The first of a family.
    pub(super) fn random() -> Result<Self, StoreError> {
        Ok(Self {
            family: Secret::random()?,
            own: Secret::random()?,
        })
    }

    /// What a client sent, if it has the form of one.
    pub fn from_client(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(PREFIX)?;
        if rest.len() != 2 * HALF {
            return None;
        }
        let (family, own) = rest.split_at_checked(HALF)?;
        Some(Self {
            family: Secret::from_client(family),
            own: Secret::from_client(own),
        })
    }

    /// The token as the client gets it.
    pub fn expose(&self) -> String {
        format!("{PREFIX}{}{}", self.family.expose(), self.own.expose())
    }

    /// As family and token are stored.
    pub(super) fn hashes(&self) -> (String, String) {
        (self.family.hash(), self.own.hash())
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken(…)")
    }
}

impl Store {
    /// Takes a refresh token and gives the next one. One that was used before is stolen, or the
    /// next one is: the family ends. So does one that comes by another client.
    ///
    /// # Errors
    /// [`TokenError::InvalidGrant`].
    pub async fn refresh(
        &self,
        token: &RefreshToken,
        client_id: &str,
        request_id: &str,
    ) -> Result<IssuedGrant, Failure<TokenError>> {
        let next = RefreshToken {
            family: token.family.clone(),
            own: Secret::random()?,
        };
        let (family, used) = token.hashes();
        let (_, fresh) = next.hashes();
        let (client_id, request_id) = (client_id.to_owned(), request_id.to_owned());
        let issuers = Arc::clone(&self.issuers);
        let rotated = self.write(move |tx, now| {
            Box::pin(async move {
                let row = sqlx::query(sqlx::AssertSqlSafe(rotate_statement()))
                    .bind(family.as_str())
                    .bind(used.as_str())
                    .bind(fresh)
                    .bind(now.0)
                    .bind(client_id.as_str())
                    .fetch_optional(&mut *tx)
                    .await?;
                let Some(row) = row else {
                    // The token of a suspended person stays unused: the suspension may end.
                    let row = sqlx::query(
                        "DELETE FROM client_grants WHERE family_hash = $1
                             AND NOT (refresh_hash = $2 AND client_id = $3 AND expire_time > $4)
                         RETURNING uid, identity_uid",
                    )
                    .bind(family)
                    .bind(used)
                    .bind(client_id)
                    .bind(now.0)
                    .fetch_optional(&mut *tx)
                    .await?;
                    if let Some(row) = row {
                        let grant: String = row.try_get("uid")?;
                        let who = uidp(
                            "client_grants.identity_uid",
                            row.try_get::<&str, _>("identity_uid")?,
                        )?;
                        let detail = [("grant", grant.as_str()), ("why", "refresh token reused")];
                        note(tx, now, &who, "client_grants.end", &request_id, &detail).await?;
                    }
                    return Ok(Err(TokenError::InvalidGrant));
                };
                let grant = LiveGrant::read(&row)?;
                if !issuers.contains(&grant.upstream_issuer) {
                    // The token stays unused: a provider may come back into the configuration.
                    return Err(Failure::Rule(TokenError::InvalidGrant));
                }
                Ok(Ok(grant))
            })
        });
        let grant = rotated.await?.map_err(Failure::Rule)?;
        // What the person holds informs others only, so it need not keep the writer.
        let mut reader = self.readers.acquire().await.map_err(StoreError::from)?;
        let held = grants_of(&mut reader, &grant.identity, grant.by_device).await?;
        Ok(IssuedGrant {
            grant,
            refresh_token: Some(next),
            nonce: None,
            held,
        })
    }

    /// The grant of a refresh token that could be used now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn grant_of_refresh_token(
        &self,
        token: &RefreshToken,
    ) -> Result<Option<LiveGrant>, StoreError> {
        let (family, own) = token.hashes();
        let found = self.find_grant("family_hash", &family).await?;
        Ok(found.filter(|grant| grant.refresh_hash.as_deref() == Some(&own)))
    }
}
