//! An OIDC provider: its code becomes a person, after everything that OIDC Core §3.1.3.7 asks for.

use std::time::{Duration, SystemTime};

use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, RedirectUrl, RequestTokenError, Scope,
    SignatureVerificationError, StandardErrorResponse, SubjectIdentifier, TokenResponse as _,
    UserInfoError,
};
use url::Url;

use super::discovery::Discovery;
use super::error::{UpstreamError, chain};
use super::http_client::{HttpClient, HttpError};
use super::metadata::{Metadata, RelyingParty, Tokens, UserInfo};
use super::person::Claims;
use super::{Back, Provider, Secrets, Ticket};

/// Public-key algorithms only: with `none` or HMAC anyone could sign.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 6] = [
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
];

/// How far a provider's clock may be from ours.
const SKEW: Duration = Duration::from_secs(60);
/// Asked for together with `prompt=login`. It makes the provider send `auth_time` (OIDC Core §3.1.2.1);
/// zero would make some of them ask twice.
const MAX_AGE: Duration = Duration::from_secs(60);

pub(super) async fn authorize_url(
    provider: &Provider,
    discovery: &Discovery,
    ticket: &Ticket,
    secrets: &Secrets,
    prompt: &str,
) -> Result<Url, UpstreamError> {
    let metadata = discovery.metadata().await?;
    let client = relying_party(provider, &metadata)?;
    let state = CsrfToken::new(ticket.state().expose().to_owned());
    let nonce = Nonce::new(secrets.nonce.clone());
    let mut request = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            move || state,
            move || nonce,
        )
        .add_scope(Scope::new("email".to_owned()))
        .add_scope(Scope::new("profile".to_owned()))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(
            &secrets.verifier(),
        ));
    request = match prompt {
        "login" => request
            .add_prompt(CoreAuthPrompt::Login)
            .set_max_age(MAX_AGE),
        "select_account" => request.add_prompt(CoreAuthPrompt::SelectAccount),
        _ => request,
    };
    Ok(request.url().0)
}

pub(super) async fn redeem(
    provider: &Provider,
    discovery: &Discovery,
    back: &Back<'_>,
) -> Result<Claims, UpstreamError> {
    let metadata = discovery.metadata().await?;
    let announced = metadata
        .additional_metadata()
        .authorization_response_iss_parameter_supported;
    // RFC 9207 §2.4: the mix-up defence.
    if back.iss.is_some_and(|iss| iss != provider.issuer) || (announced && back.iss.is_none()) {
        return Err(UpstreamError::Unverifiable(format!(
            "iss is {:?}",
            back.iss
        )));
    }
    let client = relying_party(provider, &metadata)?;
    let tokens = client
        .exchange_code(AuthorizationCode::new(back.code.to_owned()))
        .map_err(|error| UpstreamError::Unusable(error.to_string()))?
        .set_pkce_verifier(back.secrets.verifier())
        .request_async(&provider.http)
        .await
        .map_err(|error| not_exchanged(&error))?;
    let claims = match claims(provider, &client, &tokens, back) {
        Err(Refusal::UnknownKey) => {
            let renewed = discovery.renewed().await?;
            claims(provider, &relying_party(provider, &renewed)?, &tokens, back)
        }
        judged => judged,
    };
    let claims = claims.map_err(UpstreamError::from)?;
    complete(&client, &provider.http, &tokens, claims).await
}

fn relying_party(provider: &Provider, metadata: &Metadata) -> Result<RelyingParty, UpstreamError> {
    let redirect_uri = RedirectUrl::new(provider.redirect_uri.clone())
        .map_err(|error| UpstreamError::Unusable(error.to_string()))?;
    let client = RelyingParty::from_provider_metadata(
        metadata.clone(),
        ClientId::new(provider.client_id.clone()),
        provider
            .client_secret()
            .map(|secret| ClientSecret::new(secret.to_owned())),
    );
    Ok(client.set_redirect_uri(redirect_uri))
}

fn not_exchanged(
    error: &RequestTokenError<HttpError, StandardErrorResponse<CoreErrorResponseType>>,
) -> UpstreamError {
    let cause = chain(error);
    match error {
        RequestTokenError::ServerResponse(_) => UpstreamError::Refused(cause),
        RequestTokenError::Request(error) => UpstreamError::of_http(error, cause),
        _ => UpstreamError::Unverifiable(cause),
    }
}

/// Why an ID token is not believed.
enum Refusal {
    /// Perhaps only not known yet.
    UnknownKey,
    Clock(String),
    Stale(String),
    Other(String),
}

impl From<ClaimsVerificationError> for Refusal {
    fn from(error: ClaimsVerificationError) -> Self {
        match &error {
            ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey
                // A new key under the name of the old one, or under none.
                | SignatureVerificationError::CryptoError(_),
            ) => Self::UnknownKey,
            ClaimsVerificationError::Expired(_) => Self::Clock(chain(&error)),
            ClaimsVerificationError::InvalidAuthTime(_) => Self::Stale(chain(&error)),
            _ => Self::Other(chain(&error)),
        }
    }
}

impl From<Refusal> for UpstreamError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::UnknownKey => Self::Unverifiable(
                "ID token: no key of the provider's made this signature".to_owned(),
            ),
            Refusal::Clock(cause) => Self::Clock(cause),
            Refusal::Stale(cause) => Self::Stale(cause),
            Refusal::Other(cause) => Self::Unverifiable(format!("ID token: {cause}")),
        }
    }
}

fn claims(
    provider: &Provider,
    client: &RelyingParty,
    tokens: &Tokens,
    back: &Back<'_>,
) -> Result<Claims, Refusal> {
    let other = |text: &str| Refusal::Other(text.to_owned());
    let token = tokens.id_token().ok_or_else(|| other("there is none"))?;
    let now = SystemTime::now();
    let not_before = back.ticket.not_before();
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || (now - SKEW).into())
        .set_issue_time_verifier_fn(move |issued| match SystemTime::from(issued) > now + SKEW {
            true => Err(format!("issued at {issued}, which is yet to come")),
            false => Ok(()),
        })
        .set_auth_time_verifier_fn(move |proved| {
            // One that sends no auth_time is believed to have asked (design §3, step-up).
            let (Some(proved), Some(not_before)) = (proved, not_before) else {
                return Ok(());
            };
            match proved.timestamp() + SKEW.as_secs().cast_signed() < not_before {
                true => Err(format!("proved at {proved}, before it was asked")),
                false => Ok(()),
            }
        });
    let claims = token.claims(&verifier, &Nonce::new(back.secrets.nonce.clone()))?;
    let authorized = claims.authorized_party();
    if authorized.is_some_and(|party| party.as_str() != provider.client_id) {
        return Err(other("azp is another client"));
    }
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = token
            .signing_alg()
            .map_err(|error| Refusal::Other(chain(&error)))?;
        let key = token
            .signing_key(&verifier)
            .map_err(|error| Refusal::Other(chain(&error)))?;
        let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
            .map_err(|error| Refusal::Other(chain(&error)))?;
        if actual != *expected {
            return Err(other("at_hash is of another token"));
        }
    }
    if !is_subject(claims.subject()) {
        return Err(other("sub is no subject"));
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

/// Some providers tell name and address at userinfo only. Its `sub` must be the ID token's.
async fn complete(
    client: &RelyingParty,
    http: &HttpClient,
    tokens: &Tokens,
    claims: Claims,
) -> Result<Claims, UpstreamError> {
    if claims.email.is_some() {
        return Ok(claims);
    }
    let subject = SubjectIdentifier::new(claims.subject.clone());
    let Ok(request) = client.user_info(tokens.access_token().clone(), Some(subject)) else {
        return Ok(claims);
    };
    let info: UserInfo = request.request_async(http).await.map_err(|error| {
        let cause = format!("userinfo: {}", chain(&error));
        match &error {
            UserInfoError::Request(error) => UpstreamError::of_http(error, cause),
            _ => UpstreamError::Unverifiable(cause),
        }
    })?;
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

/// At most 255 printable ASCII characters (OIDC Core §2); a database may not even hold others.
fn is_subject(text: &str) -> bool {
    let printable = |byte: u8| (b' '..=b'~').contains(&byte);
    (1..=255).contains(&text.len()) && text.bytes().all(printable)
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
