//! Requests that another site, or a page drawn for someone else, may have caused. Each of them would
//! succeed if it came from the console's own page.

use bailiwick_testkit::{Ask, Browser};

use crate::world::{GROUPS, World, expect, item};

/// A right request, one change that makes it wrong, and the status and reason that follow.
type Wrong = (&'static str, fn(Ask) -> Ask, u16, &'static str);

const WRONG: &[Wrong] = &[
    (
        "neither origin nor fetch metadata",
        |ask| ask.without("origin").without("sec-fetch-site"),
        403,
        "CROSS_SITE",
    ),
    (
        "a foreign origin",
        |ask| ask.with("origin", "https://evil.example"),
        403,
        "CROSS_SITE",
    ),
    (
        "a foreign origin alone",
        |ask| {
            ask.without("sec-fetch-site")
                .with("origin", "https://evil.example")
        },
        403,
        "CROSS_SITE",
    ),
    (
        "no origin at all",
        |ask| ask.with("origin", "null"),
        403,
        "CROSS_SITE",
    ),
    (
        "another port of this machine",
        |ask| ask.with("origin", "http://localhost:1"),
        403,
        "CROSS_SITE",
    ),
    (
        "an origin that begins like ours",
        |ask| ask.with("origin", "http://localhost.evil.example"),
        403,
        "CROSS_SITE",
    ),
    (
        "cross-site",
        |ask| ask.with("sec-fetch-site", "cross-site"),
        403,
        "CROSS_SITE",
    ),
    (
        "same-site",
        |ask| ask.with("sec-fetch-site", "same-site"),
        403,
        "CROSS_SITE",
    ),
    (
        "same-site without origin",
        |ask| ask.without("origin").with("sec-fetch-site", "same-site"),
        403,
        "CROSS_SITE",
    ),
    (
        "typed into the address bar, without origin",
        |ask| ask.without("origin").with("sec-fetch-site", "none"),
        403,
        "CROSS_SITE",
    ),
    (
        "typed into the address bar",
        |ask| ask.with("sec-fetch-site", "none"),
        403,
        "CROSS_SITE",
    ),
    (
        "cross-site without origin",
        |ask| ask.without("origin").with("sec-fetch-site", "cross-site"),
        403,
        "CROSS_SITE",
    ),
    (
        "no page header",
        |ask| ask.without("x-bailiwick"),
        403,
        "CROSS_SITE",
    ),
    (
        "a page that was drawn for another session",
        |ask| ask.with("x-bailiwick", "AAAAAAAAAAAAAAAA"),
        409,
        "SESSION_CHANGED",
    ),
    (
        "a page that was drawn for nobody",
        |ask| ask.with("x-bailiwick", "none"),
        409,
        "SESSION_CHANGED",
    ),
    (
        "an empty page header",
        |ask| ask.with("x-bailiwick", ""),
        409,
        "SESSION_CHANGED",
    ),
    (
        "cookie and bearer together",
        |ask| ask.header("authorization", "Bearer abc"),
        400,
        "TWO_CREDENTIALS",
    ),
    (
        "a bearer alone",
        |ask| ask.without("cookie").header("authorization", "Bearer abc"),
        401,
        "INVALID_TOKEN",
    ),
    ("no cookie", |ask| ask.without("cookie"), 401, "SIGNED_OUT"),
];

/// The owner's requests, all of which change something.
fn writes(world: &World, owner: &Browser) -> Vec<Ask> {
    let folder = item(&world.folder);
    vec![
        owner.ask("POST", &folder).json(r#"{"name":"forged"}"#),
        owner.ask("POST", GROUPS).json(r#"{"name":"forged"}"#),
        owner.ask("PATCH", &folder).json(r#"{"name":"forged"}"#),
        owner.ask("DELETE", &folder),
        owner.ask("DELETE", "/auth/session"),
    ]
}

#[tokio::test]
async fn a_write_that_another_site_may_have_caused_is_refused_and_changes_nothing() {
    let mut world = World::new().await;
    let before = world.everything().await;
    for ask in writes(&world, &world.owner) {
        for (what, spoil, status, reason) in WRONG {
            let answer = world.server.send(&spoil(ask.clone())).await;
            let what = format!("{what}: {ask:?}");
            expect(&answer, *status, &what);
            assert_eq!(answer.reason(), *reason, "{what}");
        }
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn the_same_write_succeeds_with_either_proof_of_origin() {
    let mut world = World::new().await;
    for (name, spoil) in [
        ("both", (|ask| ask) as fn(Ask) -> Ask),
        ("metadata", |ask| ask.without("origin")),
        ("origin", |ask| ask.without("sec-fetch-site")),
    ] {
        let body = format!(r#"{{"name":"by {name}"}}"#);
        let ask = world.owner.ask("POST", &item(&world.folder)).json(body);
        let answer = world.server.send(&spoil(ask)).await;
        expect(&answer, 200, name);
    }
    let answer = world.owner.call("DELETE", "/auth/session", "").await;
    expect(&answer, 200, "sign out");
}

#[tokio::test]
async fn a_form_cannot_write_whatever_it_claims_to_be() {
    let mut world = World::new().await;
    let before = world.everything().await;
    let body = r#"{"name":"forged"}"#;
    for kind in [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "text/plain; application/json",
        "application/jsonx",
        "",
    ] {
        for (method, path) in [
            ("POST", item(&world.folder)),
            ("PATCH", item(&world.folder)),
            ("POST", "/auth/session".to_owned()),
        ] {
            let ask = world.owner.ask(method, &path).body(body);
            let answer = world.server.send(&ask.with("content-type", kind)).await;
            expect(&answer, 415, kind);
            assert_eq!(answer.reason(), "NOT_JSON");
        }
    }
    let without = world.owner.ask("POST", &item(&world.folder)).body(body);
    expect(&world.server.send(&without).await, 415, "no content type");
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_code_is_not_redeemed_for_another_site() {
    let world = World::new().await;
    let mut browser = world.server.browser();
    let begun = browser.begin("dev").await;
    let callback =
        bailiwick_testkit::browser::at_provider(&begun.location, Some("a@example.com")).await;
    let back = browser.come_back(&callback).await;
    let ask = browser.redemption(&back.location("code").unwrap(), &begun.verifier);
    for spoiled in [
        ask.clone().without("x-bailiwick"),
        ask.clone().with("sec-fetch-site", "cross-site"),
        ask.clone().with("origin", "https://evil.example"),
        ask.clone().without("origin").without("sec-fetch-site"),
    ] {
        let answer = world.server.send(&spoiled).await;
        expect(&answer, 403, &format!("{spoiled:?}"));
        assert!(answer.all("set-cookie").is_empty());
    }
    expect(
        &world.server.send(&ask).await,
        200,
        "the code is still good",
    );
}
