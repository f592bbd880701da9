//! Clients sign people in: by a code, by a device, and on by refresh tokens.

use std::time::Duration;

use bailiwick_testkit::http::parameter_of;
use bailiwick_testkit::{Begun, TestServer};
use serde_json::json;

use crate::client::{
    CALLBACK, allow, authorize_path, begin, call, code, error, poll, redeem, refresh, signed_in,
    start_device, token,
};
use crate::world::{GROUPS, expect, text};

#[tokio::test]
async fn the_command_line_signs_in_by_a_code_and_asks_as_the_person() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let begun = Begun::new();
    let request = begin(&server, &authorize_path(&begun)).await;
    let body = json!({ "request": request }).to_string();
    let seen = browser
        .call("POST", "/auth/authorization:inspect", &body)
        .await;
    expect(&seen, 200, "inspect");
    let seen = seen.json();
    assert_eq!(seen["client"]["id"], "cli");
    assert_eq!(seen["client"]["name"], "Bailiwick command line");
    assert_eq!(seen["redirectHost"], "127.0.0.1:4180");
    let allowed = browser
        .call("POST", "/auth/authorization:allow", &body)
        .await;
    let location = text(&allowed.json(), "location");
    assert!(location.starts_with(CALLBACK), "{location}");
    let told = |name| parameter_of(&location, name).unwrap_or_default();
    assert_eq!(told("state"), begun.state);
    assert_eq!(told("iss"), server.base_url);
    let answer = redeem(&server, &told("code"), &begun).await;
    expect(&answer, 200, "redeem");
    assert_eq!(answer.header("cache-control"), "no-store");
    let tokens = answer.json();
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 600);
    assert_eq!(tokens["scope"], "openid offline_access");
    let access = text(&tokens, "access_token");
    let who = call(&server, &access, "GET", "/auth/v1/ok", "").await;
    expect(&who, 200, "whoami");
    assert_eq!(who.json()["email"], "owner@example.com");
    let groups = call(&server, &access, "GET", GROUPS, "").await;
    expect(&groups, 200, "groups");
    let mut shown = browser.call("GET", GROUPS, "").await.json();
    assert_eq!(groups.json(), shown.take());
    let made = call(
        &server,
        &access,
        "POST",
        GROUPS,
        r#"{"name":"made by a client"}"#,
    )
    .await;
    expect(&made, 200, "create");
}

#[tokio::test]
async fn a_denied_request_goes_back_with_an_error_and_is_over() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let begun = Begun::new();
    let request = begin(&server, &authorize_path(&begun)).await;
    let body = json!({ "request": request }).to_string();
    let inspect = "/auth/authorization:inspect";
    expect(&browser.call("POST", inspect, &body).await, 200, "inspect");
    let denied = browser
        .call("POST", "/auth/authorization:deny", &body)
        .await;
    let location = text(&denied.json(), "location");
    assert_eq!(
        parameter_of(&location, "error").as_deref(),
        Some("access_denied")
    );
    assert_eq!(parameter_of(&location, "code"), None);
    for verb in ["inspect", "allow", "deny"] {
        let path = format!("/auth/authorization:{verb}");
        let answer = browser.call("POST", &path, &body).await;
        expect(&answer, 404, &path);
        assert_eq!(answer.reason(), "AUTHORIZATION_UNKNOWN");
    }
}

#[tokio::test]
async fn a_request_belongs_to_whoever_looks_at_it_first() {
    let server = TestServer::start().await;
    let mut first = server.signed_in("owner@example.com").await;
    let mut second = server.signed_in("other@example.com").await;
    let request = begin(&server, &authorize_path(&Begun::new())).await;
    let body = json!({ "request": request }).to_string();
    let allow_path = "/auth/authorization:allow";
    let unseen = first.call("POST", allow_path, &body).await;
    expect(&unseen, 404, "allowed before it was looked at");
    let inspect = "/auth/authorization:inspect";
    expect(&first.call("POST", inspect, &body).await, 200, "first");
    for path in [inspect, allow_path, "/auth/authorization:deny"] {
        expect(&second.call("POST", path, &body).await, 404, path);
    }
    allow(&mut first, &request).await;
}

#[tokio::test]
async fn a_code_that_comes_twice_ends_what_it_gave() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let begun = Begun::new();
    let code = code(&server, &mut browser, &begun).await;
    let first = redeem(&server, &code, &begun).await.json();
    let access = text(&first, "access_token");
    let ok = "/auth/v1/ok";
    expect(&call(&server, &access, "GET", ok, "").await, 200, "before");
    let again = redeem(&server, &code, &begun).await;
    expect(&again, 400, "again");
    assert_eq!(error(&again), "invalid_grant");
    let after = call(&server, &access, "GET", ok, "").await;
    expect(&after, 401, "after");
    assert_eq!(after.reason(), "INVALID_TOKEN");
    assert!(
        after
            .header("www-authenticate")
            .contains("error=\"invalid_token\"")
    );
    let refused = refresh(&server, &text(&first, "refresh_token")).await;
    assert_eq!(error(&refused), "invalid_grant");
}

#[tokio::test]
async fn a_code_lives_a_minute_and_is_spent_by_a_wrong_try() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let begun = Begun::new();
    let late = code(&server, &mut browser, &begun).await;
    server.clock.advance(Duration::from_secs(60));
    let answer = redeem(&server, &late, &begun).await;
    assert_eq!(error(&answer), "invalid_grant");
    let tried = code(&server, &mut browser, &begun).await;
    let wrong = redeem(&server, &tried, &Begun::new()).await;
    assert_eq!(error(&wrong), "invalid_grant");
    let right = redeem(&server, &tried, &begun).await;
    assert_eq!(error(&right), "invalid_grant");
}

#[tokio::test]
async fn a_refresh_token_gives_the_next_and_a_used_one_ends_the_family() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let tokens = signed_in(&server, &mut browser).await;
    let first = text(&tokens, "refresh_token");
    assert!(first.starts_with("bwr_"));
    let second = refresh(&server, &first).await;
    expect(&second, 200, "second");
    let second = second.json();
    assert_ne!(text(&second, "refresh_token"), first);
    let access = text(&second, "access_token");
    let ok = "/auth/v1/ok";
    expect(&call(&server, &access, "GET", ok, "").await, 200, "before");
    let reused = refresh(&server, &first).await;
    expect(&reused, 400, "reused");
    assert_eq!(error(&reused), "invalid_grant");
    let newest = refresh(&server, &text(&second, "refresh_token")).await;
    assert_eq!(error(&newest), "invalid_grant");
    expect(&call(&server, &access, "GET", ok, "").await, 401, "after");
}

#[tokio::test]
async fn a_device_is_signed_in_by_its_code_once() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let started = start_device(&server).await;
    assert_eq!(started["expires_in"], 900);
    assert_eq!(started["interval"], 5);
    let (device, user_code) = (text(&started, "device_code"), text(&started, "user_code"));
    let page = format!("{}/activate", server.base_url);
    assert_eq!(started["verification_uri"], page.as_str());
    assert_eq!(
        started["verification_uri_complete"],
        format!("{page}?user_code={user_code}")
    );
    assert_eq!(
        error(&poll(&server, &device).await),
        "authorization_pending"
    );
    let typed = user_code.to_lowercase().replace('-', " ");
    let body = json!({ "userCode": format!("the code is {typed}!") }).to_string();
    let seen = browser.call("POST", "/auth/device:inspect", &body).await;
    expect(&seen, 200, "inspect");
    let seen = seen.json();
    assert_eq!(seen["userCode"], user_code.as_str());
    assert_eq!(seen["host"], "build-1");
    assert_eq!(seen["address"], "127.0.0.1");
    assert_eq!(seen["client"]["name"], "Bailiwick command line");
    let done = browser.call("POST", "/auth/device:approve", &body).await;
    expect(&done, 200, "approve");
    server.clock.advance(Duration::from_secs(5));
    let tokens = poll(&server, &device).await;
    expect(&tokens, 200, "poll");
    let access = text(&tokens.json(), "access_token");
    let who = call(&server, &access, "GET", "/auth/v1/ok", "").await;
    assert_eq!(who.json()["email"], "owner@example.com");
    assert_eq!(error(&poll(&server, &device).await), "invalid_grant");
    for verb in ["inspect", "approve", "deny"] {
        let path = format!("/auth/device:{verb}");
        let answer = browser.call("POST", &path, &body).await;
        expect(&answer, 404, &path);
        assert_eq!(answer.reason(), "USER_CODE_UNKNOWN");
    }
    let listed = browser.call("GET", "/auth/grants", "").await.json();
    let grant = &listed["grants"][0];
    assert_eq!(grant["host"], "build-1");
    assert_eq!(grant["byDevice"], true);
    let path = format!("/auth/grants/{}", text(grant, "id"));
    expect(&browser.call("DELETE", &path, "").await, 200, "end");
    let after = call(&server, &access, "GET", "/auth/v1/ok", "").await;
    expect(&after, 401, "after");
}

#[tokio::test]
async fn cookie_and_bearer_token_together_are_refused() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let access = text(&signed_in(&server, &mut browser).await, "access_token");
    let ask = browser.ask("GET", GROUPS);
    let ask = ask.header("authorization", &format!("Bearer {access}"));
    let answer = browser.send(&ask).await;
    expect(&answer, 400, "both");
    assert_eq!(answer.reason(), "TWO_CREDENTIALS");
}

#[tokio::test]
async fn what_is_asked_of_a_person_at_the_console_no_token_answers() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let access = text(&signed_in(&server, &mut browser).await, "access_token");
    let started = start_device(&server).await;
    let request = begin(&server, &authorize_path(&Begun::new())).await;
    let body = json!({ "request": request }).to_string();
    let code = json!({ "userCode": text(&started, "user_code") }).to_string();
    for (method, path, body) in [
        ("POST", "/auth/authorization:inspect", body.as_str()),
        ("POST", "/auth/authorization:allow", &body),
        ("POST", "/auth/device:inspect", &code),
        ("POST", "/auth/device:approve", &code),
        ("DELETE", "/auth/session", ""),
        ("GET", "/auth/session", ""),
        ("GET", "/auth/grants", ""),
    ] {
        let answer = call(&server, &access, method, path, body).await;
        expect(&answer, 401, path);
    }
    let pending = poll(&server, &text(&started, "device_code")).await;
    assert_eq!(error(&pending), "authorization_pending");
}

#[tokio::test]
async fn an_unknown_client_or_grant_is_refused_by_name() {
    let server = TestServer::start().await;
    for (parameters, status, expected) in [
        (
            &[("grant_type", "refresh_token")][..],
            401,
            "invalid_client",
        ),
        (&[("client_id", "console")], 401, "invalid_client"),
        (
            &[("client_id", "cli"), ("client_secret", "x")],
            401,
            "invalid_client",
        ),
        (&[("client_id", "cli")], 400, "invalid_request"),
        (
            &[("client_id", "cli"), ("client_id", "cli")],
            400,
            "invalid_request",
        ),
        (
            &[("client_id", "cli"), ("grant_type", "password")],
            400,
            "unsupported_grant_type",
        ),
        (
            &[
                ("client_id", "cli"),
                ("grant_type", "refresh_token"),
                ("refresh_token", "bwr_x"),
            ],
            400,
            "invalid_grant",
        ),
    ] {
        let answer = token(&server, parameters).await;
        expect(&answer, status, expected);
        assert_eq!(error(&answer), expected, "{parameters:?}");
    }
}
