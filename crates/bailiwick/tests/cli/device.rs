//! How `auth login --headless` waits (RFC 8628 §3.5), against servers that are told what to answer.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::canned::{answer, discovery, server};
use crate::machine::Machine;

const JSON: &str = "application/json";

/// A server with a code for devices that is good for `expires_in` seconds, which answers each poll
/// with the next of `polls`, and notes when it came.
fn device_server(expires_in: u64, polls: &'static [&str]) -> (Machine, Arc<Mutex<Vec<Instant>>>) {
    let polled = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&polled);
    let url = server(move |base, line| {
        if line.contains("/.well-known/") {
            return answer("200 OK", JSON, "", &discovery(base));
        }
        if line.contains("/oauth/device_authorization") {
            let body = serde_json::json!({
                "device_code": "d",
                "user_code": "BCDF-GHJK",
                "verification_uri": format!("{base}/activate"),
                "expires_in": expires_in,
                "interval": 1,
            });
            return answer("200 OK", JSON, "", &body.to_string());
        }
        if line.contains("/auth/v1/ok") {
            return answer(
                "403 Forbidden",
                JSON,
                "",
                r#"{"code":7,"message":"Signed in."}"#,
            );
        }
        let mut seen = seen.lock().unwrap();
        let next = polls[seen.len()];
        seen.push(Instant::now());
        match next {
            "" => String::new(),
            "tokens" => {
                let body = r#"{"access_token":"at","expires_in":600,"refresh_token":"rt"}"#;
                answer("200 OK", JSON, "", body)
            }
            error => answer(
                "400 Bad Request",
                JSON,
                "",
                &format!(r#"{{"error":"{error}"}}"#),
            ),
        }
    });
    (Machine::new(&url), polled)
}

/// The time between the first two polls.
fn between(polled: &Mutex<Vec<Instant>>) -> Duration {
    let polled = polled.lock().unwrap();
    polled[1] - polled[0]
}

#[test]
fn who_is_told_to_slow_down_does() {
    let (machine, polled) = device_server(60, &["slow_down", "tokens"]);
    machine.says("auth login --headless");
    assert!(between(&polled) >= Duration::from_secs(6));
    assert!(machine.file().exists());
}

#[test]
fn a_server_that_restarts_meanwhile_is_waited_for() {
    let (machine, polled) = device_server(60, &["", "tokens"]);
    machine.says("auth login --headless");
    assert_eq!(polled.lock().unwrap().len(), 2);
    assert!(machine.file().exists());
}

#[test]
fn an_expired_code_says_so_and_keeps_nothing() {
    let expired = "error: The code has expired: run `bailiwick auth login --headless` again.\n";
    let (locally, polled) = device_server(1, &["authorization_pending"]);
    let (remotely, _) = device_server(60, &["authorization_pending", "expired_token"]);
    for machine in [locally, remotely] {
        let said = machine.says("auth login --headless");
        assert_eq!(said.code, 1);
        assert!(said.stderr.ends_with(expired), "{said:?}");
        assert!(machine.files().is_empty());
    }
    assert!(polled.lock().unwrap().is_empty(), "polled after its end");
}
