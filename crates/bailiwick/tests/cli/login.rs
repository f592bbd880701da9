//! Signing in and out.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use bailiwick_testkit::TestServer;
use bailiwick_testkit::http::parameter_of;

use crate::machine::{Machine, alike, allow, decide, visit};

const OWNER: &str = "owner@example.com";

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_signs_in_by_a_url_that_is_printed() {
    let server = TestServer::start().await;
    let machine = Machine::new(&server.base_url);
    let mut login = machine.start(&["auth", "login", "--provider", "dev"]);
    let url = login.hears("/oauth/authorize?");
    assert!(url.contains("idp_id=dev"), "{url}");
    assert!(
        url.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A"),
        "{url}"
    );
    let mut browser = server.signed_in(OWNER).await;
    let page = allow(&mut browser, &url).await;
    assert!(page.contains("You can close this window."), "{page}");
    let said = login.ends();
    assert_eq!((said.code, said.stdout.as_str()), (0, ""), "{said:?}");
    assert_eq!(
        said.stderr.replace(&url, "URL"),
        format!(
            "Sign in with a browser on this machine:\n\n    URL\n\nSigned in to {} as {OWNER}.\n",
            server.base_url
        )
    );
    let status = machine.done("auth status");
    let id = "x".repeat(40);
    assert!(
        alike(&status).starts_with(&format!("Signed in to {} as {OWNER}", server.base_url))
            && alike(&status).contains(&format!("\nIdentity: {id}\n[owner] ")),
        "{status}"
    );
    let who: serde_json::Value =
        serde_json::from_str(&machine.done("auth status -o json")).unwrap();
    assert_eq!(who["email"], OWNER);
    assert_eq!(machine.id("auth token").split('.').count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn denying_signs_nobody_in_and_keeps_nothing() {
    let server = TestServer::start().await;
    let machine = Machine::new(&server.base_url);
    let mut login = machine.start(&["auth", "login"]);
    let url = login.hears("/oauth/authorize?");
    let mut browser = server.signed_in(OWNER).await;
    let back = decide(&mut browser, &url, "deny").await;
    let page = visit(&back).await;
    assert!(page.contains("Nobody was signed in"), "{page}");
    let said = login.ends();
    assert_eq!(said.code, 1);
    assert!(
        said.stderr.ends_with("error: The sign-in was denied.\n"),
        "{said:?}"
    );
    assert!(machine.files().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_listener_takes_one_answer_and_only_the_one_that_was_asked_for() {
    let server = TestServer::start().await;
    let machine = Machine::new(&server.base_url);
    let mut login = machine.start(&["auth", "login"]);
    let url = login.hears("/oauth/authorize?");
    let redirect_uri = parameter_of(&url, "redirect_uri").unwrap();
    // What another process of this machine would send that guessed the port.
    assert!(
        visit(&redirect_uri.replace("/callback", "/favicon.ico"))
            .await
            .contains("nothing here")
    );
    let page = visit(&format!("{redirect_uri}?code=stolen&state=guess")).await;
    assert!(page.contains("Nobody was signed in"), "{page}");
    let said = login.ends();
    assert_eq!(said.code, 1);
    assert!(
        said.stderr
            .contains("error: Something else than this sign-in answered"),
        "{said:?}"
    );
    assert!(machine.files().is_empty());
    let host = redirect_uri.split('/').nth(2).unwrap();
    assert!(TcpStream::connect(host).is_err(), "it still listens");
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_want_something_else_hinder_no_sign_in() {
    let server = TestServer::start().await;
    let machine = Machine::new(&server.base_url);
    let mut login = machine.start(&["auth", "login"]);
    let url = login.hears("/oauth/authorize?");
    let mut browser = server.signed_in(OWNER).await;
    let back = decide(&mut browser, &url, "allow").await;
    let (host, path) = back["http://".len()..].split_once('/').unwrap();
    let _silent = TcpStream::connect(host).unwrap();
    let mut slow = TcpStream::connect(host).unwrap();
    slow.set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    write!(slow, "GET /{path} HTTP/1.1\r\n").unwrap();
    let icon = format!("http://{host}/favicon.ico");
    assert!(visit(&icon).await.contains("nothing here"));
    write!(slow, "Host: {host}\r\n\r\n").unwrap();
    let mut page = String::new();
    slow.read_to_string(&mut page).unwrap();
    assert!(page.contains("You are signed in."), "{page}");
    let said = login.ends();
    assert_eq!(said.code, 0, "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_browser_a_code_is_typed_elsewhere() {
    let server = TestServer::start().await;
    let machine = Machine::new(&server.base_url);
    let mut login = machine.start(&["auth", "login", "--headless"]);
    let page = login.hears("/activate");
    assert_eq!(page, format!("{}/activate", server.base_url));
    login.hears("type the code");
    let code = login.hears("-");
    let mut browser = server.signed_in(OWNER).await;
    let body = serde_json::json!({ "userCode": code }).to_string();
    let seen = browser.call("POST", "/auth/device:inspect", &body).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    assert_eq!(seen.json()["client"]["id"], "cli");
    let approved = browser.call("POST", "/auth/device:approve", &body).await;
    assert_eq!(approved.status, 200, "{}", approved.body);
    let said = login.ends();
    assert_eq!((said.code, said.stdout.as_str()), (0, ""), "{said:?}");
    let table = machine.done("iam organizations list -o table");
    assert!(table.starts_with("                     ID  "), "{table}");
    assert!(table.lines().count() > 2, "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_denied_ends_the_waiting() {
    let server = TestServer::start().await;
    let machine = Machine::new(&server.base_url);
    let mut login = machine.start(&["auth", "login", "--headless"]);
    login.hears("type the code");
    let code = login.hears("-");
    let mut browser = server.signed_in(OWNER).await;
    let body = serde_json::json!({ "userCode": code }).to_string();
    browser.call("POST", "/auth/device:inspect", &body).await;
    let denied = browser.call("POST", "/auth/device:deny", &body).await;
    assert_eq!(denied.status, 200, "{}", denied.body);
    let said = login.ends();
    assert_eq!(said.code, 1);
    assert!(
        said.stderr.ends_with("error: The sign-in was denied.\n"),
        "{said:?}"
    );
    assert!(machine.files().is_empty());
}
