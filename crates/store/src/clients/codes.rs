//! Authorization codes of clients become grants.

use std::sync::Arc;

use bailiwick_domain::{Micros, TokenError, Uidp};
use sqlx::{AnyConnection, Row as _};

use crate::access::uidp;
use crate::clients::grants::{NewGrant, make};
use crate::clients::{IssuedGrant, Proof, note};
use crate::error::{Failure, StoreError};
use crate::secret::Secret;
use crate::store::{Store, only_store};

/// What redeems a client's code.
#[derive(Debug, Clone)]
pub struct ClientCodeRedemption {
    /// The code.
    pub code: Secret,
    /// Which client redeems it.
    pub client_id: String,
    /// As in the authorization request.
    pub redirect_uri: String,
    /// S256 of the client's verifier.
    pub code_challenge: String,
    /// Whether the client may have refresh tokens, if it asked for them.
    pub refreshes: bool,
    /// Under which request.
    pub request_id: String,
}

/// What became of a redemption.
enum Outcome {
    Issued(Box<IssuedGrant>),
    Refused,
    /// It is not the first one, or there is no such code.
    Spent,
}

impl Store {
    /// Turns a code into a grant, once. A second time ends the grant of the first (RFC 9700 §4.5).
    ///
    /// # Errors
    /// [`TokenError::InvalidGrant`]. A code that was tried with a wrong verifier, address or client
    /// is spent: whoever has it has stolen it.
    pub async fn redeem_client_code(
        &self,
        redemption: ClientCodeRedemption,
    ) -> Result<IssuedGrant, Failure<TokenError>> {
        let (hash, request_id) = (redemption.code.hash(), redemption.request_id.clone());
        match self.spend(redemption).await? {
            Outcome::Issued(issued) => Ok(*issued),
            Outcome::Refused => Err(Failure::Rule(TokenError::InvalidGrant)),
            Outcome::Spent => {
                self.end_grant_of_code(hash, request_id).await?;
                Err(Failure::Rule(TokenError::InvalidGrant))
            }
        }
    }

    async fn spend(
        &self,
        redemption: ClientCodeRedemption,
    ) -> Result<Outcome, Failure<TokenError>> {
        let issuers = Arc::clone(&self.issuers);
        self.write(move |tx, now| {
            Box::pin(async move {
                let hash = redemption.code.hash();
                let row = sqlx::query(
                    "UPDATE client_codes SET spent = 1 WHERE code_hash = $1 AND spent = 0
                     RETURNING client_id, redirect_uri, client_nonce, code_challenge, scope,
                         identity_uid, provider, email, auth_time, expire_time",
                )
                .bind(hash.as_str())
                .fetch_optional(&mut *tx)
                .await?;
                let Some(row) = row else {
                    return Ok(Outcome::Spent);
                };
                let text = |column| row.try_get::<String, _>(column);
                if text("client_id")? != redemption.client_id
                    || text("redirect_uri")? != redemption.redirect_uri
                    // Both are hashes of what the client holds: comparing them leaks nothing of it.
                    || text("code_challenge")? != redemption.code_challenge
                    || row.try_get::<i64, _>("expire_time")? <= now.0
                {
                    return Ok(Outcome::Refused);
                }
                let scope = text("scope")?;
                let new = NewGrant {
                    proof: Proof::read(&row)?,
                    client_id: redemption.client_id,
                    refreshes: redemption.refreshes && offline(&scope),
                    scope,
                    by_device: false,
                    host: String::new(),
                    address: String::new(),
                    nonce: row.try_get("client_nonce")?,
                    request_id: redemption.request_id,
                };
                let Some(issued) = make(tx, now, &issuers, new).await? else {
                    return Ok(Outcome::Refused);
                };
                sqlx::query("UPDATE client_codes SET grant_uid = $2 WHERE code_hash = $1")
                    .bind(hash)
                    .bind(issued.grant.uid.as_str())
                    .execute(tx)
                    .await?;
                Ok(Outcome::Issued(Box::new(issued)))
            })
        })
        .await
    }

    /// In a transaction of its own: to end a grant is to lock it and then its code, so nobody may
    /// wait for a grant who holds a code. Who lost the race for one still does, on PostgreSQL.
    async fn end_grant_of_code(&self, hash: String, request_id: String) -> Result<(), StoreError> {
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    end_grant_of(tx, now, &hash, &request_id).await?;
                    Ok(())
                })
            })
            .await,
        )
    }
}

/// Whether refresh tokens were asked for (OpenID Connect Core §11).
pub(super) fn offline(scope: &str) -> bool {
    scope.split(' ').any(|word| word == "offline_access")
}

async fn end_grant_of(
    tx: &mut AnyConnection,
    now: Micros,
    code_hash: &str,
    request_id: &str,
) -> Result<(), StoreError> {
    let row = sqlx::query(
        "DELETE FROM client_grants
         WHERE uid = (SELECT grant_uid FROM client_codes WHERE code_hash = $1)
         RETURNING uid, identity_uid",
    )
    .bind(code_hash)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let grant: String = row.try_get("uid")?;
    let who: Uidp = uidp(
        "client_grants.identity_uid",
        row.try_get::<&str, _>("identity_uid")?,
    )?;
    let detail = [("grant", grant.as_str()), ("why", "code reused")];
    note(tx, now, &who, "client_grants.end", request_id, &detail).await
}
