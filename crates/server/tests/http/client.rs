//! A client of the issuer, as the tests need one: it keeps its verifier, and sends forms.

use bailiwick_testkit::browser::challenge;
use bailiwick_testkit::http::{form, parameter_of};
use bailiwick_testkit::{Answer, Ask, Begun, Browser, TestServer};
use serde_json::{Value, json};

use crate::world::{expect, text};

/// The command line's own client id.
pub(crate) const CLI: &str = "cli";
/// Where the command line listens in these tests.
pub(crate) const CALLBACK: &str = "http://127.0.0.1:4180/callback";
/// The grant type of RFC 8628 §3.4.
pub(crate) const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// The path of an authorization request of the command line, as it should be.
pub(crate) fn authorize_path(begun: &Begun) -> String {
    let query = form(&[
        ("client_id", CLI),
        ("response_type", "code"),
        ("scope", "openid offline_access"),
        ("redirect_uri", CALLBACK),
        ("state", &begun.state),
        ("nonce", &begun.nonce),
        ("code_challenge", &challenge(&begun.verifier)),
        ("code_challenge_method", "S256"),
    ]);
    format!("/oauth/authorize?{query}")
}

/// Sends a form to an endpoint of the issuer.
pub(crate) async fn post(server: &TestServer, path: &str, parameters: &[(&str, &str)]) -> Answer {
    server.send(&Ask::new("POST", path).form(parameters)).await
}

/// Sends a form to the token endpoint.
pub(crate) async fn token(server: &TestServer, parameters: &[(&str, &str)]) -> Answer {
    post(server, "/oauth/token", parameters).await
}

/// Begins a request; answers the name that it goes by on the console's page.
pub(crate) async fn begin(server: &TestServer, path: &str) -> String {
    let answer = server.send(&Ask::new("GET", path)).await;
    expect(&answer, 303, path);
    let location = answer.header("location").to_owned();
    assert!(location.starts_with(&format!("{}/authorize?", server.base_url)));
    parameter_of(&location, "request").unwrap()
}

/// Looks at a request and allows it; answers the code.
pub(crate) async fn allow(browser: &mut Browser, request: &str) -> String {
    let body = json!({ "request": request }).to_string();
    let seen = browser
        .call("POST", "/auth/authorization:inspect", &body)
        .await;
    expect(&seen, 200, "inspect");
    let allowed = browser
        .call("POST", "/auth/authorization:allow", &body)
        .await;
    expect(&allowed, 200, "allow");
    parameter_of(&text(&allowed.json(), "location"), "code").unwrap()
}

/// A code of the command line for whoever sits at the browser.
pub(crate) async fn code(server: &TestServer, browser: &mut Browser, begun: &Begun) -> String {
    let request = begin(server, &authorize_path(begun)).await;
    allow(browser, &request).await
}

/// Redeems a code.
pub(crate) async fn redeem(server: &TestServer, code: &str, begun: &Begun) -> Answer {
    token(
        server,
        &[
            ("grant_type", "authorization_code"),
            ("client_id", CLI),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", &begun.verifier),
        ],
    )
    .await
}

/// Signs the command line in as whoever sits at the browser.
pub(crate) async fn signed_in(server: &TestServer, browser: &mut Browser) -> Value {
    let begun = Begun::new();
    let code = code(server, browser, &begun).await;
    let answer = redeem(server, &code, &begun).await;
    expect(&answer, 200, "redeem");
    answer.json()
}

/// Uses a refresh token.
pub(crate) async fn refresh(server: &TestServer, refresh_token: &str) -> Answer {
    token(
        server,
        &[
            ("grant_type", "refresh_token"),
            ("client_id", CLI),
            ("refresh_token", refresh_token),
        ],
    )
    .await
}

/// Lets a device begin.
pub(crate) async fn start_device(server: &TestServer) -> Value {
    let answer = post(
        server,
        "/oauth/device_authorization",
        &[
            ("client_id", CLI),
            ("scope", "openid offline_access"),
            ("host", "build-1"),
        ],
    )
    .await;
    expect(&answer, 200, "device authorization");
    answer.json()
}

/// Lets a device ask.
pub(crate) async fn poll(server: &TestServer, device_code: &str) -> Answer {
    token(
        server,
        &[
            ("grant_type", DEVICE_GRANT),
            ("client_id", CLI),
            ("device_code", device_code),
        ],
    )
    .await
}

/// A request of a client with an access token.
pub(crate) async fn call(
    server: &TestServer,
    access_token: &str,
    method: &str,
    path: &str,
    body: &str,
) -> Answer {
    let ask = Ask::new(method, path).header("authorization", &format!("Bearer {access_token}"));
    let ask = match body {
        "" => ask,
        body => ask.json(body),
    };
    server.send(&ask).await
}

/// The `error` of a refusal.
pub(crate) fn error(answer: &Answer) -> String {
    text(&answer.json(), "error")
}
