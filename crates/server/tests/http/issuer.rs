//! Our own issuer: what it says of itself, and authorization requests that it must not follow.

use bailiwick_testkit::http::form;
use bailiwick_testkit::{Ask, Begun, TestServer};
use serde_json::Value;

use crate::world::expect;

#[tokio::test]
async fn discovery_lists_only_what_is_there() {
    let server = TestServer::start().await;
    let path = "/.well-known/openid-configuration";
    let answer = server.send(&Ask::new("GET", path)).await;
    expect(&answer, 200, path);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    let document = answer.json();
    assert_eq!(document["issuer"], server.base_url.as_str());
    assert_eq!(
        document["code_challenge_methods_supported"],
        serde_json::json!(["S256"])
    );
    assert_eq!(
        document["response_types_supported"],
        serde_json::json!(["code"])
    );
    assert_eq!(
        document["authorization_response_iss_parameter_supported"],
        true
    );
    let mut endpoints = 0;
    for (name, value) in document.as_object().unwrap() {
        let url = value
            .as_str()
            .and_then(|url| url.strip_prefix(&server.base_url));
        if let Some(path) = url.filter(|path| !path.is_empty()) {
            let found = server.send(&Ask::new("GET", path)).await;
            assert_ne!(found.status, 404, "{name} is not there");
            endpoints += 1;
        }
    }
    assert!(endpoints >= 2, "{document}");
}

#[tokio::test]
async fn the_key_set_has_public_halves_only_and_survives_a_restart_of_the_app() {
    let server = TestServer::start().await;
    let answer = server.send(&Ask::new("GET", "/oauth/jwks")).await;
    expect(&answer, 200, "jwks");
    let keys = answer.json()["keys"].as_array().unwrap().clone();
    assert_eq!(keys.len(), 1);
    for key in &keys {
        let mut fields: Vec<_> = key.as_object().unwrap().keys().cloned().collect();
        fields.sort();
        assert_eq!(fields, ["alg", "crv", "kid", "kty", "use", "x", "y"]);
        assert_eq!(key["alg"], "ES256");
    }
    let kept = server.store.signing_keys().await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(keys[0]["kid"], kept[0].kid.as_str());
}

#[tokio::test]
async fn a_request_with_a_wrong_client_or_address_stays_here() {
    let server = TestServer::start().await;
    let (begun, browser) = (Begun::new(), server.browser());
    let right = browser.authorize_path("dev", &begun);
    let to = form(&[(
        "redirect_uri",
        &format!("{}/auth/callback", server.base_url),
    )]);
    assert!(right.contains(&to));
    let redirect = |uri: &str| right.replace(&to, &form(&[("redirect_uri", uri)]));
    let own = &server.base_url;
    let mut wrong = vec![
        right.replace("client_id=console", "client_id=other"),
        right.replace("client_id=console", "client_id="),
        right.replace("client_id=console&", ""),
        right.replace(&format!("{to}&"), ""),
        format!("{right}&client_id=console"),
        format!("{right}&state=again"),
        format!("{right}&{to}"),
        format!("{right}&unknown=1&unknown=2"),
    ];
    for uri in [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "",
        "/auth/callback",
        &format!("{own}/auth/callback/"),
        &format!("{own}/auth/callback?x=1"),
        &format!("{own}/auth/callback#x"),
        &format!("{own}/auth/../auth/callback"),
        &format!("{own}/auth/callback%00"),
        &format!("{own}.evil.example/auth/callback"),
        &format!("{}/auth/callback", own.replace("localhost", "127.0.0.1")),
        &format!("{}/auth/callback", own.replace("http:", "HTTP:")),
    ] {
        wrong.push(redirect(uri));
    }
    for path in wrong {
        let answer = server.send(&browser.visit(&path)).await;
        expect(&answer, 400, &path);
        assert_eq!(answer.header("location"), "", "{path}");
        assert!(answer.all("set-cookie").is_empty(), "{path}");
        assert!(
            answer.header("content-type").starts_with("text/html"),
            "{path}"
        );
        assert!(!answer.body.contains("evil"), "{path}");
    }
}

#[tokio::test]
async fn what_the_console_may_know_goes_back_to_it_as_an_error() {
    let server = TestServer::start().await;
    let (begun, browser) = (Begun::new(), server.browser());
    let right = browser.authorize_path("dev", &begun);
    for (from, to, error) in [
        (
            "response_type=code",
            "response_type=token",
            "unsupported_response_type",
        ),
        ("response_type=code&", "", "unsupported_response_type"),
        ("scope=openid", "scope=profile", "invalid_scope"),
        (
            "code_challenge_method=S256",
            "code_challenge_method=plain",
            "invalid_request",
        ),
        ("&code_challenge_method=S256", "", "invalid_request"),
        ("code_challenge=", "code_challenge=x", "invalid_request"),
        ("idp_id=dev", "idp_id=other", "invalid_request"),
        ("idp_id=dev", "idp_id=dev&prompt=none", "invalid_request"),
        ("idp_id=dev", "idp_id=dev&prompt=consent", "invalid_request"),
        (
            &format!("nonce={}", begun.nonce),
            "nonce=",
            "invalid_request",
        ),
    ] {
        assert!(right.contains(from), "{from}");
        let answer = server
            .send(&browser.visit(&right.replacen(from, to, 1)))
            .await;
        expect(&answer, 303, from);
        let back = format!("{}/auth/callback?", server.base_url);
        assert!(answer.header("location").starts_with(&back), "{from}");
        assert_eq!(answer.location("error").as_deref(), Some(error), "{from}");
        assert_eq!(
            answer.location("state").as_ref(),
            Some(&begun.state),
            "{from}"
        );
        assert_eq!(
            answer.location("iss").as_ref(),
            Some(&server.base_url),
            "{from}"
        );
        assert!(answer.all("set-cookie").is_empty(), "{from}");
    }
}

#[tokio::test]
async fn the_provider_is_asked_with_secrets_of_our_own() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let one = browser.begin("dev").await;
    let cookie = browser.cookie("__Host-bailiwick-login").unwrap().to_owned();
    let two = browser.begin("dev").await;
    assert_eq!(
        browser.cookie("__Host-bailiwick-login"),
        Some(&*cookie),
        "reused while it lives"
    );
    for name in ["state", "nonce", "code_challenge"] {
        let of =
            |begun: &Begun| bailiwick_testkit::http::parameter_of(&begun.location, name).unwrap();
        assert!(of(&one).len() >= 43, "{name}");
        assert_ne!(of(&one), of(&two), "{name}");
        for ours in [&one.state, &one.nonce, &one.verifier, &cookie] {
            assert!(!one.location.contains(ours.as_str()), "{name}");
        }
    }
    let both = [&two, &one];
    for begun in both {
        let email = Some("parallel@example.com");
        let callback = bailiwick_testkit::browser::at_provider(&begun.location, email).await;
        browser.finish(begun, &callback).await;
    }
}

#[tokio::test]
async fn the_document_of_the_api_names_every_route() {
    let server = TestServer::start().await;
    let answer = server.send(&Ask::new("GET", "/openapi.json")).await;
    expect(&answer, 200, "openapi");
    let document = answer.json();
    let operations: Vec<&Value> = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|path| path.as_object().unwrap().values())
        .collect();
    for route in bailiwick_api::routes::ROUTES {
        let id = format!("{:?}", route.id);
        assert!(
            operations
                .iter()
                .any(|operation| operation["operationId"] == id.as_str()),
            "{id}"
        );
    }
}
