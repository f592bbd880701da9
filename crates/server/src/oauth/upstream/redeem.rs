//! A provider's code becomes a person, after everything that OIDC Core §3.1.3.7 asks for.

use bailiwick_domain::vouched_email;
use bailiwick_store::Person;
use openidconnect::core::CoreJwsSigningAlgorithm;
use openidconnect::{
    AccessTokenHash, AuthorizationCode, Nonce, OAuth2TokenResponse as _, TokenResponse as _,
};

use super::metadata::{RelyingParty, Tokens, UserInfo};
use super::{FRESH, Provider, REFETCH_EVERY, Secrets, Upstream, UpstreamError, chain};

/// Public-key algorithms only: with `none` or HMAC anyone could sign.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 6] = [
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
];

/// The longest name that we keep, in characters.
const NAME_MAX: usize = 200;

struct Claims {
    subject: String,
    name: Option<String>,
    email: Option<String>,
    email_verified: bool,
    hosted_domain: Option<String>,
}

impl Upstream {
    /// Redeems `code` at the provider and says who came.
    pub(crate) async fn redeem(
        &self,
        provider: &str,
        code: &str,
        iss: Option<&str>,
        secrets: &Secrets,
    ) -> Result<Person, UpstreamError> {
        let id = provider.to_owned();
        let provider = self.provider(provider)?;
        let metadata = provider.metadata(&self.http, FRESH).await?;
        let announced = metadata
            .additional_metadata()
            .authorization_response_iss_parameter_supported;
        // RFC 9207 §2.4: the mix-up defence.
        if iss.is_some_and(|iss| iss != provider.issuer) || (announced && iss.is_none()) {
            return Err(UpstreamError::Issuer(iss.map(str::to_owned)));
        }
        let client = provider.relying_party(metadata)?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| UpstreamError::Configuration(error.to_string()))?
            .set_pkce_verifier(secrets.verifier())
            .request_async(&self.http)
            .await
            .map_err(|error| UpstreamError::Token(chain(&error)))?;
        let claims = match claims(&client, &tokens, secrets) {
            Ok(claims) => claims,
            // The provider may have changed its keys since we fetched them.
            Err(UpstreamError::IdToken(_)) => {
                let fresh = provider.metadata(&self.http, REFETCH_EVERY).await?;
                claims(&provider.relying_party(fresh)?, &tokens, secrets)?
            }
            Err(error) => return Err(error),
        };
        let claims = self.complete(&client, &tokens, claims).await?;
        Ok(person(id, provider, claims))
    }

    /// Some providers tell name and address at userinfo only. Its `sub` must be the ID token's.
    async fn complete(
        &self,
        client: &RelyingParty,
        tokens: &Tokens,
        claims: Claims,
    ) -> Result<Claims, UpstreamError> {
        if claims.email.is_some() {
            return Ok(claims);
        }
        let subject = openidconnect::SubjectIdentifier::new(claims.subject.clone());
        let Ok(request) = client.user_info(tokens.access_token().clone(), Some(subject)) else {
            return Ok(claims);
        };
        let info: UserInfo = request
            .request_async(&self.http)
            .await
            .map_err(|error| UpstreamError::UserInfo(chain(&error)))?;
        Ok(Claims {
            subject: claims.subject,
            name: claims
                .name
                .or_else(|| Some(info.name()?.get(None)?.as_str().to_owned())),
            email: info.email().map(|email| email.as_str().to_owned()),
            email_verified: info.email_verified() == Some(true),
            hosted_domain: claims
                .hosted_domain
                .or_else(|| info.additional_claims().hd.clone()),
        })
    }
}

fn claims(
    client: &RelyingParty,
    tokens: &Tokens,
    secrets: &Secrets,
) -> Result<Claims, UpstreamError> {
    let token = tokens.id_token().ok_or(UpstreamError::NoIdToken)?;
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
    let refused = |error: &dyn std::error::Error| UpstreamError::IdToken(chain(error));
    let claims = token
        .claims(&verifier, &Nonce::new(secrets.nonce.clone()))
        .map_err(|error| refused(&error))?;
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|error| refused(&error))?;
        let key = token
            .signing_key(&verifier)
            .map_err(|error| refused(&error))?;
        let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
            .map_err(|error| refused(&error))?;
        if actual != *expected {
            return Err(UpstreamError::IdToken(
                "at_hash is of another token".to_owned(),
            ));
        }
    }
    if !is_subject(claims.subject()) {
        return Err(UpstreamError::IdToken("sub is no subject".to_owned()));
    }
    Ok(Claims {
        subject: claims.subject().to_string(),
        name: claims
            .name()
            .and_then(|name| Some(name.get(None)?.as_str().to_owned())),
        email: claims.email().map(|email| email.as_str().to_owned()),
        email_verified: claims.email_verified() == Some(true),
        hosted_domain: claims.additional_claims().hd.clone(),
    })
}

/// At most 255 printable ASCII characters (OIDC Core §2); a database may not even hold others.
fn is_subject(text: &str) -> bool {
    let printable = |byte: u8| (b' '..=b'~').contains(&byte);
    (1..=255).contains(&text.len()) && text.bytes().all(printable)
}

fn person(id: String, provider: &Provider, claims: Claims) -> Person {
    let email = vouched_email(
        &provider.email,
        &provider.issuer,
        claims.email.as_deref(),
        claims.email_verified,
        claims.hosted_domain.as_deref(),
    );
    Person {
        issuer: provider.issuer.clone(),
        subject: claims.subject,
        provider: id,
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

#[cfg(test)]
mod tests {
    use super::is_subject;

    #[test]
    fn a_subject_is_short_printable_ascii() {
        for good in [
            "1",
            "auth0|5f7c8ec7c33c6c004bbafe82",
            "a@example.com",
            "with space",
        ] {
            assert!(is_subject(good), "{good}");
        }
        let long = "a".repeat(256);
        for bad in ["", "a\0b", "line\nbreak", "\u{202e}abc", "é", long.as_str()] {
            assert!(!is_subject(bad), "{bad:?}");
        }
    }
}
