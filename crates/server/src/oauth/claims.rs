//! What our tokens say: access tokens as RFC 9068, ID tokens as OpenID Connect Core §2.

use std::collections::BTreeMap;

use bailiwick_domain::{CapabilitySet, Micros, Uidp};
use bailiwick_store::{ACCESS_TOKEN_LIFE, IssuedGrant, LiveGrant, Secret, StoreError};
use jsonwebtoken::{Algorithm, Header};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::Error;
use crate::oauth::signing::KeySet;

/// The type of an access token (RFC 9068 §2.1). No other token of ours has it.
const ACCESS_TYPE: &str = "at+jwt";
/// What a person holds is left out of the token when it is longer than this, in bytes of JSON.
const CAP_BYTES_MAX: usize = 4_096;

/// An access token's claims.
#[derive(Debug, Serialize)]
struct AccessClaims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: [&'a str; 1],
    client_id: &'a str,
    jti: &'a str,
    /// The grant, by which it is looked up.
    sid: &'a str,
    iat: i64,
    exp: i64,
    auth_time: i64,
    scope: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<bool>,
    /// Who the person is at their provider.
    act: Upstream<'a>,
    /// For others to know; the API itself asks the database.
    #[serde(skip_serializing_if = "Option::is_none")]
    cap: Option<BTreeMap<Uidp, String>>,
}

#[derive(Debug, Serialize)]
struct Upstream<'a> {
    iss: &'a str,
    sub: &'a str,
}

/// An ID token's claims.
#[derive(Debug, Serialize)]
struct IdClaims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<bool>,
}

/// What is read of an access token again. Each claim may stand once, and of this type.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Presented {
    iss: String,
    aud: Vec<String>,
    sub: Uidp,
    sid: Uidp,
    client_id: String,
    jti: String,
    iat: i64,
    pub(super) exp: i64,
}

/// An access token whose signature and claims hold. Whether its grant lives is asked next.
#[derive(Debug)]
pub(crate) struct AccessToken {
    pub(crate) grant: Uidp,
    pub(crate) identity: Uidp,
    pub(crate) client_id: String,
    pub(crate) jti: String,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
}

impl AccessToken {
    /// Whether the grant that it names is the one that it was made for.
    pub(crate) fn is_of(&self, grant: &LiveGrant) -> bool {
        grant.uid == self.grant
            && grant.identity == self.identity
            && grant.client_id == self.client_id
    }
}

/// Signs an access token.
pub(crate) fn access_token(
    app: &App,
    keys: &KeySet,
    issued: &IssuedGrant,
) -> Result<String, Error> {
    let (now, origin, grant) = (app.store().now(), app.config().origin(), &issued.grant);
    let jti = Secret::random()?;
    // Twelve bytes of the 32 are more than enough to tell tokens apart.
    let jti = jti.expose().get(..16).unwrap_or_default().to_owned();
    sign(
        keys,
        ACCESS_TYPE,
        &AccessClaims {
            iss: &origin,
            sub: grant.identity.as_str(),
            aud: [&origin],
            client_id: &grant.client_id,
            jti: &jti,
            sid: grant.uid.as_str(),
            iat: now.seconds(),
            exp: expiry(grant, now).seconds(),
            auth_time: grant.auth_time.seconds(),
            scope: &grant.scope,
            email: grant.email.as_deref(),
            email_verified: grant.email.as_ref().map(|_| true),
            act: Upstream {
                iss: &grant.upstream_issuer,
                sub: &grant.upstream_subject,
            },
            cap: capabilities(issued, now),
        },
    )
}

/// Signs an ID token.
pub(crate) fn id_token(app: &App, keys: &KeySet, issued: &IssuedGrant) -> Result<String, Error> {
    let (now, origin, grant) = (app.store().now(), app.config().origin(), &issued.grant);
    sign(
        keys,
        "JWT",
        &IdClaims {
            iss: &origin,
            sub: grant.identity.as_str(),
            aud: &grant.client_id,
            iat: now.seconds(),
            exp: expiry(grant, now).seconds(),
            auth_time: grant.auth_time.seconds(),
            nonce: issued.nonce.as_deref(),
            name: &grant.name,
            email: grant.email.as_deref(),
            email_verified: grant.email.as_ref().map(|_| true),
        },
    )
}

/// When a token that is made now ends: never after its grant.
pub(crate) fn expiry(grant: &LiveGrant, now: Micros) -> Micros {
    now.later(ACCESS_TOKEN_LIFE).min(grant.expire_time)
}

/// What the person holds now, by group; `None` when that is too long for a header.
fn capabilities(issued: &IssuedGrant, now: Micros) -> Option<BTreeMap<Uidp, String>> {
    let mut held: BTreeMap<Uidp, CapabilitySet> = BTreeMap::new();
    for grant in &issued.held {
        if grant.ends_at.is_none_or(|end| now < end) {
            let here = held.entry(grant.group.clone()).or_default();
            *here = here.union(&grant.capabilities);
        }
    }
    let wire: BTreeMap<Uidp, String> = held
        .into_iter()
        .map(|(group, capabilities)| (group, capabilities.to_wire()))
        .collect();
    let bytes: usize = wire
        .iter()
        .map(|(group, set)| group.as_str().len() + set.len() + 6)
        .sum();
    (bytes <= CAP_BYTES_MAX).then_some(wire)
}

fn sign(keys: &KeySet, kind: &str, claims: &impl Serialize) -> Result<String, Error> {
    let mut header = Header::new(Algorithm::ES256);
    header.typ = Some(kind.to_owned());
    header.kid = Some(keys.kid.clone());
    jsonwebtoken::encode(&header, claims, &keys.signs).map_err(|error| Error::internal(&error))
}

/// Checks signature and claims of an access token. `None` for anything that is not one of ours, or
/// not for this API, or not in its time.
pub(crate) async fn verify(app: &App, token: &str) -> Result<Option<AccessToken>, StoreError> {
    let claims = match app.keys().seen(app.store(), token).await? {
        Some(claims) => claims,
        None => match signed(app, token).await? {
            Some(claims) => claims,
            None => return Ok(None),
        },
    };
    let (now, origin) = (app.store().now(), app.config().origin());
    let in_time = Micros::from_seconds(claims.exp) > now;
    if claims.iss != origin || claims.aud != [origin] || !in_time {
        return Ok(None);
    }
    Ok(Some(AccessToken {
        grant: claims.sid,
        identity: claims.sub,
        client_id: claims.client_id,
        jti: claims.jti,
        iat: claims.iat,
        exp: claims.exp,
    }))
}

/// What a token says, if one of our keys has signed it as an access token.
async fn signed(app: &App, token: &str) -> Result<Option<Presented>, StoreError> {
    let Ok(header) = jsonwebtoken::decode_header(token) else {
        return Ok(None);
    };
    // `crit` names what must be understood (RFC 7515 §4.1.11), and we understand none of it.
    let (true, true, None, Some(kid)) = (
        header.alg == Algorithm::ES256,
        header.typ.as_deref() == Some(ACCESS_TYPE),
        header.crit,
        header.kid,
    ) else {
        return Ok(None);
    };
    let mut keys = app.keys().fresh(app.store()).await?;
    if !keys.verify.contains_key(&kid) {
        keys = app.keys().for_unknown(app.store()).await?;
    }
    let Some(key) = keys.verify.get(&kid) else {
        return Ok(None);
    };
    let mut rules = jsonwebtoken::Validation::new(Algorithm::ES256);
    // Times are compared by the store's clock, and the rest with the claims as they are typed below.
    rules.validate_exp = false;
    rules.validate_aud = false;
    let Ok(decoded) = jsonwebtoken::decode::<Presented>(token, key, &rules) else {
        return Ok(None);
    };
    app.keys().keep(app.store(), token, kid, &decoded.claims);
    Ok(Some(decoded.claims))
}
