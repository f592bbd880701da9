//! What a provider says about a person becomes who they are here.

use bailiwick_domain::vouched_email;
use bailiwick_store::Person;

use super::Provider;

/// The longest name that we keep, in characters.
const NAME_MAX: usize = 200;

/// What a provider told, checked to be the provider's.
#[derive(Debug)]
pub(super) struct Claims {
    pub(super) subject: String,
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    /// Whether it was there as JSON `true`.
    pub(super) email_verified: bool,
    /// Google's hosted domain.
    pub(super) hosted_domain: Option<String>,
}

impl Provider {
    pub(super) fn person(&self, claims: Claims) -> Person {
        let email = vouched_email(
            &self.email,
            &self.issuer,
            claims.email.as_deref(),
            claims.email_verified,
            claims.hosted_domain.as_deref(),
        );
        Person {
            issuer: self.issuer.clone(),
            subject: claims.subject,
            provider: self.id.clone(),
            name: claims
                .name
                .unwrap_or_default()
                .chars()
                .filter(|letter| !letter.is_control())
                .take(NAME_MAX)
                .collect(),
            email: email.map(|email| email.to_string()),
        }
    }
}
