//! Refresh tokens: each is used once, and gives the next one (RFC 9700 §4.14.2).

use std::fmt;
use std::sync::Arc;

use bailiwick_domain::{TokenError, Uidp};
use sqlx::Row as _;

use crate::access::{grants_of, uidp};
use crate::clients::grants::{LiveGrant, live};
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
        self.write(move |tx, now| {
            Box::pin(async move {
                let row = sqlx::query(
                    "UPDATE client_grants SET refresh_hash = $3, last_used_time = $4
                     WHERE family_hash = $1 AND refresh_hash = $2 AND client_id = $5
                         AND expire_time > $4
                     RETURNING uid",
                )
                .bind(family.as_str())
                .bind(used)
                .bind(fresh)
                .bind(now.0)
                .bind(client_id)
                .fetch_optional(&mut *tx)
                .await?;
                let Some(row) = row else {
                    let row = sqlx::query(
                        "DELETE FROM client_grants WHERE family_hash = $1
                         RETURNING uid, identity_uid",
                    )
                    .bind(family)
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
                let uid: Uidp = uidp("client_grants.uid", row.try_get::<&str, _>("uid")?)?;
                let Some(grant) = live(tx, now, &issuers, &uid).await? else {
                    // The token stays unused: a provider may come back into the configuration.
                    return Err(Failure::Rule(TokenError::InvalidGrant));
                };
                let held = grants_of(tx, &grant.identity, grant.by_device).await?;
                Ok(Ok(IssuedGrant {
                    grant,
                    refresh_token: Some(next),
                    nonce: None,
                    held,
                }))
            })
        })
        .await?
        .map_err(Failure::Rule)
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
