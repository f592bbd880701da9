//! One's own sessions, seen and ended; and what takes a recent one.

use std::time::Duration;

use bailiwick_testkit::{Ask, Browser, TestServer};
use serde_json::Value;

use crate::client::{call, signed_in};
use crate::world::{ROLE_BINDINGS, World, binding, create, expect, item, role, text, who};

const SESSIONS: &str = "/auth/sessions";
const OTHERS: &str = "/auth/sessions:endOthers";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

async fn sessions(browser: &mut Browser) -> Vec<Value> {
    let answer = browser.call("GET", SESSIONS, "").await;
    expect(&answer, 200, "list");
    answer.json()["sessions"].as_array().unwrap().clone()
}

async fn lives(browser: &mut Browser) -> bool {
    browser.call("GET", "/auth/v1/ok", "").await.status == 200
}

#[tokio::test]
async fn a_person_sees_their_browsers_and_signs_one_out() {
    let server = TestServer::start().await;
    let mut here = server.signed_in("a@example.com").await;
    let mut there = server.signed_in("a@example.com").await;
    let mut other = server.signed_in("b@example.com").await;
    let listed = sessions(&mut here).await;
    assert_eq!(listed.len(), 2);
    let current: Vec<_> = listed.iter().filter(|one| one["current"] == true).collect();
    assert_eq!(current.len(), 1);
    assert_eq!(current[0]["id"], here.page.clone().unwrap());
    assert_eq!(current[0]["address"], "127.0.0.1");
    assert_eq!(current[0]["providerName"], "Development sign-in");
    let secret = there.cookie("__Host-bailiwick").unwrap().to_owned();
    assert!(!serde_json::to_string(&listed).unwrap().contains(&secret));

    let path = format!("{SESSIONS}/{}", there.page.clone().unwrap());
    expect(&other.call("DELETE", &path, "").await, 200, "not theirs");
    assert!(lives(&mut there).await, "and nothing happened");
    for _ in 0..2 {
        expect(&here.call("DELETE", &path, "").await, 200, "end");
    }
    let dead = there.call("GET", "/auth/v1/ok", "").await;
    expect(&dead, 401, "ended");
    assert_eq!(dead.reason(), "SIGNED_OUT");
    assert!(lives(&mut here).await);
    let by_secret = format!("{SESSIONS}/{secret}");
    expect(&here.call("DELETE", &by_secret, "").await, 400, "no id");
}

#[tokio::test]
async fn all_other_browsers_are_signed_out_and_clients_are_not() {
    let server = TestServer::start().await;
    let mut here = server.signed_in("a@example.com").await;
    let mut there = server.signed_in("a@example.com").await;
    let tokens = signed_in(&server, &mut there).await;
    expect(&here.call("POST", OTHERS, "").await, 200, "end others");
    assert!(lives(&mut here).await);
    assert!(!lives(&mut there).await);
    assert_eq!(sessions(&mut here).await.len(), 1);
    let access = text(&tokens, "access_token");
    let still = call(&server, &access, "GET", "/auth/v1/ok", "").await;
    expect(&still, 200, "what a client was given has a list of its own");
}

#[tokio::test]
async fn no_token_sees_or_ends_a_session() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("a@example.com").await;
    let access = text(&signed_in(&server, &mut browser).await, "access_token");
    let own = format!("{SESSIONS}/{}", browser.page.clone().unwrap());
    for (method, path) in [("GET", SESSIONS), ("DELETE", &own), ("POST", OTHERS)] {
        let answer = call(&server, &access, method, path, "").await;
        expect(&answer, 401, path);
        assert_eq!(answer.reason(), "INVALID_TOKEN");
    }
    assert!(lives(&mut browser).await);
}

#[tokio::test]
async fn a_browser_is_called_by_what_it_says_and_cannot_say_much() {
    let server = TestServer::start().await;
    for (said, expected) in [
        (FIREFOX, "Firefox on Linux"),
        ("evil\u{1}<b>", ""),
        (&"x".repeat(4000), &"x".repeat(40)[..]),
    ] {
        let mut browser = server.browser();
        let begun = browser.begin("dev").await;
        let callback =
            bailiwick_testkit::browser::at_provider(&begun.location, Some("a@example.com")).await;
        let back = browser.come_back(&callback).await;
        let code = back.location("code").unwrap();
        let ask = browser.redemption(&code, &begun.verifier);
        let ask = match said.contains('\u{1}') {
            true => ask,
            false => ask.header("user-agent", said),
        };
        let answer = browser.send(&ask).await;
        expect(&answer, 200, said);
        browser.page = Some(text(&answer.json(), "id"));
        let listed = sessions(&mut browser).await;
        let own = listed.iter().find(|one| one["current"] == true).unwrap();
        assert_eq!(own["browser"], expected);
    }
}

#[tokio::test]
async fn a_session_that_another_planted_is_not_the_one_after_the_sign_in() {
    let server = TestServer::start().await;
    let mut attacker = server.signed_in("attacker@example.com").await;
    let mut victim = attacker.clone();
    victim.sign_in("victim@example.com").await;
    let (theirs, planted) = (
        victim.cookie("__Host-bailiwick").unwrap(),
        attacker.cookie("__Host-bailiwick").unwrap(),
    );
    assert_ne!(theirs, planted);
    assert!(!lives(&mut attacker).await, "the planted one is dead");
}

#[tokio::test]
async fn an_owner_is_made_and_an_organization_deleted_after_a_recent_sign_in_alone() {
    let mut world = World::new().await;
    let (organization, guest) = (world.organization.clone(), who(&mut world.viewer).await);
    let tokens = signed_in(&world.server, &mut world.owner).await;
    let refresh = text(&tokens, "refresh_token");
    let doomed = create(&mut world.owner, "", "doomed").await;
    world.server.clock.advance(Duration::from_secs(15 * 60 + 1));
    let bind = (
        "POST",
        format!("{ROLE_BINDINGS}/{organization}"),
        binding(&guest, "owner"),
    );
    let apply = (
        "POST",
        "/iam/v2/access:apply".to_owned(),
        format!(
            r#"{{"changes":[{{"create":{{"parent":"{organization}","roleBinding":{}}}}}]}}"#,
            binding(&guest, "owner")
        ),
    );
    let invite = (
        "POST",
        format!("/iam/v2/groupInvites/{organization}"),
        format!(r#"{{"roleUid":"{}","ttl":"1h"}}"#, role("owner")),
    );
    let delete = ("DELETE", item(&doomed), String::new());
    let renewed = crate::client::refresh(&world.server, &refresh).await;
    let access = text(&renewed.json(), "access_token");
    for (method, path, body) in [&bind, &apply, &invite, &delete] {
        let by_cookie = world.owner.call(method, path, body).await;
        let by_token = call(&world.server, &access, method, path, body).await;
        for answer in [by_cookie, by_token] {
            expect(&answer, 403, path);
            assert_eq!(answer.reason(), "STEP_UP_REQUIRED");
        }
    }
    let preview = apply.1.replace(":apply", ":preview");
    let shown = world.owner.call("POST", &preview, &apply.2).await;
    expect(&shown, 200, "a preview takes none");
    assert_eq!(shown.json()["refusals"].as_array().map(Vec::len), Some(0));
    let not_theirs = world.viewer.call("DELETE", &item(&organization), "").await;
    expect(&not_theirs, 403, "who may not is told that first");
    assert_eq!(not_theirs.reason(), "CAPABILITY_MISSING");

    world.owner.sign_in("owner@example.com").await;
    for (method, path, body) in [&bind, &invite, &delete] {
        let answer = world.owner.call(method, path, body).await;
        expect(&answer, 200, path);
    }
}

#[tokio::test]
async fn the_request_of_another_site_ends_no_session() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("a@example.com").await;
    let cookie = browser.cookie("__Host-bailiwick").unwrap().to_owned();
    let ask = Ask::new("POST", OTHERS)
        .header("cookie", &format!("__Host-bailiwick={cookie}"))
        .header("origin", "https://evil.example")
        .header("x-bailiwick", browser.page.as_deref().unwrap());
    expect(&server.send(&ask).await, 403, "another site");
    assert!(lives(&mut browser).await);
}
