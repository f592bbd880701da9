//! Servers that are down, are none of ours, or disagree about the time.

use std::os::unix::fs::PermissionsExt as _;

use crate::canned::{self, answer, credentials, discovery};
use crate::machine::Machine;

/// A machine with credentials for the server.
fn signed_in(url: &str) -> Machine {
    let machine = Machine::new(url);
    std::fs::create_dir_all(machine.folder()).unwrap();
    std::fs::write(machine.file(), credentials(url)).unwrap();
    let private = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(machine.file(), private).unwrap();
    machine
}

#[test]
fn a_server_that_is_down_is_out_of_reach() {
    let machine = signed_in("http://127.0.0.1:9");
    for words in [
        "iam organizations list",
        "auth login",
        "auth login --headless",
    ] {
        machine.fails(
            words,
            3,
            "error: SERVER cannot be reached: Connection refused (os error 111). Is it up, and is \
             its URL right?",
        );
    }
}

#[test]
fn a_port_that_speaks_no_tls_is_named() {
    let plain = canned::server(|_, _| answer("200 OK", "text/html", "", "hello"));
    let machine = signed_in(&plain.replace("http://", "https://"));
    let said = machine.says("iam organizations list");
    assert_eq!(said.code, 3);
    assert!(said.stderr.contains("does not speak TLS there"), "{said:?}");
}

#[test]
fn a_page_instead_of_data_is_no_bailiwick_server() {
    let html = canned::server(|_, _| answer("200 OK", "text/html; charset=utf-8", "", "<p>Hello"));
    for words in ["iam organizations list", "auth login", "auth status"] {
        signed_in(&html).fails(
            words,
            3,
            "error: SERVER answers with a page instead of JSON (HTTP 200). Is this the URL of a \
             Bailiwick server, and does no proxy or sign-in page stand before it?",
        );
    }
}

#[test]
fn a_server_that_calls_itself_something_else_is_not_signed_in_to() {
    let other = canned::server(|_, _| {
        answer(
            "200 OK",
            "application/json",
            "",
            &discovery("https://id.example.com"),
        )
    });
    Machine::new(&other).fails(
        "auth login",
        3,
        "error: The server at SERVER says that it is https://id.example.com: use --server \
         https://id.example.com if that is the one you mean.",
    );
}

#[test]
fn a_redirect_is_not_followed_with_a_token() {
    let moved = canned::server(|_, _| {
        let to = "Location: https://id.example.com/\r\n";
        answer("308 Permanent Redirect", "text/html", to, "")
    });
    signed_in(&moved).fails(
        "iam organizations list",
        3,
        "error: SERVER sends elsewhere: try --server https://id.example.com if you trust it.",
    );
}

#[test]
fn a_clock_that_is_off_is_named_when_a_token_is_refused() {
    let strict = canned::server(|base, line| {
        let date = "Date: Sat, 21 Nov 2020 10:00:00 GMT\r\n";
        let json = |status, body: &str| answer(status, "application/json", date, body);
        if line.contains("/.well-known/") {
            json("200 OK", &discovery(base))
        } else if line.contains("/oauth/token") {
            json("400 Bad Request", r#"{"error":"invalid_grant"}"#)
        } else {
            json("401 Unauthorized", r#"{"code":16,"message":"Sign in."}"#)
        }
    });
    let said = signed_in(&strict).says("iam organizations list");
    assert_eq!(said.code, 1);
    let (first, second) = said.stderr.trim_end().split_once('\n').unwrap();
    assert!(
        first.contains("has ended. Run `bailiwick auth login"),
        "{first}"
    );
    assert!(
        second.contains("clock is") && second.contains("days ahead of"),
        "{second}"
    );
}

#[test]
fn a_sign_in_that_cannot_be_renewed_just_now_stays() {
    let machine = signed_in("http://127.0.0.1:9");
    machine.forget_time();
    let kept = std::fs::read_to_string(machine.file()).unwrap();
    assert_eq!(machine.says("auth token").code, 3);
    assert_eq!(std::fs::read_to_string(machine.file()).unwrap(), kept);
    assert_eq!(machine.files().len(), 1);
}

#[test]
fn signing_out_deletes_the_credentials_even_if_nobody_answers() {
    let machine = signed_in("http://127.0.0.1:9");
    let said = machine.says("auth logout");
    assert_eq!(said.code, 3);
    let advice =
        "  The credentials here are deleted. End the sign-in itself at http://127.0.0.1:9/me.";
    assert_eq!(said.stderr.lines().last(), Some(advice));
    assert!(machine.files().is_empty());
}

#[test]
fn a_list_is_complete_whatever_the_pages_are() {
    let group = |digit: &str| {
        let time = "2026-01-01T00:00:00Z";
        serde_json::json!({
            "uid": digit.repeat(40), "name": digit, "createTime": time, "updateTime": time,
        })
    };
    let paged = canned::server(move |_, line| {
        let page = match line.contains("pageToken=next") {
            false => serde_json::json!({ "groups": [group("a")], "nextPageToken": "next" }),
            true => serde_json::json!({ "groups": [group("b")] }),
        };
        answer("200 OK", "application/json", "", &page.to_string())
    });
    let machine = signed_in(&paged);
    assert_eq!(machine.done("iam organizations list"), "[a]\n[b]\n");
    let json = machine.done("iam organizations list -o json");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["totalCount"], "2");
    assert_eq!(json["nextPageToken"], serde_json::Value::Null);
}

#[test]
fn an_answer_of_another_version_is_named() {
    let newer = canned::server(|_, _| answer("200 OK", "application/json", "", r#"{"groups": 5}"#));
    signed_in(&newer).fails(
        "iam organizations list",
        3,
        "error: SERVER answered something that this version does not understand (HTTP 200). Use the \
         command line of the same version as the server.",
    );
}

#[test]
fn who_is_in_no_organization_is_told_what_to_do() {
    let empty = canned::server(|_, _| answer("200 OK", "application/json", "", "{}"));
    let said = signed_in(&empty).says("iam organizations list");
    assert_eq!((said.code, said.stdout.as_str()), (0, ""));
    assert_eq!(
        said.stderr,
        "You are in no organization. Ask for an invite, or make one by `bailiwick iam organizations \
         create NAME`.\n"
    );
}

#[test]
fn what_a_server_says_cannot_steer_the_terminal() {
    let rude = canned::server(|_, _| {
        let body = r#"{"code":7,"message":"No\u001b[2J\u202e."}"#;
        answer("403 Forbidden", "application/json", "", body)
    });
    signed_in(&rude).fails("iam organizations list", 1, "error: No [2J .");
}
