//! Signing in with the browser of this machine (RFC 8252 §7.3): the issuer's page sends it to a
//! listener on loopback.

use std::process::{Command, Stdio};
use std::time::Duration;

use tokio::time::timeout;
use url::Url;

use crate::auth::loopback::Loopback;
use crate::auth::pkce;
use crate::failure::Failure;
use crate::output::say;
use crate::server::{CLIENT, Issuer, Tokens};

/// How long the browser may take.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// The sign-in in the browser is at most so many seconds old, so that what takes a recent one can be
/// done right after (OpenID Connect Core 1.0 §3.1.2.1).
const MAX_AGE: &str = "900";

/// Sends a browser to the issuer and waits until it is back.
///
/// # Errors
/// It did not come back, or with a refusal.
pub(super) async fn tokens(
    issuer: &Issuer<'_>,
    server: &str,
    provider: Option<&str>,
) -> Result<Tokens, Failure> {
    let (verifier, state) = (pkce::random()?, pkce::random()?);
    let loopback = Loopback::bind().await?;
    let redirect_uri = loopback.redirect_uri();
    let mut url = Url::parse(issuer.authorization_endpoint())
        .map_err(|_| Failure::out_of_reach(format!("{server} does not say where to sign in.")))?;
    url.query_pairs_mut()
        .append_pair("client_id", CLIENT)
        .append_pair("response_type", "code")
        .append_pair("scope", "openid offline_access")
        .append_pair("redirect_uri", &redirect_uri)
        .append_pair("state", &state)
        .append_pair("code_challenge", &pkce::challenge(&verifier))
        .append_pair("code_challenge_method", "S256")
        .append_pair("max_age", MAX_AGE)
        .extend_pairs(provider.map(|provider| ("idp_id", provider)));
    say(&format!(
        "Sign in with a browser on this machine:\n\n    {url}\n"
    ));
    open(url.as_str());
    let back = timeout(PATIENCE, loopback.callback(&state, server)).await;
    let code = back.map_err(|_| {
        Failure::refused(
            "Nobody signed in within 5 minutes. Run `bailiwick auth login` again, with --headless \
             if this machine has no browser.",
        )
    })??;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", &redirect_uri),
        ("code_verifier", &verifier),
    ];
    let tokens = issuer.tokens(&fields).await?;
    tokens.map_err(|refusal| refusal.failure("Nobody was signed in"))
}

/// Opens a browser if there is one to be opened; the URL on stderr is there in any case. No shell
/// sees the URL.
fn open(url: &str) {
    let Some((program, arguments)) = opener() else {
        return;
    };
    let _ = Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

fn opener() -> Option<(String, Vec<String>)> {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    if let Some(browser) = set("BROWSER") {
        let mut words = browser.split_whitespace().map(str::to_owned);
        return Some((words.next()?, words.collect()));
    }
    if cfg!(target_os = "macos") {
        return Some(("open".to_owned(), Vec::new()));
    }
    // Without a display xdg-open would take the terminal for a browser of text.
    set("DISPLAY").or_else(|| set("WAYLAND_DISPLAY"))?;
    Some(("xdg-open".to_owned(), Vec::new()))
}
