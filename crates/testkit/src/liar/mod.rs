//! A provider that tells the truth except in one point, so that each check of the relying party is
//! the only thing that can stop it.

mod endpoints;
mod lie;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use bailiwick_server::config::{EmailSetting, ProviderConfig, ProviderKind};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value, json};

use crate::server::{listen, serve};

pub use lie::Lie;

const CLIENT: &str = "our-client";
const SECRET: &str = "the secret that both of us know, and long enough for HMAC";

/// The provider.
#[derive(Debug, Clone)]
pub struct Liar(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    address: SocketAddr,
    lie: Mutex<Lie>,
    key: Key,
    foreign: Key,
    key_fetches: AtomicU32,
    discoveries: AtomicU32,
    exchanges: AtomicU32,
}

#[derive(Debug)]
struct Key {
    pkcs8: Vec<u8>,
    point: Vec<u8>,
}

impl Key {
    fn new() -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        Self {
            pkcs8: pair.to_pkcs8v1().unwrap().as_ref().to_vec(),
            point: pair.public_key().as_ref().to_vec(),
        }
    }
}

impl Liar {
    /// Starts it, truthful for now.
    pub async fn start() -> Self {
        let (listener, address) = listen().await;
        let liar = Self(Arc::new(Shared {
            address,
            lie: Mutex::new(Lie::None),
            key: Key::new(),
            foreign: Key::new(),
            key_fetches: AtomicU32::new(0),
            discoveries: AtomicU32::new(0),
            exchanges: AtomicU32::new(0),
        }));
        let router = endpoints::router(liar.clone());
        // It ends with the test's runtime.
        drop(serve(listener, router));
        liar
    }

    /// As an entry of the configuration, with the id `liar`.
    pub fn config(&self) -> ProviderConfig {
        self.config_as("liar")
    }

    /// As an entry of the configuration, for a test with several.
    pub fn config_as(&self, id: &str) -> ProviderConfig {
        ProviderConfig {
            id: id.to_owned(),
            kind: ProviderKind::Oidc,
            name: "Liar".to_owned(),
            issuer: self.issuer(),
            client_id: CLIENT.to_owned(),
            client_secret: Some(SECRET.to_owned()),
            client_secret_file: None,
            email: EmailSetting::Claim,
            domains: Vec::new(),
            allow_insecure: true,
            allow_private: false,
            icon: None,
            development: false,
        }
    }

    /// What it lies about from now on.
    pub fn tell(&self, lie: Lie) {
        *self.0.lie.lock().unwrap() = lie;
    }

    /// How often its keys were fetched.
    pub fn key_fetches(&self) -> u32 {
        self.0.key_fetches.load(Ordering::SeqCst)
    }

    /// How often its discovery document was fetched.
    pub fn discoveries(&self) -> u32 {
        self.0.discoveries.load(Ordering::SeqCst)
    }

    /// How often it was asked for tokens.
    pub fn exchanges(&self) -> u32 {
        self.0.exchanges.load(Ordering::SeqCst)
    }

    fn lie(&self) -> Lie {
        *self.0.lie.lock().unwrap()
    }

    fn issuer(&self) -> String {
        format!("http://{}", self.0.address)
    }

    fn id_token(&self, nonce: &str) -> String {
        let claims = Value::Object(self.claims(nonce));
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some("honest".to_owned());
        let key = match self.lie() {
            Lie::ForeignKey => EncodingKey::from_ec_der(&self.0.foreign.pkcs8),
            Lie::UnknownKey => {
                header.kid = Some("never published".to_owned());
                EncodingKey::from_ec_der(&self.0.foreign.pkcs8)
            }
            Lie::HmacWithClientSecret => {
                header = Header::new(Algorithm::HS256);
                EncodingKey::from_secret(SECRET.as_bytes())
            }
            Lie::HmacWithPublicKey => {
                header = Header::new(Algorithm::HS256);
                EncodingKey::from_secret(&self.0.key.point)
            }
            _ => EncodingKey::from_ec_der(&self.0.key.pkcs8),
        };
        let token = jsonwebtoken::encode(&header, &claims, &key).unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        match self.lie() {
            Lie::UnsignedToken => {
                let (_, claims) = signed.split_once('.').unwrap();
                format!("{}.{claims}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#))
            }
            Lie::BrokenSignature => {
                let turned: String = signature.chars().rev().collect();
                format!("{signed}.{turned}")
            }
            _ => token,
        }
    }

    fn claims(&self, nonce: &str) -> Map<String, Value> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let now = now.as_secs();
        let honest = json!({
            "iss": self.issuer(), "sub": "someone", "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": nonce, "name": "Some One", "email": "someone@liar.example",
            "email_verified": true,
        });
        let Value::Object(mut claims) = honest else {
            return Map::new();
        };
        let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        match self.lie() {
            Lie::WrongAudience => set("aud", json!("another-client")),
            Lie::MoreAudiences => set("aud", json!([CLIENT, "another-client"])),
            Lie::SeveralAudiencesWithAzp => {
                set("azp", json!(CLIENT));
                set("aud", json!([CLIENT, "another-client"]))
            }
            Lie::NoAudience => claims.remove("aud"),
            Lie::AzpOfAnother => set("azp", json!("another-client")),
            Lie::WrongIssuer => set("iss", json!("https://accounts.example")),
            Lie::WrongNonce => set("nonce", json!("of another sign-in")),
            Lie::NoNonce => claims.remove("nonce"),
            Lie::Expired => set("exp", json!(now - 90)),
            Lie::ExpiredWithinSkew => set("exp", json!(now - 30)),
            Lie::NoExpiry => claims.remove("exp"),
            Lie::ExpiryAsText => set("exp", json!("tomorrow")),
            Lie::ExpiryAsDigits => set("exp", json!((now + 300).to_string())),
            Lie::ExpiryAsNull => set("exp", json!(null)),
            Lie::IssuedAsText => set("iat", json!("just now")),
            Lie::IssuedInFuture => set("iat", json!(now + 90)),
            Lie::IssuedWithinSkew => set("iat", json!(now + 30)),
            Lie::ProvedLongAgo => set("auth_time", json!(1_000_000_000)),
            Lie::ProvedNow => set("auth_time", json!(now)),
            Lie::NoIssuedAt => claims.remove("iat"),
            Lie::NoSubject => claims.remove("sub"),
            Lie::WrongAccessTokenHash => set("at_hash", json!("77QmUPtjPfzWtF2AnpK9RQ")),
            Lie::VerifiedAsText => set("email_verified", json!("true")),
            Lie::VerifiedAsNumber => set("email_verified", json!(1)),
            Lie::VerifiedAsList => set("email_verified", json!([true])),
            Lie::VerifiedAsNull => set("email_verified", json!(null)),
            Lie::NotVerified => set("email_verified", json!(false)),
            Lie::NothingSaidOfVerified => claims.remove("email_verified"),
            Lie::OtherSubjectAtUserInfo | Lie::AddressAtUserInfoOnly => claims.remove("email"),
            _ => None,
        };
        claims
    }
}
