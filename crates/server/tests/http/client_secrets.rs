//! Clients with a secret: who they are, what they may ask, and what they may end.

use bailiwick_server::{ClientConfig, GrantType};
use bailiwick_testkit::{Answer, Ask, Browser, TestServer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::client::{CLI, call, error, part, post, refresh, signed_in};
use crate::world::{expect, text};

const SECRET: &str = "a secret: with/ every+thing";
/// SHA-256 of [`SECRET`].
fn secret_sha256() -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, SECRET.as_bytes());
    digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

async fn server() -> (TestServer, Browser) {
    let client = |id: &str, introspect| ClientConfig {
        id: id.to_owned(),
        name: id.to_owned(),
        secret_sha256: Some(secret_sha256()),
        redirect_uris: vec!["https://wiki.example.com/callback".to_owned()],
        grants: vec![GrantType::AuthorizationCode],
        introspect,
    };
    let server = TestServer::start_with(|config| {
        config.oauth.clients = vec![client("gate", true), client("wiki", false)];
    })
    .await;
    let browser = server.signed_in("owner@example.com").await;
    (server, browser)
}

async fn introspect(server: &TestServer, token: &str) -> Answer {
    post(
        server,
        "/oauth/introspect",
        &[
            ("client_id", "gate"),
            ("client_secret", SECRET),
            ("token", token),
        ],
    )
    .await
}

/// What is worth nothing is told nothing of.
async fn inactive(server: &TestServer, token: &str, what: &str) {
    let answer = introspect(server, token).await;
    expect(&answer, 200, what);
    assert_eq!(answer.json(), json!({ "active": false }), "{what}");
}

#[tokio::test]
async fn a_token_is_worth_something_as_long_as_its_sign_in_lives() {
    let (server, mut browser) = server().await;
    let tokens = signed_in(&server, &mut browser).await;
    let (access, fresh) = (
        text(&tokens, "access_token"),
        text(&tokens, "refresh_token"),
    );
    let answer = introspect(&server, &access).await;
    expect(&answer, 200, "active");
    let told = answer.json();
    assert_eq!(told["active"], true);
    assert_eq!(told["client_id"], CLI);
    assert_eq!(told["token_type"], "Bearer");
    assert_eq!(told["aud"], json!([server.base_url]));
    assert_eq!(
        told["exp"].as_i64().unwrap() - told["iat"].as_i64().unwrap(),
        600
    );
    assert_eq!(introspect(&server, &fresh).await.json()["active"], true);
    let used = fresh;
    let next = refresh(&server, &used).await.json();
    inactive(&server, &used, "a used refresh token").await;
    for (what, token) in [
        ("an ID token", text(&tokens, "id_token")),
        ("cut short", access[..access.len() - 1].to_owned()),
        ("longer", format!("{access}A")),
        ("another case", access.to_lowercase()),
        ("nonsense", "nonsense".to_owned()),
    ] {
        inactive(&server, &token, what).await;
    }
    assert_eq!(introspect(&server, &access).await.json()["active"], true);
    let who = server
        .store
        .client_grants(&caller(&server, &access).await)
        .await
        .unwrap();
    server
        .store
        .as_host()
        .suspend(who[0].identity.clone(), true)
        .await
        .unwrap();
    inactive(&server, &access, "a suspended person's").await;
    inactive(
        &server,
        &text(&next, "refresh_token"),
        "a suspended person's",
    )
    .await;
}

async fn caller(server: &TestServer, access: &str) -> bailiwick_store::Caller {
    let who = call(server, access, "GET", "/auth/v1/ok", "").await.json();
    let grants = part(access, 1);
    let uid = text(&grants, "sid").parse().unwrap();
    let grant = server.store.client_grant(&uid).await.unwrap().unwrap();
    assert_eq!(text(&who, "subject"), grant.identity.as_str());
    bailiwick_store::Caller::of_grant(&grant, "test")
}

#[tokio::test]
async fn a_secret_is_asked_for_and_compared() {
    let (server, mut browser) = server().await;
    let access = text(&signed_in(&server, &mut browser).await, "access_token");
    let path = "/oauth/introspect";
    let encode = |text: &str| bailiwick_testkit::http::form(&[("k", text)]).split_off(2);
    let basic = |id: &str, secret: &str| {
        let pair = format!("{}:{}", encode(id), encode(secret));
        Ask::new("POST", path)
            .form(&[("token", &access)])
            .header("authorization", &format!("Basic {}", STANDARD.encode(pair)))
    };
    let right = server.send(&basic("gate", SECRET)).await;
    expect(&right, 200, "basic");
    assert_eq!(right.json()["active"], true);
    for (id, secret) in [
        ("gate", "wrong"),
        ("gate", ""),
        ("nobody", SECRET),
        (CLI, SECRET),
    ] {
        let answer = server.send(&basic(id, secret)).await;
        expect(&answer, 401, id);
        assert_eq!(error(&answer), "invalid_client");
        assert!(answer.header("www-authenticate").starts_with("Basic"));
    }
    for parameters in [
        &[("client_id", "gate"), ("token", access.as_str())][..],
        &[
            ("client_id", "gate"),
            ("client_secret", &secret_sha256()),
            ("token", &access),
        ],
        &[("token", access.as_str())],
    ] {
        let answer = post(&server, path, parameters).await;
        expect(&answer, 401, "no secret, or its hash");
    }
    for (id, secret) in [("wiki", SECRET), (CLI, "")] {
        let parameters = [
            ("client_id", id),
            ("client_secret", secret),
            ("token", &access),
        ];
        let answer = post(&server, path, &parameters).await;
        expect(&answer, 400, id);
        assert_eq!(error(&answer), "unauthorized_client");
    }
    let both = basic("gate", SECRET).form(&[("client_secret", SECRET), ("token", &access)]);
    assert_eq!(error(&server.send(&both).await), "invalid_request");
}

#[tokio::test]
async fn a_client_gives_back_its_own_tokens_and_no_others() {
    let (server, mut browser) = server().await;
    for kind in ["access_token", "refresh_token"] {
        let tokens = signed_in(&server, &mut browser).await;
        let access = text(&tokens, "access_token");
        let token = text(&tokens, kind);
        let path = "/oauth/revoke";
        let other = [
            ("client_id", "wiki"),
            ("client_secret", SECRET),
            ("token", &token),
        ];
        let refused = post(&server, path, &other).await;
        assert_eq!(error(&refused), "unauthorized_client");
        assert_eq!(introspect(&server, &token).await.json()["active"], true);
        let own = [("client_id", CLI), ("token", token.as_str())];
        for _ in 0..2 {
            expect(&post(&server, path, &own).await, 200, "revoked, and again");
        }
        inactive(&server, &token, kind).await;
        inactive(&server, &access, kind).await;
        let after = refresh(&server, &text(&tokens, "refresh_token")).await;
        assert_eq!(error(&after), "invalid_grant");
        let nonsense = [("client_id", CLI), ("token", "nonsense")];
        expect(&post(&server, path, &nonsense).await, 200, "unknown");
    }
}
