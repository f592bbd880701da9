//! The issuer's ES256 keys: made on first start, kept in the store, public halves served as JWKS.

use aws_lc_rs::digest;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use bailiwick_store::{SigningKey, Store};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::app::StartError;

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

/// The JWKS of the store's keys; the first start makes one.
pub(crate) async fn public_keys(store: &Store) -> Result<Value, StartError> {
    if store.signing_keys().await?.is_empty() {
        let Generated { kid, pkcs8, .. } = generate()?;
        store
            .add_first_signing_key(SigningKey { kid, pkcs8 })
            .await?;
    }
    let mut keys = Vec::new();
    for key in store.signing_keys().await? {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &key.pkcs8)
            .map_err(|error| StartError::Key(format!("{}: {error}", key.kid)))?;
        keys.push(jwk(&pair)?.1);
    }
    Ok(json!({ "keys": keys }))
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
