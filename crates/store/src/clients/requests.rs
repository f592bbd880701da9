//! Authorization requests that wait for a person.

use std::time::Duration;

use bailiwick_domain::{AuthorizationError, Micros};
use sqlx::Row as _;

use crate::clients::{Proof, note};
use crate::error::{Failure, StoreError};
use crate::secret::Secret;
use crate::sessions::LiveSession;
use crate::store::{Store, only_store};

/// How long a person may take to decide.
const REQUEST_LIFE: Duration = Duration::from_secs(10 * 60);
/// How long a code may be redeemed (RFC 9700 §4.5 asks for a short life).
const CODE_LIFE: Duration = Duration::from_secs(60);

/// A checked request of a client.
#[derive(Debug, Clone)]
pub struct NewClientRequest {
    /// The client.
    pub client_id: String,
    /// One of the client's registered URIs, with its own port where that may vary.
    pub redirect_uri: String,
    /// The client's `state`, if it sent one.
    pub client_state: Option<String>,
    /// The client's `nonce`, if it sent one.
    pub client_nonce: Option<String>,
    /// S256 (RFC 7636 §4.2).
    pub code_challenge: String,
    /// What is granted, with single spaces.
    pub scope: String,
    /// How long ago the person may have proved who they are when it is made (OpenID Connect Core
    /// §3.1.2.1 `max_age`); zero for anew (`prompt=login`).
    pub max_age: Option<Duration>,
}

/// A request as a person is shown it.
#[derive(Debug, Clone)]
pub struct ClientRequest {
    /// The client.
    pub client_id: String,
    /// Where the person would go.
    pub redirect_uri: String,
    /// When it is too late to decide.
    pub expire_time: Micros,
}

/// A request that was decided: where the person goes now.
#[derive(Debug, Clone)]
pub struct DecidedRequest {
    /// The client's address.
    pub redirect_uri: String,
    /// The client's `state`, if it sent one.
    pub client_state: Option<String>,
    /// The code, if the person allowed it.
    pub code: Option<Secret>,
}

impl Store {
    /// Remembers a client's request. Answers the name that it goes by.
    ///
    /// # Errors
    /// The database failed.
    pub async fn begin_client_request(
        &self,
        request: NewClientRequest,
    ) -> Result<Secret, StoreError> {
        let id = Secret::random()?;
        let hash = id.hash();
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM authorization_requests WHERE expire_time <= $1")
                        .bind(now.0)
                        .execute(&mut *tx)
                        .await?;
                    sqlx::query(
                        "INSERT INTO authorization_requests (id_hash, client_id, redirect_uri,
                             client_state, client_nonce, code_challenge, scope, expire_time,
                             auth_after)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                    )
                    .bind(hash)
                    .bind(request.client_id)
                    .bind(request.redirect_uri)
                    .bind(request.client_state)
                    .bind(request.client_nonce)
                    .bind(request.code_challenge)
                    .bind(request.scope)
                    .bind(now.later(REQUEST_LIFE).0)
                    .bind(request.max_age.map_or(0, |age| now.earlier(age).0))
                    .execute(tx)
                    .await?;
                    Ok(())
                })
            })
            .await,
        )?;
        Ok(id)
    }

    /// Shows a request to a person; from then on nobody else sees or decides it.
    ///
    /// # Errors
    /// See [`AuthorizationError`].
    pub async fn inspect_client_request(
        &self,
        session: &LiveSession,
        id: &Secret,
    ) -> Result<ClientRequest, Failure<AuthorizationError>> {
        let (who, hash) = (session.identity.clone(), id.hash());
        self.write(move |tx, now| {
            Box::pin(async move {
                let row = sqlx::query(
                    "UPDATE authorization_requests SET identity_uid = $2
                     WHERE id_hash = $1 AND expire_time > $3
                         AND (identity_uid IS NULL OR identity_uid = $2)
                     RETURNING client_id, redirect_uri, expire_time",
                )
                .bind(hash)
                .bind(who.as_str())
                .bind(now.0)
                .fetch_optional(tx)
                .await?
                .ok_or(Failure::Rule(AuthorizationError::Unknown))?;
                Ok(ClientRequest {
                    client_id: row.try_get("client_id")?,
                    redirect_uri: row.try_get("redirect_uri")?,
                    expire_time: Micros(row.try_get("expire_time")?),
                })
            })
        })
        .await
    }

    /// Decides a request, once, by the person who looked at it first.
    ///
    /// # Errors
    /// See [`AuthorizationError`].
    pub async fn decide_client_request(
        &self,
        session: &LiveSession,
        id: &Secret,
        allows: bool,
        request_id: &str,
    ) -> Result<DecidedRequest, Failure<AuthorizationError>> {
        let (proof, hash, request_id) = (Proof::of(session), id.hash(), request_id.to_owned());
        let code = Secret::random()?;
        self.write(move |tx, now| {
            Box::pin(async move {
                let row = sqlx::query(
                    "DELETE FROM authorization_requests
                     WHERE id_hash = $1 AND identity_uid = $2 AND expire_time > $3
                     RETURNING client_id, redirect_uri, client_state, client_nonce,
                         code_challenge, scope, auth_after",
                )
                .bind(hash)
                .bind(proof.identity.as_str())
                .bind(now.0)
                .fetch_optional(&mut *tx)
                .await?
                .ok_or(Failure::Rule(AuthorizationError::Unknown))?;
                let auth_after = Micros(row.try_get("auth_after")?);
                if allows && proof.auth_time < auth_after {
                    return Err(Failure::Rule(AuthorizationError::StepUp));
                }
                let client: String = row.try_get("client_id")?;
                let redirect_uri: String = row.try_get("redirect_uri")?;
                let action = match allows {
                    true => "authorization.allow",
                    false => "authorization.deny",
                };
                let detail = [("client", client.as_str())];
                note(tx, now, &proof.identity, action, &request_id, &detail).await?;
                if allows {
                    sqlx::query(
                        "DELETE FROM client_codes WHERE expire_time <= $1 AND grant_uid IS NULL",
                    )
                    .bind(now.0)
                    .execute(&mut *tx)
                    .await?;
                    sqlx::query(
                        "INSERT INTO client_codes (code_hash, client_id, redirect_uri,
                             client_nonce, code_challenge, scope, identity_uid, provider, email,
                             auth_time, expire_time)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                    )
                    .bind(code.hash())
                    .bind(client.as_str())
                    .bind(redirect_uri.as_str())
                    .bind(row.try_get::<Option<String>, _>("client_nonce")?)
                    .bind(row.try_get::<String, _>("code_challenge")?)
                    .bind(row.try_get::<String, _>("scope")?)
                    .bind(proof.identity.as_str())
                    .bind(proof.provider)
                    .bind(proof.email)
                    .bind(proof.auth_time.0)
                    .bind(now.later(CODE_LIFE).0)
                    .execute(tx)
                    .await?;
                }
                Ok(DecidedRequest {
                    redirect_uri,
                    client_state: row.try_get("client_state")?,
                    code: allows.then_some(code),
                })
            })
        })
        .await
    }
}
