//! The issuer's ES256 keys: made on first start, kept in the store, public halves served as JWKS.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use aws_lc_rs::digest;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use bailiwick_domain::Micros;
use bailiwick_store::{SigningKey, Store, StoreError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde_json::{Value, json};

use crate::app::StartError;
use crate::oauth::claims::Presented;
use crate::oauth::seen::{Known, Seen};

/// An ES256 key pair and its public half as a JWK (RFC 7517).
pub(crate) struct Generated {
    pub(crate) kid: String,
    pub(crate) pkcs8: Vec<u8>,
    pub(crate) jwk: Value,
}

/// A fresh key.
pub(crate) fn generate() -> Result<Generated, StartError> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
        .map_err(|error| StartError::Key(error.to_string()))?;
    let pkcs8 = pair
        .to_pkcs8v1()
        .map_err(|error| StartError::Key(error.to_string()))?
        .as_ref()
        .to_vec();
    let (kid, jwk) = jwk(&pair)?;
    Ok(Generated { kid, pkcs8, jwk })
}

/// The keys as they stood in the store when they were read.
pub(crate) struct KeySet {
    /// Signs; the newest.
    pub(crate) kid: String,
    pub(crate) signs: EncodingKey,
    /// All that are served, by their id.
    pub(crate) verify: HashMap<String, DecodingKey>,
    pub(crate) jwks: Value,
}

impl fmt::Debug for KeySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeySet({})", self.kid)
    }
}

/// How long the keys are believed before the store is asked again: another process may have made a
/// new one, or dropped one that is in wrong hands.
const FRESH: Duration = Duration::from_secs(5);

/// The keys that this process goes by, and when they were read.
#[derive(Debug)]
pub(crate) struct Keys {
    known: RwLock<(Micros, Arc<KeySet>)>,
    seen: Seen,
}

impl Keys {
    /// Reads the store's keys; the first start makes one.
    pub(crate) async fn open(store: &Store) -> Result<Self, StartError> {
        if store.signing_keys().await?.is_empty() {
            store.add_first_signing_key(new_signing_key()?).await?;
        }
        let read_at = store.now();
        Ok(Self {
            known: RwLock::new((read_at, Arc::new(read(store).await?))),
            seen: Seen::default(),
        })
    }

    /// What a token says whose signature was found right before, by a key that is still served.
    pub(super) async fn seen(
        &self,
        store: &Store,
        token: &str,
    ) -> Result<Option<Presented>, StoreError> {
        let Some(known) = self.seen.get(token) else {
            return Ok(None);
        };
        let keys = self.fresh(store).await?;
        let is_served = keys.verify.contains_key(&known.kid);
        Ok(is_served.then_some(known.claims))
    }

    /// Remembers a token that the key `kid` has signed.
    pub(super) fn keep(&self, store: &Store, token: &str, kid: String, claims: &Presented) {
        let claims = claims.clone();
        self.seen.keep(token, Known { kid, claims }, store.now());
    }

    /// The keys, read again if that is due.
    pub(crate) async fn fresh(&self, store: &Store) -> Result<Arc<KeySet>, StoreError> {
        let (read_at, keys) = self.known();
        let now = store.now();
        // A clock that jumped back must not make them last.
        if now < read_at.later(FRESH) && now >= read_at {
            return Ok(keys);
        }
        self.reload(store).await
    }

    /// The keys for a token that names one which is not among them.
    pub(crate) async fn for_unknown(&self, store: &Store) -> Result<Arc<KeySet>, StoreError> {
        let (read_at, keys) = self.known();
        match store.now() >= read_at.later(Duration::from_secs(1)) {
            true => self.reload(store).await,
            false => Ok(keys),
        }
    }

    fn known(&self) -> (Micros, Arc<KeySet>) {
        self.known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn reload(&self, store: &Store) -> Result<Arc<KeySet>, StoreError> {
        let read_at = store.now();
        let keys = match read(store).await {
            Ok(keys) => Arc::new(keys),
            Err(StartError::Store(error)) => return Err(error),
            // What cannot be used signs nothing; those that could be stay.
            Err(error) => {
                tracing::error!(cause = error.to_string(), "signing keys not read");
                self.known().1
            }
        };
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        *known = (read_at, Arc::clone(&keys));
        Ok(keys)
    }
}

/// A fresh key for the store.
///
/// # Errors
/// The operating system has no random bytes.
pub fn new_signing_key() -> Result<SigningKey, StartError> {
    let Generated { kid, pkcs8, .. } = generate()?;
    Ok(SigningKey { kid, pkcs8 })
}

async fn read(store: &Store) -> Result<KeySet, StartError> {
    let mut jwks = Vec::new();
    let mut verify = HashMap::new();
    let mut signs = None;
    for key in store.signing_keys().await? {
        let unusable = |error: &dyn fmt::Display| StartError::Key(format!("{}: {error}", key.kid));
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &key.pkcs8)
            .map_err(|error| unusable(&error))?;
        let (_, jwk) = jwk(&pair)?;
        let part = |name: &str| jwk[name].as_str().unwrap_or_default();
        let decoding = DecodingKey::from_ec_components(part("x"), part("y"))
            .map_err(|error| unusable(&error))?;
        verify.insert(key.kid.clone(), decoding);
        jwks.push(jwk);
        if signs.is_none() {
            signs = Some((key.kid, EncodingKey::from_ec_der(&key.pkcs8)));
        }
    }
    let (kid, signs) = signs.ok_or_else(|| StartError::Key("there is none".to_owned()))?;
    Ok(KeySet {
        kid,
        signs,
        verify,
        jwks: json!({ "keys": jwks }),
    })
}

/// The public half. The point is 0x04, then x and y of 32 bytes each (SEC 1 §2.3.3); the key id is
/// its thumbprint's first half.
fn jwk(pair: &EcdsaKeyPair) -> Result<(String, Value), StartError> {
    let point = pair.public_key().as_ref();
    let (Some(x), Some(y)) = (point.get(1..33), point.get(33..65)) else {
        return Err(StartError::Key(
            "unexpected form of the public point".to_owned(),
        ));
    };
    let hash = digest::digest(&digest::SHA256, point);
    let kid = URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16]);
    let value = json!({
        "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": kid,
        "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
    });
    Ok((kid, value))
}
