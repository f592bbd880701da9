//! Something that looks like a GitHub Enterprise server, as far as signing in goes: pages for the
//! browser, an access token for a code with PKCE, and the two questions to its API.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use bailiwick_server::config::{EmailSetting, ProviderConfig, ProviderKind};
use http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};

use crate::browser::challenge;
use crate::http::form;
use crate::server::{listen, serve};

const CLIENT: &str = "Iv1.8a61f9b3a7aba766";
const SECRET: &str = "the secret that both of us know";
const TOKEN: &str = "gho_16C7e42F292c6912E7710c838347Ae178B4a";

/// The server.
#[derive(Debug, Clone)]
pub struct Github(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    address: SocketAddr,
    user: Mutex<Value>,
    emails: Mutex<Value>,
    iss: Mutex<Option<String>>,
    /// Of the last authorization request.
    asked: Mutex<Parameters>,
}

type Parameters = std::collections::HashMap<String, String>;

impl Github {
    /// Starts it, with nobody signed in.
    pub async fn start() -> Self {
        let (listener, address) = listen().await;
        let github = Self(Arc::new(Shared {
            address,
            user: Mutex::new(Value::Null),
            emails: Mutex::new(json!([])),
            iss: Mutex::default(),
            asked: Mutex::default(),
        }));
        let router = Router::new()
            .route("/login/oauth/authorize", get(authorize))
            .route("/login/oauth/access_token", post(token))
            .route("/api/v3/user", get(user))
            .route("/api/v3/user/emails", get(emails))
            .with_state(github.clone());
        // It ends with the test's runtime.
        drop(serve(listener, router));
        github
    }

    /// As an entry of the configuration, with the id `github`.
    pub fn config(&self) -> ProviderConfig {
        ProviderConfig {
            id: "github".to_owned(),
            kind: ProviderKind::Github,
            name: "GitHub".to_owned(),
            issuer: self.base(),
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

    /// Its base URL.
    pub fn base(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// Whoever comes from now on is this account, with these addresses.
    pub fn is(&self, user: Value, emails: Value) {
        *self.0.user.lock().unwrap() = user;
        *self.0.emails.lock().unwrap() = emails;
    }

    /// What it says its issuer is; nothing at first, as older servers do.
    pub fn says_iss(&self, iss: &str) {
        *self.0.iss.lock().unwrap() = Some(iss.to_owned());
    }

    /// A parameter of the last authorization request.
    pub fn asked(&self, name: &str) -> Option<String> {
        self.0.asked.lock().unwrap().get(name).cloned()
    }
}

/// The person is signed in there and has agreed before.
async fn authorize(State(github): State<Github>, Query(asked): Query<Parameters>) -> Redirect {
    let mut answer = vec![("code", "a code"), ("state", &*asked["state"])];
    let iss = github.0.iss.lock().unwrap().clone();
    if let Some(iss) = &iss {
        answer.push(("iss", iss));
    }
    let to = format!("{}?{}", asked["redirect_uri"], form(&answer));
    *github.0.asked.lock().unwrap() = asked;
    Redirect::to(&to)
}

/// A refusal is 200 here, and JSON only for whoever asks for it.
async fn token(
    State(github): State<Github>,
    headers: HeaderMap,
    Form(sent): Form<Parameters>,
) -> Response {
    let asked = github.0.asked.lock().unwrap().clone();
    let is_right = sent["client_id"] == CLIENT
        && sent["client_secret"] == SECRET
        && sent["code"] == "a code"
        && sent["redirect_uri"] == asked["redirect_uri"]
        && challenge(&sent["code_verifier"]) == asked["code_challenge"];
    if headers[header::ACCEPT] != "application/json" {
        return form(&[("access_token", TOKEN)]).into_response();
    }
    match is_right {
        true => {
            Json(json!({ "access_token": TOKEN, "token_type": "bearer", "scope": "user:email" }))
        }
        false => Json(json!({ "error": "bad_verification_code" })),
    }
    .into_response()
}

async fn user(State(github): State<Github>, headers: HeaderMap) -> Response {
    answer(&headers, &github.0.user)
}

async fn emails(State(github): State<Github>, headers: HeaderMap) -> Response {
    answer(&headers, &github.0.emails)
}

/// GitHub's API answers nobody who does not say what program they are.
fn answer(headers: &HeaderMap, what: &Mutex<Value>) -> Response {
    if !headers.contains_key(header::USER_AGENT) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if headers[header::AUTHORIZATION] != format!("Bearer {TOKEN}") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(what.lock().unwrap().clone()).into_response()
}
