//! `[[oauth.clients]]`: who else than the console may sign people in.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use super::Problem;
use super::provider::is_loopback;

/// The id of the command line's client.
pub const COMMAND_LINE: &str = "cli";
/// The console's own client; `[[oauth.clients]]` may not take its place.
const CONSOLE: &str = "console";

/// `[oauth]`
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OauthSettings {
    /// `[[oauth.clients]]`
    #[serde(default)]
    pub clients: Vec<ClientConfig>,
}

/// A client of the issuer.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ClientConfig {
    /// Its `client_id`.
    pub id: String,
    /// What a person is shown.
    pub name: String,
    /// SHA-256 of its secret, in hex; without one it is a public client.
    #[serde(default)]
    pub secret_sha256: Option<String>,
    /// Where a person may be sent back to, exactly; on a loopback address with any port.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// What it may redeem.
    #[serde(default)]
    pub grants: Vec<GrantType>,
    /// Whether it may ask what a token is worth.
    #[serde(default)]
    pub introspect: bool,
}

/// What a client may redeem for tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantType {
    /// A code, with PKCE.
    AuthorizationCode,
    /// Refresh tokens, by the scope `offline_access`.
    RefreshToken,
    /// The code of a device.
    DeviceCode,
}

impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientConfig({})", self.id)
    }
}

impl ClientConfig {
    /// The client of our own command line.
    pub(super) fn command_line() -> Self {
        Self {
            id: COMMAND_LINE.to_owned(),
            name: "Bailiwick command line".to_owned(),
            secret_sha256: None,
            redirect_uris: vec![
                "http://127.0.0.1/callback".to_owned(),
                "http://[::1]/callback".to_owned(),
            ],
            grants: vec![
                GrantType::AuthorizationCode,
                GrantType::RefreshToken,
                GrantType::DeviceCode,
            ],
            introspect: false,
        }
    }

    /// Whether it may redeem this.
    pub fn may(&self, grant: GrantType) -> bool {
        self.grants.contains(&grant)
    }

    /// Whether a person may be sent to `uri`: it is registered, to the letter, but for the port of a
    /// loopback address (RFC 8252 §7.3).
    pub fn returns_to(&self, uri: &str) -> bool {
        self.redirect_uris.iter().any(|registered| {
            registered == uri
                || LOOPBACK.iter().any(|origin| {
                    let path = registered.strip_prefix(origin);
                    let path = path.filter(|path| path.starts_with('/'));
                    path.is_some() && path == uri.strip_prefix(origin).and_then(without_port)
                })
        })
    }

    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let plain =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if self.id.is_empty() || self.id.len() > 32 || !self.id.chars().all(plain) {
            problems.push(Problem::ClientId(self.id.clone()));
        }
        if [CONSOLE, COMMAND_LINE].contains(&self.id.as_str()) {
            problems.push(Problem::ReservedClient(self.id.clone()));
        }
        if self
            .secret_sha256
            .as_deref()
            .is_some_and(|hash| !is_sha256(hash))
        {
            problems.push(Problem::ClientSecret(self.id.clone()));
        }
        let unsafe_uris = self.redirect_uris.iter().filter(|uri| !is_safe(uri));
        problems.extend(unsafe_uris.map(|uri| Problem::RedirectUri {
            client: self.id.clone(),
            uri: uri.clone(),
        }));
        if self.may(GrantType::AuthorizationCode) && self.redirect_uris.is_empty() {
            problems.push(Problem::NoRedirectUri(self.id.clone()));
        }
        if self.introspect && self.secret_sha256.is_none() {
            problems.push(Problem::PublicIntrospection(self.id.clone()));
        }
        problems
    }
}

/// Origins whose port the machine chooses. `localhost` is none: it may be another machine's name.
const LOOPBACK: [&str; 2] = ["http://127.0.0.1", "http://[::1]"];

/// What follows a port, or all of it when there is none; `None` for a port that is no port as
/// anyone writes it.
fn without_port(rest: &str) -> Option<&str> {
    let Some(port) = rest.strip_prefix(':') else {
        return Some(rest);
    };
    let (port, _) = port.split_once('/')?;
    let number: u16 = port.parse().ok()?;
    // `+80`, `080` and `0` are read as numbers too.
    (number > 0 && number.to_string() == port).then_some(&rest[port.len() + 1..])
}

fn is_sha256(text: &str) -> bool {
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == 64 && text.bytes().all(hex)
}

/// An address that a code may be sent to: exactly as a browser would write it.
fn is_safe(uri: &str) -> bool {
    Url::parse(uri).is_ok_and(|url| {
        url.as_str() == uri
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none()
            && (url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sent_to_its_own_machine_on_any_port_and_nowhere_else() {
        let client = ClientConfig::command_line();
        for right in [
            "http://127.0.0.1/callback",
            "http://127.0.0.1:1/callback",
            "http://127.0.0.1:65535/callback",
            "http://[::1]:4180/callback",
        ] {
            assert!(client.returns_to(right), "{right}");
        }
        for wrong in [
            "http://127.0.0.1:/callback",
            "http://127.0.0.1:0/callback",
            "http://127.0.0.1:080/callback",
            "http://127.0.0.1:+80/callback",
            "http://127.0.0.1:65536/callback",
            "http://127.0.0.1:80/callback/",
            "http://127.0.0.1:80/callback?x",
            "http://127.0.0.1:80@evil.example/callback",
            "http://127.0.0.1.evil.example/callback",
            "http://127.0.0.1:80:80/callback",
            "http://localhost:80/callback",
            "https://127.0.0.1:80/callback",
            "http://127.0.0.2:80/callback",
            "http://127.0.0.1callback",
            "HTTP://127.0.0.1/callback",
            "",
        ] {
            assert!(!client.returns_to(wrong), "{wrong}");
        }
    }
}
