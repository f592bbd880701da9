//! How much one address and one person may ask.

use std::time::Duration;

use bailiwick_server::config::Limits;
use bailiwick_testkit::{Ask, TestServer};

async fn with(sign_ins_per_minute: u32, requests_per_minute: u32) -> TestServer {
    TestServer::start_with(|config| {
        config.limits = Limits {
            sign_ins_per_minute,
            requests_per_minute,
        };
    })
    .await
}

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn an_address_may_begin_so_many_sign_ins_and_a_minute_later_again() {
    let server = with(3, 1_000).await;
    let begin = || async {
        let mut browser = server.browser();
        browser
            .send(&browser.visit("/oauth/authorize?client_id=console"))
            .await
    };
    for _ in 0..3 {
        assert_eq!(begin().await.status, 400);
    }
    let refused = begin().await;
    assert_eq!(refused.status, 429);
    assert!(refused.body.contains("Wait a minute"), "{}", refused.body);
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds));
    // Somebody behind a header has no budget of their own: no proxy is trusted.
    let mut browser = server.browser();
    let ask = browser
        .visit("/oauth/authorize?client_id=console")
        .header("x-forwarded-for", "203.0.113.9");
    assert_eq!(browser.send(&ask).await.status, 429);
    server.clock.advance(MINUTE);
    assert_eq!(begin().await.status, 400);
}

#[tokio::test]
async fn callbacks_are_counted_like_sign_ins() {
    let server = with(2, 1_000).await;
    let come_back = || async {
        let mut browser = server.browser();
        browser
            .send(&browser.visit("/oauth/callback/dev?state=x&code=y"))
            .await
    };
    assert_eq!(come_back().await.status, 400);
    assert_eq!(come_back().await.status, 400);
    assert_eq!(come_back().await.status, 429);
}

#[tokio::test]
async fn a_person_may_ask_so_much_with_all_their_sessions_and_another_has_their_own() {
    let server = with(1_000, 40).await;
    let mut one = server.signed_in("owner@example.com").await;
    let mut two = server.signed_in("owner@example.com").await;
    let mut refused = None;
    for round in 0..41 {
        let browser = if round % 2 == 0 { &mut one } else { &mut two };
        let answer = browser.call("GET", "/iam/v2/groups", "").await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.unwrap();
    assert_eq!(refused.reason(), "TOO_MANY_REQUESTS");
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds));
    let mut other = server.signed_in("viewer@example.com").await;
    assert_eq!(other.call("GET", "/iam/v2/groups", "").await.status, 200);
    server.clock.advance(MINUTE);
    assert_eq!(one.call("GET", "/iam/v2/groups", "").await.status, 200);
}

#[tokio::test]
async fn what_is_refused_counts_and_what_is_not_does_not() {
    let server = with(1_000, 1_000).await;
    let post = |path: &str, form: &[(&str, &str)]| {
        let ask = Ask::new("POST", path).form(form);
        let server = &server;
        async move { server.send(&ask).await }
    };
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", "cli"),
        ("refresh_token", "bwr_nothing"),
    ];
    for _ in 0..100 {
        let unknown = post("/oauth/token", &[("client_id", "cli"), ("grant_type", "x")]).await;
        assert_eq!(unknown.status, 400, "{}", unknown.body);
    }
    for _ in 0..60 {
        assert_eq!(post("/oauth/token", &refresh).await.status, 400);
    }
    let refused = post("/oauth/token", &refresh).await;
    assert_eq!(refused.status, 429, "{}", refused.body);
    assert!(!refused.header("retry-after").is_empty());
    let elsewhere = post("/oauth/revoke", &[("client_id", "nobody"), ("token", "x")]).await;
    assert_eq!(elsewhere.status, 429, "{}", elsewhere.body);
    server.clock.advance(5 * MINUTE);
    assert_eq!(post("/oauth/token", &refresh).await.status, 400);
}
