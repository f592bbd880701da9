//! The way from `/oauth/authorize` to a session: a login transaction, then an authorization code,
//! each consumed by one statement (rule 4).

use std::time::Duration;

use bailiwick_domain::{Micros, Uidp};
use sqlx::Row as _;
use thiserror::Error;

use crate::access::uidp;
use crate::audit::{self, Entry};
use crate::error::{Failure, StoreError};
use crate::identities::{self, Person};
use crate::secret::{Secret, random_bytes};
use crate::sessions::{SESSION_ABSOLUTE, note_end};
use crate::store::{Store, only_store};

/// How long a person may take at the provider.
const LOGIN_LIFE: Duration = Duration::from_secs(10 * 60);
/// How long a code may be redeemed (RFC 9700 §4.5 asks for a short life).
const CODE_LIFE: Duration = Duration::from_secs(60);

/// A checked authorization request, on its way to a provider.
#[derive(Debug, Clone)]
pub struct NewLogin {
    /// The provider's configured id.
    pub provider: String,
    /// The client.
    pub client_id: String,
    /// One of the client's registered URIs.
    pub redirect_uri: String,
    /// The client's `state`.
    pub client_state: String,
    /// The client's `nonce`.
    pub client_nonce: String,
    /// S256 (RFC 7636 §4.2).
    pub code_challenge: String,
}

/// A login transaction that has been taken out; it cannot be taken again.
#[derive(Debug, Clone)]
pub struct LoginTransaction {
    /// What was asked for.
    pub login: NewLogin,
}

/// A person has come back from the provider.
#[derive(Debug, Clone)]
pub struct AuthorizedLogin {
    /// What the client had asked for.
    pub login: NewLogin,
    /// Who it is.
    pub person: Person,
}

/// What redeems a code.
#[derive(Debug, Clone)]
pub struct CodeRedemption {
    /// The code.
    pub code: Secret,
    /// For which client.
    pub client_id: String,
    /// S256 of the client's verifier.
    pub code_challenge: String,
    /// Under which request.
    pub request_id: String,
    /// The session that the browser had before; it ends in the same transaction.
    pub replaces: Option<Secret>,
    /// What the browser calls itself, to tell sessions apart; may be empty.
    pub browser: String,
    /// Where it is.
    pub address: String,
}

/// Why a code gives no session. One message: which part was wrong is nobody's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SignInError {
    /// Unknown, used, expired, of another client or with another verifier.
    #[error("This sign-in has expired or was used already. Sign in again.")]
    InvalidCode,
    /// By `bailiwick admin identity suspend`.
    #[error("This account is suspended here. Ask whoever runs this server.")]
    Suspended,
}

impl Store {
    /// Remembers a login under the hash of `state`, for the browser that holds `browser`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn begin_login(
        &self,
        state: &Secret,
        browser: &Secret,
        login: NewLogin,
    ) -> Result<(), StoreError> {
        let (state, browser) = (state.hash(), browser.hash());
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM login_transactions WHERE expire_time <= $1")
                        .bind(now.0)
                        .execute(&mut *tx)
                        .await?;
                    sqlx::query(
                        "INSERT INTO login_transactions (state_hash, browser_hash, provider,
                             client_id, redirect_uri, client_state, client_nonce, code_challenge,
                             expire_time)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                    )
                    .bind(state)
                    .bind(browser)
                    .bind(login.provider)
                    .bind(login.client_id)
                    .bind(login.redirect_uri)
                    .bind(login.client_state)
                    .bind(login.client_nonce)
                    .bind(login.code_challenge)
                    .bind(now.later(LOGIN_LIFE).0)
                    .execute(tx)
                    .await?;
                    Ok(())
                })
            })
            .await,
        )
    }

    /// Takes a login out, once, by the browser that began it and for the provider it went to.
    ///
    /// # Errors
    /// The database failed. Anything else is `None`.
    pub async fn take_login(
        &self,
        state: &Secret,
        browser: &Secret,
        provider: &str,
    ) -> Result<Option<LoginTransaction>, StoreError> {
        let (state, browser, provider) = (state.hash(), browser.hash(), provider.to_owned());
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    let row = sqlx::query(
                        "DELETE FROM login_transactions
                         WHERE state_hash = $1 AND browser_hash = $2 AND provider = $3
                             AND expire_time > $4
                         RETURNING provider, client_id, redirect_uri, client_state, client_nonce,
                             code_challenge",
                    )
                    .bind(state)
                    .bind(browser)
                    .bind(provider)
                    .bind(now.0)
                    .fetch_optional(tx)
                    .await?;
                    let Some(row) = row else { return Ok(None) };
                    Ok(Some(LoginTransaction {
                        login: NewLogin {
                            provider: row.try_get("provider")?,
                            client_id: row.try_get("client_id")?,
                            redirect_uri: row.try_get("redirect_uri")?,
                            client_state: row.try_get("client_state")?,
                            client_nonce: row.try_get("client_nonce")?,
                            code_challenge: row.try_get("code_challenge")?,
                        },
                    }))
                })
            })
            .await,
        )
    }

    /// Records who came back, and gives the client a code for it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn authorize_login(&self, authorized: AuthorizedLogin) -> Result<Secret, StoreError> {
        let code = Secret::random()?;
        let hash = code.hash();
        only_store(
            self.write(move |tx, now| {
                Box::pin(async move {
                    let AuthorizedLogin { login, person } = authorized;
                    let identity = identities::upsert(tx, &person, now).await?;
                    sqlx::query("DELETE FROM authorization_codes WHERE expire_time <= $1")
                        .bind(now.0)
                        .execute(&mut *tx)
                        .await?;
                    sqlx::query(
                        "INSERT INTO authorization_codes (code_hash, client_id, redirect_uri,
                             client_nonce, code_challenge, identity_uid, provider, email,
                             auth_time, expire_time)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                    )
                    .bind(hash)
                    .bind(login.client_id)
                    .bind(login.redirect_uri)
                    .bind(login.client_nonce)
                    .bind(login.code_challenge)
                    .bind(identity.as_str())
                    .bind(person.provider)
                    .bind(person.email)
                    .bind(now.0)
                    .bind(now.later(CODE_LIFE).0)
                    .execute(tx)
                    .await?;
                    Ok(())
                })
            })
            .await,
        )?;
        Ok(code)
    }

    /// Turns a code into a session, once. Answers the cookie's secret and the client's nonce.
    ///
    /// # Errors
    /// [`SignInError::InvalidCode`]. A code that was tried with a wrong verifier is spent: whoever
    /// has it has stolen it.
    pub async fn redeem_code(
        &self,
        redemption: CodeRedemption,
    ) -> Result<(Secret, String), Failure<SignInError>> {
        let secret = Secret::random()?;
        let (hash, public) = (secret.hash(), Uidp::root(random_bytes::<20>()?));
        let nonce = self
            .write(move |tx, now| {
                Box::pin(async move {
                    let Some(code) = spend(tx, &redemption, now).await? else {
                        return Ok(Err(SignInError::InvalidCode));
                    };
                    if is_suspended(tx, &code.identity).await? {
                        return Ok(Err(SignInError::Suspended));
                    }
                    if let Some(before) = &redemption.replaces {
                        end_replaced(tx, before, &redemption.request_id, now).await?;
                    }
                    sqlx::query("DELETE FROM sessions WHERE expire_time <= $1")
                        .bind(now.0)
                        .execute(&mut *tx)
                        .await?;
                    sqlx::query(
                        "INSERT INTO sessions (secret_hash, public_id, identity_uid, provider,
                             email, auth_time, create_time, expire_time, last_seen_time, browser,
                             address)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7, $9, $10)",
                    )
                    .bind(hash)
                    .bind(public.as_str())
                    .bind(code.identity.as_str())
                    .bind(code.provider.as_str())
                    .bind(code.email)
                    .bind(code.auth_time.0)
                    .bind(now.0)
                    .bind(now.later(SESSION_ABSOLUTE).0)
                    .bind(redemption.browser)
                    .bind(redemption.address)
                    .execute(&mut *tx)
                    .await?;
                    audit::record(
                        tx,
                        now,
                        Entry {
                            organization: None,
                            actor: code.identity.as_str(),
                            action: "sessions.create",
                            target: code.identity.as_str(),
                            request_id: &redemption.request_id,
                            refusal: "",
                            detail: &[("provider", &code.provider), ("session", public.as_str())],
                        },
                    )
                    .await?;
                    Ok::<_, Failure<SignInError>>(Ok(code.nonce))
                })
            })
            .await?;
        let nonce = nonce.map_err(Failure::Rule)?;
        Ok((secret, nonce))
    }
}

async fn end_replaced(
    tx: &mut sqlx::AnyConnection,
    before: &Secret,
    request_id: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let row = sqlx::query(
        "DELETE FROM sessions WHERE secret_hash = $1 RETURNING identity_uid, public_id",
    )
    .bind(before.hash())
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let whose = uidp(
        "sessions.identity_uid",
        row.try_get::<&str, _>("identity_uid")?,
    )?;
    note_end(tx, now, &whose, row.try_get("public_id")?, request_id).await
}

async fn is_suspended(tx: &mut sqlx::AnyConnection, identity: &Uidp) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT suspended FROM identities WHERE uid = $1")
        .bind(identity.as_str())
        .fetch_one(tx)
        .await?;
    Ok(row.try_get::<i64, _>("suspended")? != 0)
}

struct SpentCode {
    identity: Uidp,
    provider: String,
    email: Option<String>,
    auth_time: Micros,
    nonce: String,
}

async fn spend(
    tx: &mut sqlx::AnyConnection,
    redemption: &CodeRedemption,
    now: Micros,
) -> Result<Option<SpentCode>, StoreError> {
    let row = sqlx::query(
        "DELETE FROM authorization_codes
         WHERE code_hash = $1 AND client_id = $2 AND expire_time > $3
         RETURNING identity_uid, provider, email, auth_time, client_nonce, code_challenge",
    )
    .bind(redemption.code.hash())
    .bind(redemption.client_id.as_str())
    .bind(now.0)
    .fetch_optional(tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let challenge: String = row.try_get("code_challenge")?;
    // Both sides are hashes of what the client holds: comparing them in plain leaks nothing of it.
    if challenge != redemption.code_challenge {
        return Ok(None);
    }
    Ok(Some(SpentCode {
        identity: uidp(
            "authorization_codes.identity_uid",
            row.try_get::<&str, _>("identity_uid")?,
        )?,
        provider: row.try_get("provider")?,
        email: row.try_get("email")?,
        auth_time: Micros(row.try_get("auth_time")?),
        nonce: row.try_get("client_nonce")?,
    }))
}
