//! Providers that cannot be used: each says so in its own words, and hurts no other.

use std::time::{Duration, Instant};

use bailiwick_testkit::browser::at_provider;
use bailiwick_testkit::{Answer, Begun, Browser, Liar, Lie, Manner, Stubborn, TestServer};

use bailiwick_server::config::Config;

use crate::world::expect;

/// The answer to a sign-in that begins with this provider.
async fn begin(mut browser: Browser, provider: &str) -> Answer {
    let path = browser.authorize_path(provider, &Begun::new());
    browser.send(&browser.clone().visit(&path)).await
}

/// Begins, and expects to be sent back with an error and nothing else. Answers its code and words.
async fn begin_in_vain(server: &TestServer, provider: &str, what: &str) -> (String, String) {
    let answer = begin(server.browser(), provider).await;
    expect(&answer, 303, what);
    assert_eq!(answer.all("set-cookie"), Vec::<&str>::new(), "{what}");
    refusal(server, &answer, what)
}

fn refusal(server: &TestServer, answer: &Answer, what: &str) -> (String, String) {
    let told = |name| answer.location(name).unwrap_or_default();
    let callback = format!("{}/auth/callback?", server.base_url);
    assert!(answer.header("location").starts_with(&callback), "{what}");
    assert_eq!(told("code"), "", "{what}");
    assert_eq!(told("request_id"), answer.header("x-request-id"), "{what}");
    (told("error"), told("error_description"))
}

async fn with(liar: &Liar) -> TestServer {
    let config = liar.config();
    TestServer::start_with(|all| all.providers.push(config)).await
}

#[tokio::test]
async fn a_discovery_document_that_cannot_be_used_ends_the_sign_in_before_it_began() {
    for lie in [
        Lie::OtherIssuerInDiscovery,
        Lie::RedirectedDiscovery,
        Lie::HtmlForDiscovery,
        Lie::TextForDiscovery,
        Lie::Endpoint("token_endpoint", "http://login.example.com/token"),
        Lie::Endpoint("token_endpoint", "https://10.0.0.1/token"),
        Lie::Endpoint("token_endpoint", "https://[::ffff:192.168.0.1]/token"),
        Lie::Endpoint("jwks_uri", "http://169.254.169.254/latest"),
        Lie::Endpoint("jwks_uri", "https://169.254.169.254/latest"),
        Lie::Endpoint("jwks_uri", "file:///etc/passwd"),
        Lie::Endpoint("userinfo_endpoint", "https://[fd00:ec2::254]/"),
        Lie::Endpoint("userinfo_endpoint", "https://167772161/"),
        Lie::Endpoint("authorization_endpoint", "http://login.example.com/"),
        Lie::Endpoint("authorization_endpoint", "javascript:alert(1)"),
        Lie::Endpoint("authorization_endpoint", "data:text/html,<h1>Sign in"),
    ] {
        let liar = Liar::start().await;
        liar.tell(lie);
        let server = with(&liar).await;
        let what = format!("{lie:?}");
        let (error, words) = begin_in_vain(&server, "liar", &what).await;
        assert_eq!(error, "server_error", "{what}");
        assert!(words.contains("cannot be used"), "{what}: {words}");
    }
}

#[tokio::test]
async fn a_provider_that_fails_is_asked_again_soon_and_others_are_not_touched() {
    let liar = Liar::start().await;
    liar.tell(Lie::BrokenDiscovery);
    let server = with(&liar).await;
    assert_eq!(down(&server).await, Vec::<String>::new());
    for _ in 0..3 {
        let (error, words) = begin_in_vain(&server, "liar", "down").await;
        assert_eq!(error, "temporarily_unavailable");
        assert!(words.contains("does not answer"), "{words}");
    }
    assert_eq!(liar.discoveries(), 1, "a failure stands for some seconds");
    assert_eq!(down(&server).await, ["liar"]);
    server.signed_in("owner@example.com").await;
    liar.tell(Lie::None);
    let mended = async {
        while begin(server.browser(), "liar")
            .await
            .location("error")
            .is_some()
        {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let patience = Duration::from_secs(15);
    tokio::time::timeout(patience, mended).await.unwrap();
    assert_eq!(down(&server).await, Vec::<String>::new());
}

/// The ids of the providers that the sign-in page says are down.
async fn down(server: &TestServer) -> Vec<String> {
    let answer = server.browser().call("GET", "/auth/providers", "").await;
    let list = answer.json()["providers"].as_array().unwrap().clone();
    let down = list.iter().filter(|provider| provider["down"] == true);
    down.map(|provider| provider["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn answers_without_end_cost_five_seconds_and_a_megabyte_at_most() {
    let mut servers = Vec::new();
    for manner in [Manner::Gushing, Manner::Dripping, Manner::Silent] {
        servers.push((manner, Stubborn::start(manner).await));
    }
    let origins: Vec<_> = servers.iter().map(|(_, server)| server.url()).collect();
    let liar = Liar::start().await;
    let template = liar.config();
    let server = TestServer::start_with(|all| {
        for (at, issuer) in origins.into_iter().enumerate() {
            let mut config = template.clone();
            config.id = format!("stubborn-{at}");
            config.issuer = issuer;
            all.providers.push(config);
        }
    })
    .await;
    // All at once, and each by many at once.
    let from = Instant::now();
    let mut waiting = tokio::task::JoinSet::new();
    for at in (0..servers.len()).flat_map(|at| [at; 8]) {
        let browser = server.browser();
        waiting.spawn(async move { (at, begin(browser, &format!("stubborn-{at}")).await) });
    }
    let meanwhile = async {
        let from = Instant::now();
        server.signed_in("owner@example.com").await;
        from.elapsed()
    };
    let (answers, other) = tokio::join!(waiting.join_all(), meanwhile);
    let took = from.elapsed();
    assert!(took < Duration::from_secs(9), "{took:?}");
    assert!(
        other < Duration::from_secs(4),
        "another provider: {other:?}"
    );
    for (at, answer) in answers {
        let (error, _) = refusal(&server, &answer, &format!("stubborn-{at}"));
        let too = [
            "server_error",
            "temporarily_unavailable",
            "temporarily_unavailable",
        ];
        assert_eq!(error, too[at], "{at}: too large, too slow, too slow");
    }
    for (manner, server) in &servers {
        assert_eq!(server.asked(), 1, "{manner:?}: one asks for all");
        // What lies in the buffers of two sockets comes on top.
        assert!(server.sent() < 32 << 20, "{manner:?}: {}", server.sent());
    }
}

#[tokio::test]
async fn each_failure_on_the_way_back_has_its_own_words() {
    let liar = Liar::start().await;
    let server = with(&liar).await;
    for (lie, error, words) in [
        (Lie::Expired, "server_error", "clocks"),
        (Lie::IssuedInFuture, "server_error", "clocks"),
        (Lie::WrongNonce, "server_error", "could not be verified"),
        (Lie::HtmlForTokens, "server_error", "could not be verified"),
        (Lie::CodeRefused, "server_error", "did not accept"),
    ] {
        liar.tell(lie);
        let mut browser = server.browser();
        let begun = browser.begin("liar").await;
        let callback = at_provider(&begun.location, None).await;
        let back = browser.come_back(&callback).await;
        let told = refusal(&server, &back, &format!("{lie:?}"));
        assert_eq!(told.0, error, "{lie:?}");
        assert!(told.1.contains(words), "{lie:?}: {}", told.1);
    }
}

#[tokio::test]
async fn what_the_provider_itself_refuses_is_told_without_its_words() {
    let liar = Liar::start().await;
    let server = with(&liar).await;
    for (sent, error, words) in [
        ("access_denied", "access_denied", "cancelled or refused"),
        (
            "temporarily_unavailable",
            "temporarily_unavailable",
            "cannot sign anyone in",
        ),
        (
            "interaction_required",
            "login_required",
            "ask you something",
        ),
        ("invalid_scope", "server_error", "could not sign you in"),
        ("%3Cscript%3E", "server_error", "could not sign you in"),
    ] {
        let mut browser = server.browser();
        let begun = browser.begin("liar").await;
        let honest = at_provider(&begun.location, None).await;
        let (path, query) = honest.split_once('?').unwrap();
        let rest = query.replacen("code=", "was=", 1);
        let callback = format!("{path}?error={sent}&error_description=Call+me&{rest}");
        let back = browser.come_back(&callback).await;
        let told = refusal(&server, &back, sent);
        assert_eq!(told.0, error, "{sent}");
        assert!(told.1.contains(words), "{sent}: {}", told.1);
        assert!(!back.header("location").contains("Call"), "{sent}");
        expect(&browser.come_back(&honest).await, 400, "it was spent");
    }
    assert_eq!(liar.exchanges(), 0);
}

#[tokio::test]
async fn an_answer_without_a_sign_in_says_which_it_is() {
    let liar = Liar::start().await;
    let server = with(&liar).await;
    let mut browser = server.browser();
    let begun = browser.begin("liar").await;
    let callback = at_provider(&begun.location, None).await;

    let foreign = server.browser().come_back(&callback).await;
    expect(&foreign, 400, "a browser without our cookie");
    assert!(foreign.body.contains("begun in another browser"));

    let mut other = server.browser();
    other.begin("liar").await;
    let foreign = other.come_back(&callback).await;
    expect(&foreign, 400, "a browser with a sign-in of its own");
    assert!(foreign.body.contains("a sign-in of another browser"));

    browser.finish(&begun, &callback).await;
    let replayed = browser.come_back(&callback).await;
    expect(&replayed, 400, "twice");
    assert!(replayed.body.contains("used already"));

    let begun = browser.begin("liar").await;
    let callback = at_provider(&begun.location, None).await;
    server.clock.advance(Duration::from_secs(601));
    let late = browser.come_back(&callback).await;
    expect(&late, 400, "too late");
    assert!(late.body.contains("longer than ten minutes"));
    assert_eq!(liar.exchanges(), 1, "nothing of it reached the provider");
}

#[tokio::test]
async fn a_provider_that_is_taken_away_meanwhile_signs_nobody_in() {
    let liar = Liar::start().await;
    let before = with(&liar).await;
    let mut browser = before.browser();
    let begun = browser.begin("liar").await;
    let callback = at_provider(&begun.location, None).await;

    let without = |all: &mut Config| all.providers.retain(|one| one.id != "liar");
    let after = before.reconfigured(without).await;
    let back = browser.come_back(&callback).await;
    let (error, words) = refusal(&after, &back, "gone");
    assert_eq!(error, "server_error");
    assert!(words.contains("no longer works with"), "{words}");
    assert_eq!(liar.exchanges(), 0);
}
