//! Guessing a device's code: few tries, and nothing learnt by them (RFC 8628 §5.1).

use std::time::Duration;

use bailiwick_testkit::{Browser, TestServer};
use serde_json::json;

use crate::client::error;
use crate::client::{poll, start_device};
use crate::world::{expect, text};

const INSPECT: &str = "/auth/device:inspect";

async fn tries(browser: &mut Browser, code: &str) -> (u16, String) {
    let body = json!({ "userCode": code }).to_string();
    let answer = browser.call("POST", INSPECT, &body).await;
    let reason = match answer.status {
        200 => String::new(),
        _ => answer.reason(),
    };
    if answer.status == 429 {
        assert!(!answer.header("retry-after").is_empty());
    }
    (answer.status, reason)
}

#[tokio::test]
async fn a_person_has_five_wrong_codes_in_a_quarter_of_an_hour() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let right = text(&start_device(&server).await, "user_code");
    for _ in 0..5 {
        assert_eq!(tries(&mut browser, "nonsense").await.0, 404);
        assert_eq!(tries(&mut browser, &right).await.0, 200);
    }
    for _ in 0..5 {
        let (status, reason) = tries(&mut browser, "BBBB-BBBB").await;
        assert_eq!((status, reason.as_str()), (404, "USER_CODE_UNKNOWN"));
    }
    for code in ["BBBB-BBBB", &right] {
        let (status, reason) = tries(&mut browser, code).await;
        assert_eq!((status, reason.as_str()), (429, "TOO_MANY_ATTEMPTS"));
    }
    server.clock.advance(Duration::from_secs(15 * 60));
    assert_eq!(tries(&mut browser, "BBBB-BBBB").await.0, 404);
}

#[tokio::test]
async fn an_address_has_twenty_wrong_codes_however_many_people_it_has() {
    let server = TestServer::start().await;
    for person in 0..4 {
        let mut browser = server
            .signed_in(&format!("guest{person}@example.com"))
            .await;
        for _ in 0..5 {
            assert_eq!(tries(&mut browser, "BBBB-BBBB").await.0, 404);
        }
    }
    let mut browser = server.signed_in("guest9@example.com").await;
    assert_eq!(tries(&mut browser, "BBBB-BBBB").await.0, 429);
}

#[tokio::test]
async fn many_tries_at_once_are_no_more_tries() {
    let server = TestServer::start().await;
    let browser = server.signed_in("owner@example.com").await;
    let tasks: Vec<_> = (0..40)
        .map(|_| {
            let mut browser = browser.clone();
            tokio::spawn(async move { tries(&mut browser, "BBBB-BBBB").await.0 })
        })
        .collect();
    let mut looked_up = 0;
    for task in tasks {
        looked_up += usize::from(task.await.unwrap() == 404);
    }
    assert_eq!(looked_up, 5);
}

#[tokio::test]
async fn unknown_used_denied_expired_and_somebody_elses_are_one_answer() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let mut other = server.signed_in("other@example.com").await;
    let mut codes = vec!["BBBB-BBBB".to_owned()];
    for verb in ["approve", "deny"] {
        let code = text(&start_device(&server).await, "user_code");
        tries(&mut browser, &code).await;
        let body = json!({ "userCode": code }).to_string();
        let path = format!("/auth/device:{verb}");
        expect(&browser.call("POST", &path, &body).await, 200, verb);
        codes.push(code);
    }
    let theirs = text(&start_device(&server).await, "user_code");
    assert_eq!(tries(&mut other, &theirs).await.0, 200);
    codes.push(theirs);
    let mut bodies = Vec::new();
    for code in codes {
        let body = json!({ "userCode": code }).to_string();
        let answer = browser.call("POST", INSPECT, &body).await;
        expect(&answer, 404, &code);
        let error = answer.error();
        bodies.push((error.code, error.message.clone(), error.details.len()));
    }
    assert!(bodies.iter().all(|one| *one == bodies[0]), "{bodies:?}");
}

#[tokio::test]
async fn looking_at_the_page_or_sending_a_get_approves_nothing() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let started = start_device(&server).await;
    let code = text(&started, "user_code");
    for _ in 0..20 {
        for (method, path) in [
            ("GET", format!("/activate?user_code={code}")),
            ("HEAD", format!("/activate?user_code={code}")),
            ("GET", format!("/auth/device:approve?userCode={code}")),
            ("GET", "/auth/device:approve".to_owned()),
        ] {
            let answer = browser.send(&browser.ask(method, &path)).await;
            assert!(!path.contains("approve") || answer.status == 405, "{path}");
        }
    }
    let pending = poll(&server, &text(&started, "device_code")).await;
    assert_eq!(error(&pending), "authorization_pending");
}
