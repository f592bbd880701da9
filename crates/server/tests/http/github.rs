//! Signing in by GitHub, which has no ID token: who somebody is, and which address is theirs.

use bailiwick_api::Session;
use bailiwick_testkit::browser::at_provider;
use bailiwick_testkit::{Answer, Begun, Browser, Github, TestServer};
use serde_json::{Value, json};

use crate::world::expect;

async fn with_github() -> (TestServer, Github) {
    let github = Github::start().await;
    let config = github.config();
    let server = TestServer::start_with(|all| all.providers.push(config)).await;
    (server, github)
}

async fn come_back(server: &TestServer) -> (Browser, Begun, Answer) {
    let mut browser = server.browser();
    let begun = browser.begin("github").await;
    let callback = at_provider(&begun.location, None).await;
    let back = browser.come_back(&callback).await;
    (browser, begun, back)
}

async fn signed_in(server: &TestServer) -> Session {
    let mut browser = server.browser();
    let begun = browser.begin("github").await;
    let callback = at_provider(&begun.location, None).await;
    browser.finish(&begun, &callback).await
}

fn octocat() -> Value {
    json!({ "id": 583_231, "login": "octocat", "name": "The Octocat", "email": "public@example.com" })
}

fn address(email: &str, primary: bool, verified: bool) -> Value {
    json!({ "email": email, "primary": primary, "verified": verified, "visibility": null })
}

#[tokio::test]
async fn a_person_is_the_number_of_their_account() {
    let (server, github) = with_github().await;
    github.is(octocat(), json!([address("octo@example.com", true, true)]));
    let first = signed_in(&server).await;
    assert_eq!(first.who.profile.name, "The Octocat");
    assert_eq!(first.who.email.as_deref(), Some("octo@example.com"));
    assert_eq!(first.provider_name, "GitHub");

    let renamed = json!({ "id": 583_231, "login": "hexacat", "name": null });
    github.is(renamed, json!([address("hexa@example.com", true, true)]));
    let again = signed_in(&server).await;
    assert_eq!(
        again.who.subject, first.who.subject,
        "another login and address"
    );
    assert_eq!(again.who.profile.name, "hexacat");

    let successor = json!({ "id": 999, "login": "octocat", "name": "The Octocat" });
    github.is(successor, json!([address("octo@example.com", true, true)]));
    let other = signed_in(&server).await;
    assert_ne!(
        other.who.subject, first.who.subject,
        "the login of somebody else before"
    );
}

#[tokio::test]
async fn only_the_primary_address_counts_and_only_verified() {
    let (server, github) = with_github().await;
    for (addresses, email) in [
        (
            json!([address("a@example.com", true, true)]),
            Some("a@example.com"),
        ),
        (
            json!([
                address("old@example.com", false, true),
                address("new@example.com", true, true),
                address("x@users.noreply.github.com", false, true),
            ]),
            Some("new@example.com"),
        ),
        (json!([address("a@example.com", true, false)]), None),
        (json!([address("a@example.com", false, true)]), None),
        (
            json!([
                address("a@example.com", true, false),
                address("b@example.com", false, true)
            ]),
            None,
        ),
        (json!([]), None),
        (json!([address("no address", true, true)]), None),
    ] {
        github.is(octocat(), addresses.clone());
        let session = signed_in(&server).await;
        assert_eq!(session.who.email.as_deref(), email, "{addresses}");
    }
}

#[tokio::test]
async fn an_answer_of_another_form_signs_nobody_in() {
    let (server, github) = with_github().await;
    let mail = json!([address("a@example.com", true, true)]);
    for (user, addresses) in [
        (json!({ "id": "583231", "login": "octocat" }), mail.clone()),
        (json!({ "id": -1, "login": "octocat" }), mail.clone()),
        (json!({ "id": 1.5, "login": "octocat" }), mail.clone()),
        (json!({ "login": "octocat" }), mail.clone()),
        (json!([]), mail.clone()),
        (json!({ "message": "Bad credentials" }), mail),
        (octocat(), json!({ "message": "Not Found" })),
        (
            octocat(),
            json!([{ "email": "a@example.com", "primary": true, "verified": "true" }]),
        ),
        (
            octocat(),
            json!([{ "email": "a@example.com", "primary": true, "verified": 1 }]),
        ),
    ] {
        let what = format!("{user} {addresses}");
        github.is(user, addresses);
        let (_, _, back) = come_back(&server).await;
        expect(&back, 303, &what);
        assert_eq!(
            back.location("error").as_deref(),
            Some("server_error"),
            "{what}"
        );
        assert_eq!(back.location("code"), None, "{what}");
    }
}

#[tokio::test]
async fn the_request_has_pkce_and_asks_for_addresses_alone() {
    let (server, github) = with_github().await;
    github.is(octocat(), json!([]));
    signed_in(&server).await;
    let asked = |name| github.asked(name).unwrap_or_default();
    assert_eq!(asked("scope"), "user:email");
    assert_eq!(asked("code_challenge_method"), "S256");
    assert_eq!(asked("code_challenge").len(), 43);
    assert_eq!(asked("prompt"), "");

    // GitHub knows no prompt=login: whoever is to be asked anew has to choose an account at least.
    for prompt in ["login", "select_account"] {
        let mut browser = server.browser();
        let path = browser.authorize_path("github", &Begun::new()) + "&prompt=" + prompt;
        let answer = browser.send(&browser.clone().visit(&path)).await;
        assert_eq!(answer.location("prompt").as_deref(), Some("select_account"));
    }
}

#[tokio::test]
async fn an_answer_that_says_it_comes_from_elsewhere_is_refused() {
    let (server, github) = with_github().await;
    github.is(octocat(), json!([]));
    github.says_iss(&format!("{}/login/oauth", github.base()));
    signed_in(&server).await;
    github.says_iss("https://github.com/login/oauth");
    let (_, _, back) = come_back(&server).await;
    assert_eq!(back.location("error").as_deref(), Some("server_error"));
}

#[tokio::test]
async fn a_code_that_github_does_not_know_signs_nobody_in() {
    let (server, github) = with_github().await;
    github.is(octocat(), json!([]));
    let mut browser = server.browser();
    let begun = browser.begin("github").await;
    let callback = at_provider(&begun.location, None).await;
    let made_up = callback.replacen("code=a+code", "code=made+up", 1);
    assert_ne!(made_up, callback);
    let back = browser.come_back(&made_up).await;
    assert_eq!(back.location("error").as_deref(), Some("server_error"));
    let words = back.location("error_description").unwrap_or_default();
    assert!(words.contains("did not accept"), "{words}");
}
