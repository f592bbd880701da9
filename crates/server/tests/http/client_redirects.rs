//! Where a client's request may go: nothing is sent to an address that is not registered, whatever
//! else is wrong (RFC 9700 §2.1, RFC 6749 §4.1.2.1).

use bailiwick_server::{ClientConfig, GrantType};
use bailiwick_testkit::http::form;
use bailiwick_testkit::{Ask, Begun, TestServer};

use crate::client::{CALLBACK, authorize_path};
use crate::world::expect;

const REGISTERED: &str = "https://wiki.example.com/oauth/callback";

/// Addresses that are not the one registered, each in its own way.
const MUTATIONS: [&str; 62] = [
    "",
    "https://wiki.example.com/oauth/callback/",
    "https://wiki.example.com/oauth/callback//",
    "https://wiki.example.com/oauth//callback",
    "https://wiki.example.com//oauth/callback",
    "https://wiki.example.com/oauth/callback?",
    "https://wiki.example.com/oauth/callback?x=1",
    "https://wiki.example.com/oauth/callback#",
    "https://wiki.example.com/oauth/callback#x",
    "https://wiki.example.com/oauth/callback%20",
    "https://wiki.example.com/oauth/callback%00",
    "https://wiki.example.com/oauth/callback%0d%0aLocation:%20https://evil.example",
    "https://wiki.example.com/oauth/callback\r\nLocation: https://evil.example",
    " https://wiki.example.com/oauth/callback",
    "https://wiki.example.com/oauth/callback ",
    "https://wiki.example.com/oauth/callback\t",
    "https://wiki.example.com/oauth/callbac",
    "https://wiki.example.com/oauth/callbackk",
    "https://wiki.example.com/oauth/",
    "https://wiki.example.com/oauth",
    "https://wiki.example.com/",
    "https://wiki.example.com",
    "https://wiki.example.com/oauth/Callback",
    "https://wiki.example.com/OAUTH/callback",
    "https://WIKI.example.com/oauth/callback",
    "HTTPS://wiki.example.com/oauth/callback",
    "http://wiki.example.com/oauth/callback",
    "//wiki.example.com/oauth/callback",
    "wiki.example.com/oauth/callback",
    "/oauth/callback",
    "https:/wiki.example.com/oauth/callback",
    "https:wiki.example.com/oauth/callback",
    "https://wiki.example.com:443/oauth/callback",
    "https://wiki.example.com:8443/oauth/callback",
    "https://wiki.example.com:/oauth/callback",
    "https://wiki.example.com./oauth/callback",
    "https://wiki.example.com.evil.example/oauth/callback",
    "https://evil.wiki.example.com/oauth/callback",
    "https://wiki.example.com@evil.example/oauth/callback",
    "https://user@wiki.example.com/oauth/callback",
    "https://user:pass@wiki.example.com/oauth/callback",
    "https://evil.example/https://wiki.example.com/oauth/callback",
    "https://evil.example/oauth/callback",
    "https://evil.example?https://wiki.example.com/oauth/callback",
    "https://evil.example#https://wiki.example.com/oauth/callback",
    "https://evil.example\\@wiki.example.com/oauth/callback",
    "https://wiki.example.com\\@evil.example/oauth/callback",
    "https://wiki.example.com\\oauth\\callback",
    "https://wiki.example.com/oauth/../oauth/callback",
    "https://wiki.example.com/oauth/./callback",
    "https://wiki.example.com/oauth/..;/oauth/callback",
    "https://wiki.example.com/oauth/callback/..;/",
    "https://wiki.example.com/oauth/callback/../../evil",
    "https://wiki.example.com/oauth/%63allback",
    "https://wiki.example.com/oauth%2fcallback",
    "https://wiki.example.com/%2e%2e/oauth/callback",
    "https://w\u{456}ki.example.com/oauth/callback",
    "https://xn--wki-1qa.example.com/oauth/callback",
    "javascript:alert(1)//https://wiki.example.com/oauth/callback",
    "data:text/html,https://wiki.example.com/oauth/callback",
    "http://127.0.0.1/callback",
    "http://localhost:4180/callback",
];

async fn server() -> TestServer {
    TestServer::start_with(|config| {
        config.oauth.clients.push(ClientConfig {
            id: "wiki".to_owned(),
            name: "Example Wiki".to_owned(),
            secret_sha256: None,
            redirect_uris: vec![REGISTERED.to_owned()],
            grants: vec![GrantType::AuthorizationCode],
            introspect: false,
        });
    })
    .await
}

/// The wiki's request, right but for what a test changes.
fn request(begun: &Begun) -> Vec<(&'static str, String)> {
    vec![
        ("client_id", "wiki".to_owned()),
        ("response_type", "code".to_owned()),
        ("scope", "openid".to_owned()),
        ("redirect_uri", REGISTERED.to_owned()),
        ("state", begun.state.clone()),
        (
            "code_challenge",
            bailiwick_testkit::browser::challenge(&begun.verifier),
        ),
        ("code_challenge_method", "S256".to_owned()),
    ]
}

fn with(
    request: &[(&'static str, String)],
    name: &str,
    value: &str,
) -> Vec<(&'static str, String)> {
    let changed = request.iter().map(|(known, old)| match *known == name {
        true => (*known, value.to_owned()),
        false => (*known, old.clone()),
    });
    changed.collect()
}

fn path(request: &[(&'static str, String)]) -> String {
    let pairs: Vec<(&str, &str)> = request
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    format!("/oauth/authorize?{}", form(&pairs))
}

/// Answered here, by a page of ours, and not sent on.
async fn stays_here(server: &TestServer, path: &str) {
    let answer = server.send(&Ask::new("GET", path)).await;
    expect(&answer, 400, path);
    assert_eq!(answer.header("location"), "", "{path}");
    assert!(answer.all("set-cookie").is_empty(), "{path}");
    let kind = answer.header("content-type");
    assert!(kind.starts_with("text/html"), "{path}");
    assert!(!answer.body.contains("evil"), "{path}");
}

#[tokio::test]
async fn an_address_that_is_not_registered_to_the_letter_gets_nothing() {
    let server = server().await;
    let right = request(&Begun::new());
    let answer = server.send(&Ask::new("GET", &path(&right))).await;
    expect(&answer, 303, "as registered");
    for uri in MUTATIONS {
        stays_here(&server, &path(&with(&right, "redirect_uri", uri))).await;
    }
    let mut twice = right.clone();
    twice.push(("redirect_uri", REGISTERED.to_owned()));
    stays_here(&server, &path(&twice)).await;
    let without = right.iter().filter(|(name, _)| *name != "redirect_uri");
    stays_here(&server, &path(&without.cloned().collect::<Vec<_>>())).await;
    let other = with(&right, "redirect_uri", CALLBACK);
    stays_here(&server, &path(&other)).await;
}

#[tokio::test]
async fn whatever_else_is_wrong_is_not_told_to_a_wrong_address_or_client() {
    let server = server().await;
    let right = request(&Begun::new());
    let evil = with(&right, "redirect_uri", "https://evil.example/");
    for (name, value) in [
        ("response_type", "token"),
        ("response_type", ""),
        ("scope", "profile"),
        ("code_challenge", "short"),
        ("code_challenge_method", "plain"),
        ("state", &"x".repeat(600)),
    ] {
        stays_here(&server, &path(&with(&evil, name, value))).await;
        let unknown = with(&with(&right, name, value), "client_id", "nobody");
        stays_here(&server, &path(&unknown)).await;
    }
    for more in [
        "prompt=none",
        "request=x",
        "request_uri=https://evil.example",
        "response_mode=fragment",
    ] {
        stays_here(&server, &format!("{}&{more}", path(&evil))).await;
    }
}

#[tokio::test]
async fn a_client_is_told_what_is_wrong_at_its_own_address() {
    let server = server().await;
    let begun = Begun::new();
    let right = request(&begun);
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        (
            "response_type",
            "code id_token",
            "unsupported_response_type",
        ),
        ("scope", "profile", "invalid_scope"),
        ("scope", "", "invalid_scope"),
        ("code_challenge", "", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge_method", "", "invalid_request"),
    ] {
        let answer = server
            .send(&Ask::new("GET", &path(&with(&right, name, value))))
            .await;
        expect(&answer, 303, name);
        assert!(answer.header("location").starts_with(REGISTERED));
        assert_eq!(
            answer.location("error").as_deref(),
            Some(error),
            "{name}={value}"
        );
        assert_eq!(answer.location("state").as_ref(), Some(&begun.state));
        assert_eq!(answer.location("iss").as_ref(), Some(&server.base_url));
    }
    for (more, error) in [
        ("prompt=none", "interaction_required"),
        ("prompt=create", "invalid_request"),
        ("request=x", "request_not_supported"),
        ("response_mode=fragment", "invalid_request"),
    ] {
        let path = format!("{}&{more}", path(&right));
        let answer = server.send(&Ask::new("GET", &path)).await;
        expect(&answer, 303, more);
        assert_eq!(answer.location("error").as_deref(), Some(error), "{more}");
    }
}

#[tokio::test]
async fn the_command_line_comes_back_on_any_port_of_its_own_machine() {
    let server = TestServer::start().await;
    let right = authorize_path(&Begun::new());
    let to = form(&[("redirect_uri", CALLBACK)]);
    for uri in ["http://127.0.0.1:1/callback", "http://[::1]:65535/callback"] {
        let path = right.replace(&to, &form(&[("redirect_uri", uri)]));
        let answer = server.send(&Ask::new("GET", &path)).await;
        expect(&answer, 303, uri);
        assert!(answer.location("request").is_some());
    }
    for uri in [
        "http://localhost:4180/callback",
        "http://127.0.0.2:4180/callback",
        "http://127.0.0.1:4180/other",
        "https://127.0.0.1:4180/callback",
        "http://127.0.0.1:04180/callback",
        "http://127.0.0.1:4180@evil.example/callback",
    ] {
        let path = right.replace(&to, &form(&[("redirect_uri", uri)]));
        stays_here(&server, &path).await;
    }
}
