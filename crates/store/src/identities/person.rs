//! Someone whom a provider vouches for.

use bailiwick_domain::{EmailAddress, MailboxKey, Micros, Uidp, identity_uidp};
use sqlx::AnyConnection;

use crate::error::StoreError;

/// Someone whom a provider has just vouched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The provider's issuer, exactly as configured.
    pub issuer: String,
    /// The `sub` claim. Issuer and subject alone make the identity.
    pub subject: String,
    /// The configured id of the provider.
    pub provider: String,
    /// Free text.
    pub name: String,
    /// The address, only if the provider is trusted for it.
    pub email: Option<String>,
}

impl Person {
    /// The identity's UIDP.
    pub fn uid(&self) -> Uidp {
        identity_uidp(&self.issuer, &self.subject)
    }
}

/// What is kept of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The UIDP.
    pub uid: Uidp,
    /// Free text from the provider.
    pub name: String,
}

/// Creates the identity, or brings name and address up to date.
pub(crate) async fn upsert(
    tx: &mut AnyConnection,
    person: &Person,
    now: Micros,
) -> Result<Uidp, StoreError> {
    let uid = person.uid();
    sqlx::query(
        "INSERT INTO identities (uid, issuer, subject, provider, name, email, email_key, label_key,
             create_time, last_seen_time)
         VALUES ($1, $2, $3, $4, $5, $6, $8, $9, $7, $7)
         ON CONFLICT (uid) DO UPDATE SET provider = $4, name = $5, email = $6, email_key = $8,
             label_key = $9, last_seen_time = $7",
    )
    .bind(uid.as_str())
    .bind(person.issuer.as_str())
    .bind(person.subject.as_str())
    .bind(person.provider.as_str())
    .bind(person.name.as_str())
    .bind(person.email.clone())
    .bind(now.0)
    .bind(
        person
            .email
            .as_deref()
            .and_then(mailbox_key)
            .map(|key| key.as_str().to_owned()),
    )
    .bind(label_key(&person.name, person.email.as_deref()))
    .execute(tx)
    .await?;
    Ok(uid)
}

/// What a person is found and sorted by.
fn label_key(name: &str, email: Option<&str>) -> String {
    let email = email.unwrap_or_default();
    match name.is_empty() {
        true => email.to_lowercase(),
        false => format!("{name}\n{email}").to_lowercase(),
    }
}

/// What an address that a provider vouches for is compared by; `None` when it cannot be.
pub(crate) fn mailbox_key(email: &str) -> Option<MailboxKey> {
    let address: EmailAddress = email.parse().ok()?;
    MailboxKey::of(&address).ok()
}
