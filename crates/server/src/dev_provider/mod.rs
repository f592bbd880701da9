//! The development sign-in provider: a real OIDC provider with its own listener and origin, at which
//! one signs in by naming an address. The rest of the server reaches it only over HTTP, by the code
//! that reaches every other provider. Runs under `--dev` alone, on loopback alone.

mod authorize;
mod codes;
mod page;
mod token;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use bailiwick_store::{Example, Person};
use http::{HeaderValue, StatusCode, header};
use jsonwebtoken::EncodingKey;
use serde_json::json;

use crate::app::StartError;
use crate::json;
use crate::oauth::signing;
use codes::Codes;

/// The people of the example organization, who stand on the sign-in page.
const PEOPLE: [(&str, &str); 3] = [
    ("owner@example.com", "owner"),
    ("editor@example.com", "editor"),
    ("viewer@example.com", "viewer"),
];

/// The provider.
#[derive(Clone)]
pub struct DevProvider(Arc<Shared>);

struct Shared {
    issuer: String,
    /// The only address that codes are sent to.
    redirect_uri: String,
    /// The origin of the console: where the form's answer may lead.
    client_origin: String,
    kid: String,
    key: EncodingKey,
    jwk: serde_json::Value,
    codes: Codes,
}

impl std::fmt::Debug for DevProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DevProvider({})", self.0.issuer)
    }
}

impl DevProvider {
    /// A provider at `listen` for the server at `origin`, with a fresh key.
    ///
    /// # Errors
    /// No key could be made.
    pub fn new(listen: SocketAddr, origin: &str) -> Result<Self, StartError> {
        let generated = signing::generate()?;
        Ok(Self(Arc::new(Shared {
            issuer: format!("http://{listen}"),
            redirect_uri: format!("{origin}/oauth/callback/dev"),
            client_origin: origin.to_owned(),
            kid: generated.kid,
            key: EncodingKey::from_ec_der(&generated.pkcs8),
            jwk: generated.jwk,
            codes: Codes::default(),
        })))
    }

    /// Its pages and endpoints.
    pub fn router(self) -> Router {
        Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(jwks))
            .route("/authorize", get(authorize::page))
            .route("/sign-in", post(authorize::sign_in))
            .route("/token", post(token::token))
            .route("/style.css", get(page::style))
            .layer(axum::middleware::from_fn_with_state(self.clone(), guard))
            .with_state(self)
    }

    /// The example organization, whose people sign in here.
    pub fn example(listen: SocketAddr) -> Option<Example> {
        let name = |text: &str| text.parse().ok();
        let people = PEOPLE.iter().filter_map(|(email, role)| {
            Some((
                person(listen, email),
                bailiwick_domain::BuiltInRole::by_name(role)?,
            ))
        });
        Some(Example {
            organization: name("example")?,
            folders: ["dev", "staging", "prod"]
                .into_iter()
                .filter_map(name)
                .collect(),
            people: people.collect(),
        })
    }
}

/// The person of an address, as this provider's tokens will tell it.
fn person(listen: SocketAddr, email: &str) -> Person {
    Person {
        issuer: format!("http://{listen}"),
        subject: email.to_owned(),
        provider: "dev".to_owned(),
        name: String::new(),
        email: Some(email.to_owned()),
    }
}

/// Answers only under its own name (so that no other site can rebind to it), and never in a frame.
async fn guard(State(provider): State<DevProvider>, request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    if provider.0.issuer.strip_prefix("http://") != host {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    let mut response = next.run(request).await;
    // Chromium applies form-action to the redirect that follows the form as well.
    let csp = format!(
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self' {}",
        provider.0.client_origin
    );
    let headers = response.headers_mut();
    if let Ok(csp) = HeaderValue::from_str(&csp) {
        headers.insert(header::CONTENT_SECURITY_POLICY, csp);
    }
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn metadata(State(provider): State<DevProvider>) -> Response {
    let issuer = &provider.0.issuer;
    json::ok(&json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "scopes_supported": ["openid", "email", "profile"],
        "token_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn jwks(State(provider): State<DevProvider>) -> Response {
    json::ok(&json!({ "keys": [provider.0.jwk] }))
}
