//! The way through a sign-in, and everything that may go wrong on it by someone's intent.

use std::time::Duration;

use bailiwick_testkit::browser::at_provider;
use bailiwick_testkit::{Answer, Begun, Browser, TestServer};

use crate::world::expect;

/// A page of ours, with nowhere to go on to.
fn is_stopped(answer: &Answer, what: &str) {
    expect(answer, 400, what);
    assert_eq!(answer.header("location"), "", "{what}");
    assert!(
        answer.header("content-type").starts_with("text/html"),
        "{what}"
    );
    assert!(answer.body.contains("Sign-in stopped"), "{what}");
}

/// A browser that has come back with a code, and has not redeemed it.
async fn with_code(server: &TestServer, email: &str) -> (Browser, Begun, String) {
    let mut browser = server.browser();
    let begun = browser.begin("dev").await;
    let callback = at_provider(&begun.location, Some(email)).await;
    let back = browser.come_back(&callback).await;
    let code = back.location("code").unwrap();
    (browser, begun, code)
}

#[tokio::test]
async fn a_person_signs_in_and_out() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let session = browser.sign_in("someone@example.com").await;
    assert_eq!(session.who.email.as_deref(), Some("someone@example.com"));
    assert_eq!(session.who.issuer, server.base_url);
    let cookie = browser.cookie("__Host-bailiwick").unwrap().to_owned();
    let who = browser.call("GET", "/auth/v1/ok", "").await;
    assert_eq!(who.json()["subject"], session.who.subject.as_str());
    let before = browser.clone();
    expect(
        &browser.call("DELETE", "/auth/session", "").await,
        200,
        "sign out",
    );
    assert_eq!(browser.cookie("__Host-bailiwick"), None);
    assert_eq!(browser.cookie("__Host-bailiwick-login"), None);
    for path in ["/auth/v1/ok", "/iam/v2/groups"] {
        let ask = before.ask("GET", path);
        expect(&server.send(&ask).await, 401, "the cookie is dead at once");
    }
    let state = server.send(&before.ask("GET", "/auth/session")).await;
    assert_eq!(state.json().get("session"), None);
    assert!(!state.body.contains(&cookie));
}

#[tokio::test]
async fn no_answer_tells_the_cookie_or_keeps_a_session_that_was_there() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("first@example.com").await;
    let first = browser.clone();
    let planted = browser.cookie("__Host-bailiwick").unwrap().to_owned();
    let session = browser.sign_in("second@example.com").await;
    let fresh = browser.cookie("__Host-bailiwick").unwrap().to_owned();
    assert_ne!(planted, fresh);
    assert!(!serde_json::to_string(&session).unwrap().contains(&fresh));
    let ask = first.ask("GET", "/auth/v1/ok");
    expect(
        &server.send(&ask).await,
        401,
        "the first person's session has ended",
    );
    let mut stale = browser.clone();
    stale.page = first.page.clone();
    let answer = stale.call("GET", "/auth/v1/ok", "").await;
    expect(
        &answer,
        409,
        "the first person's page with the second one's cookie",
    );
    assert_eq!(answer.reason(), "SESSION_CHANGED");
}

#[tokio::test]
async fn a_callback_belongs_to_one_browser_one_state_and_one_use() {
    let server = TestServer::start().await;
    let (mut victim, mut attacker) = (server.browser(), server.browser());
    let begun = victim.begin("dev").await;
    attacker.begin("dev").await;
    let callback = at_provider(&begun.location, Some("victim@example.com")).await;
    is_stopped(&attacker.come_back(&callback).await, "in another browser");
    is_stopped(
        &server.browser().come_back(&callback).await,
        "without a cookie",
    );
    let state = bailiwick_testkit::http::parameter_of(&callback, "state").unwrap();
    for (what, spoiled) in [
        ("a wrong state", callback.replace(&state, &"A".repeat(43))),
        ("no state", callback.replace("state=", "x=")),
        ("the state twice", format!("{callback}&state=b")),
        ("the code twice", format!("{callback}&code=b")),
        (
            "another provider",
            callback.replace("/callback/dev", "/callback/other"),
        ),
        (
            "a provider by trick",
            callback.replace("/callback/dev", "/callback/..%2Fdev"),
        ),
    ] {
        is_stopped(&victim.come_back(&spoiled).await, what);
    }
    let mut replaying = victim.clone();
    victim.finish(&begun, &callback).await;
    is_stopped(&replaying.come_back(&callback).await, "a second time");
    is_stopped(
        &victim.come_back(&callback).await,
        "a second time, signed in",
    );
}

#[tokio::test]
async fn an_answer_that_names_another_issuer_is_refused_and_spends_the_sign_in() {
    let server = TestServer::start().await;
    for spoil in [
        (|callback: &str| callback.replace("iss=", "iss=https%3A%2F%2Fevil.example&was="))
            as fn(&str) -> String,
        |callback| callback.replace("iss=", "was="),
        |callback| format!("{callback}%2F"),
    ] {
        let mut browser = server.browser();
        let begun = browser.begin("dev").await;
        let callback = at_provider(&begun.location, Some("a@example.com")).await;
        assert!(callback.contains("&iss="), "{callback}");
        let back = browser.come_back(&spoil(&callback)).await;
        expect(&back, 303, "back to the console");
        assert_eq!(back.location("error").as_deref(), Some("server_error"));
        assert_eq!(back.location("code"), None);
        assert_eq!(back.location("state"), Some(begun.state));
        is_stopped(&browser.come_back(&callback).await, "it was spent");
    }
}

#[tokio::test]
async fn a_refusal_at_the_provider_goes_back_to_the_console() {
    let server = TestServer::start().await;
    for (said, error) in [
        ("access_denied", "access_denied"),
        ("%3Cevil%3E", "server_error"),
    ] {
        let mut browser = server.browser();
        let begun = browser.begin("dev").await;
        let callback = at_provider(&begun.location, Some("a@example.com")).await;
        let back = browser.come_back(&format!("{callback}&error={said}")).await;
        expect(&back, 303, said);
        assert_eq!(back.location("error").as_deref(), Some(error));
        assert_eq!(back.location("code"), None);
        assert!(!back.header("location").contains("evil"));
    }
}

#[tokio::test]
async fn a_sign_in_takes_ten_minutes_at_most() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let begun = browser.begin("dev").await;
    let callback = at_provider(&begun.location, Some("a@example.com")).await;
    server.clock.advance(Duration::from_secs(600));
    is_stopped(&browser.come_back(&callback).await, "too late");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_redemptions_at_once_exactly_one_wins() {
    let server = TestServer::start().await;
    let (browser, begun, code) = with_code(&server, "a@example.com").await;
    let asks = (0..20).map(|_| {
        let (ask, address) = (browser.redemption(&code, &begun.verifier), server.address);
        let host = server.host().to_owned();
        tokio::spawn(async move { ask.send(address, &host).await })
    });
    let (mut won, mut lost) = (0, 0);
    for answer in asks.collect::<Vec<_>>() {
        let answer = answer.await.unwrap();
        answer.assert_proper();
        match answer.status {
            200 => won += 1,
            _ => {
                assert_eq!(answer.reason(), "INVALID_CODE");
                assert!(answer.all("set-cookie").is_empty());
                lost += 1;
            }
        }
    }
    assert_eq!((won, lost), (1, 19));
}

#[tokio::test]
async fn a_wrong_verifier_spends_the_code() {
    let server = TestServer::start().await;
    let (mut browser, begun, code) = with_code(&server, "a@example.com").await;
    for malformed in ["", "short", &"a".repeat(129), &"!".repeat(43)] {
        let answer = server.send(&browser.redemption(&code, malformed)).await;
        expect(&answer, 400, "no verifier at all does not reach the code");
        assert!(answer.error().field("codeVerifier").is_some());
    }
    let wrong = server
        .send(&browser.redemption(&code, &"a".repeat(43)))
        .await;
    expect(&wrong, 400, "a wrong verifier");
    let right = browser.redeem(&code, &begun).await;
    expect(&right, 400, "the right one, afterwards");
    assert_eq!(right.reason(), "INVALID_CODE");
    assert_eq!(wrong.error().message, right.error().message);
}

#[tokio::test]
async fn a_code_lives_for_a_minute() {
    let server = TestServer::start().await;
    for (seconds, status) in [(59, 200), (60, 400), (61, 400)] {
        let (mut browser, begun, code) = with_code(&server, "a@example.com").await;
        server.clock.advance(Duration::from_secs(seconds));
        let answer = browser.redeem(&code, &begun).await;
        expect(&answer, status, &format!("after {seconds} s"));
    }
}

#[tokio::test]
async fn a_session_ends_unused_after_twelve_hours_and_used_after_seven_days() {
    const HOUR: Duration = Duration::from_secs(3600);
    let server = TestServer::start().await;
    let mut idle = server.signed_in("idle@example.com").await;
    let mut busy = server.signed_in("busy@example.com").await;
    for hour in 1..=7 * 24 {
        server.clock.advance(HOUR);
        let expected = if hour < 7 * 24 { 200 } else { 401 };
        let answer = busy.call("GET", "/auth/v1/ok", "").await;
        expect(&answer, expected, &format!("busy, hour {hour}"));
        if hour == 12 {
            expect(&idle.call("GET", "/auth/v1/ok", "").await, 401, "idle");
        }
    }
}
