//! What stands on every answer. [`Answer::assert_proper`](bailiwick_testkit::Answer) checks it on
//! each one of this binary; here are the kinds of answers, and what depends on the scheme.

use std::collections::BTreeSet;

use bailiwick_testkit::{Ask, TestServer};

use crate::world::{World, item};

#[tokio::test]
async fn every_kind_of_answer_is_protected_and_has_an_id_of_its_own() {
    let world = World::new().await;
    let mut ids = BTreeSet::new();
    for (ask, status) in [
        (world.owner.ask("GET", &item(&world.folder)), 200),
        (world.owner.ask("HEAD", &item(&world.folder)), 200),
        (world.owner.ask("GET", &item("nonsense")), 400),
        (Ask::new("GET", &item("")), 401),
        (world.owner.ask("GET", &item(&world.elsewhere)), 404),
        (
            world.owner.ask("GET", &item("")).without("x-bailiwick"),
            403,
        ),
        (world.owner.ask("PATCH", "/auth/v1/ok"), 405),
        (world.owner.ask("GET", "/no/such.file"), 404),
        (Ask::new("GET", "/").header("host", "127.0.0.1:1"), 303),
        (Ask::new("GET", "/").header("host", "evil.example"), 421),
        (Ask::new("GET", "/oauth/authorize"), 400),
        (Ask::new("GET", "/oauth/callback/dev?state=x"), 400),
        (Ask::new("GET", "/oauth/callback/%FF"), 400),
        (Ask::new("GET", "/oauth/jwks"), 200),
        (Ask::new("GET", "/health/ready"), 200),
        (Ask::new("GET", "/openapi.json"), 200),
    ] {
        // Whoever sends an id does not choose ours.
        let ask = ask.header("x-request-id", "mine");
        let answer = world.server.send(&ask).await;
        assert_eq!(answer.status, status, "{ask:?}: {}", answer.body);
        assert_eq!(answer.header("strict-transport-security"), "");
        let id = answer.header("x-request-id").to_owned();
        assert_ne!(id, "mine");
        assert!(ids.insert(id), "{ask:?}: an id that was given before");
        for tells in ["server", "x-powered-by", "via"] {
            assert_eq!(answer.header(tells), "", "{ask:?}");
        }
    }
}

#[tokio::test]
async fn what_belongs_to_someone_is_never_stored() {
    let world = World::new().await;
    for path in [
        item(""),
        item(&world.folder),
        "/auth/v1/ok".to_owned(),
        "/auth/session".to_owned(),
    ] {
        let answer = world.server.send(&world.owner.ask("GET", &path)).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (200, "no-store"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn https_is_for_good() {
    let server = TestServer::start_with(|config| {
        config.base_url = "https://id.example".parse().unwrap();
    })
    .await;
    for (path, status) in [("/auth/providers", 200), ("/iam/v2/groups", 401)] {
        let ask = Ask::new("GET", path).header("host", "id.example");
        let answer = server.send(&ask).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        let hsts = answer.header("strict-transport-security");
        assert_eq!(hsts, "max-age=31536000; includeSubDomains");
    }
    for host in ["127.0.0.1", "localhost", "id.example:8443"] {
        let answer = server
            .send(&Ask::new("GET", "/").header("host", host))
            .await;
        assert_eq!(
            answer.status, 421,
            "only loopback is forgiving, and only to itself"
        );
    }
}

#[tokio::test]
async fn an_organization_is_made_by_the_operator_where_that_is_the_policy() {
    let server = TestServer::start_with(|config| {
        config.organizations.create = bailiwick_server::config::CreatePolicy::Admin;
    })
    .await;
    let mut browser = server.signed_in("someone@example.com").await;
    let state = browser.call("GET", "/auth/session", "").await.json();
    assert_eq!(state["organizationsOpen"], false);
    assert_eq!(state["mail"], false);
    let answer = browser.call("POST", &item(""), r#"{"name":"acme"}"#).await;
    assert_eq!(
        (answer.status, answer.reason().as_str()),
        (403, "ORGANIZATIONS_CLOSED")
    );
    assert!(answer.error().message.contains("whoever runs it"));
}
