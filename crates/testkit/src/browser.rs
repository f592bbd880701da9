//! A browser, as far as sign-in and the API need one: it keeps cookies, sends them where a real one
//! would, and follows nothing by itself.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use aws_lc_rs::digest;
use bailiwick_api::Session;
use bailiwick_store::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::http::{form, parameter_of};
use crate::{Answer, Ask, TestServer};

/// One browser.
#[derive(Debug, Clone)]
pub struct Browser {
    address: SocketAddr,
    base_url: String,
    cookies: BTreeMap<String, Cookie>,
    /// The public id of the session that its page was drawn for.
    pub page: Option<String>,
}

#[derive(Debug, Clone)]
struct Cookie {
    value: String,
    strict: bool,
}

/// A sign-in on its way.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The console's `state`.
    pub state: String,
    /// The console's `nonce`.
    pub nonce: String,
    /// The console's PKCE verifier.
    pub verifier: String,
    /// Where the server sends the browser.
    pub location: String,
}

impl Browser {
    pub(crate) fn new(server: &TestServer) -> Self {
        Self {
            address: server.address,
            base_url: server.base_url.clone(),
            cookies: BTreeMap::new(),
            page: None,
        }
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(|cookie| cookie.value.as_str())
    }

    /// A request as the console's page makes it: cookies, the page's session, same origin.
    pub fn ask(&self, method: &str, path: &str) -> Ask {
        let page = self.page.as_deref().unwrap_or("none");
        let ask = Ask::new(method, path)
            .header("x-bailiwick", page)
            .header("sec-fetch-site", "same-origin");
        let ask = match method {
            "GET" | "HEAD" => ask,
            _ => ask.header("origin", &self.base_url),
        };
        self.with_cookies(ask, true)
    }

    /// A request that follows a link on another site: no strict cookies, no header of ours.
    pub fn visit(&self, path: &str) -> Ask {
        let ask = Ask::new("GET", path).header("sec-fetch-site", "cross-site");
        self.with_cookies(ask, false)
    }

    fn with_cookies(&self, ask: Ask, same_site: bool) -> Ask {
        let sent: Vec<_> = self
            .cookies
            .iter()
            .filter(|(_, cookie)| same_site || !cookie.strict)
            .map(|(name, cookie)| format!("{name}={}", cookie.value))
            .collect();
        match sent.is_empty() {
            true => ask,
            false => ask.header("cookie", &sent.join("; ")),
        }
    }

    /// Sends a request, checks what holds for every answer, and keeps its cookies.
    pub async fn send(&mut self, ask: &Ask) -> Answer {
        let host = self.base_url.trim_start_matches("http://");
        let answer = ask.send(self.address, host).await;
        answer.assert_proper();
        for line in answer.all("set-cookie") {
            self.keep(line);
        }
        answer
    }

    /// A request of the console's page; `body` is JSON unless empty.
    pub async fn call(&mut self, method: &str, path: &str, body: &str) -> Answer {
        let ask = self.ask(method, path);
        let ask = match body {
            "" => ask,
            body => ask.json(body),
        };
        self.send(&ask).await
    }

    fn keep(&mut self, line: &str) {
        let mut parts = line.split("; ");
        let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).unwrap();
        let attributes: Vec<_> = parts.collect();
        let has = |attribute: &str| attributes.contains(&attribute);
        assert!(name.starts_with("__Host-"), "{line}");
        assert!(
            has("Secure") && has("HttpOnly") && has("Path=/"),
            "{line}: an attribute is missing"
        );
        assert!(has("SameSite=Strict") || has("SameSite=Lax"), "{line}");
        assert!(!line.to_ascii_lowercase().contains("domain"), "{line}");
        if has("Max-Age=0") {
            self.cookies.remove(name);
            return;
        }
        let cookie = Cookie {
            value: value.to_owned(),
            strict: has("SameSite=Strict"),
        };
        self.cookies.insert(name.to_owned(), cookie);
    }

    /// Signs in with the development provider, on the whole way that the console goes.
    pub async fn sign_in(&mut self, email: &str) -> Session {
        let begun = self.begin("dev").await;
        let callback = at_provider(&begun.location, Some(email)).await;
        self.finish(&begun, &callback).await
    }

    /// From the provider's answer to the session.
    pub async fn finish(&mut self, begun: &Begun, callback: &str) -> Session {
        let back = self.come_back(callback).await;
        assert_eq!(back.status, 303, "{}", back.body);
        assert_eq!(back.location("state").as_ref(), Some(&begun.state));
        assert_eq!(back.location("iss").as_ref(), Some(&self.base_url));
        let answer = self.redeem(&back.location("code").unwrap(), begun).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let session: Session = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(session.nonce.as_ref(), Some(&begun.nonce));
        self.page = Some(session.id.clone());
        session
    }

    /// The path and query of an authorization request of the console, as it should be.
    pub fn authorize_path(&self, provider: &str, begun: &Begun) -> String {
        let redirect_uri = format!("{}/auth/callback", self.base_url);
        let query = form(&[
            ("client_id", "console"),
            ("response_type", "code"),
            ("scope", "openid"),
            ("redirect_uri", &redirect_uri),
            ("state", &begun.state),
            ("nonce", &begun.nonce),
            ("code_challenge", &challenge(&begun.verifier)),
            ("code_challenge_method", "S256"),
            ("idp_id", provider),
        ]);
        format!("/oauth/authorize?{query}")
    }

    /// Begins a sign-in: the server sends us to the provider.
    pub async fn begin(&mut self, provider: &str) -> Begun {
        let mut begun = Begun::new();
        let path = self.authorize_path(provider, &begun);
        let answer = self.send(&self.visit(&path)).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        begun.location = answer.header("location").to_owned();
        begun
    }

    /// The provider sends the browser back to us, from its site.
    pub async fn come_back(&mut self, callback: &str) -> Answer {
        let path = callback.strip_prefix(&self.base_url).unwrap();
        self.send(&self.visit(path)).await
    }

    /// The console turns a code into a session.
    pub async fn redeem(&mut self, code: &str, begun: &Begun) -> Answer {
        let ask = self.redemption(code, &begun.verifier);
        self.send(&ask).await
    }

    /// The request that turns a code into a session.
    pub fn redemption(&self, code: &str, verifier: &str) -> Ask {
        let body = serde_json::json!({ "code": code, "codeVerifier": verifier });
        self.ask("POST", "/auth/session").json(body.to_string())
    }
}

impl Begun {
    /// Fresh secrets of the console, before anything was sent.
    pub fn new() -> Self {
        let random = || Secret::random().unwrap().expose().to_owned();
        Self {
            state: random(),
            nonce: random(),
            verifier: random(),
            location: String::new(),
        }
    }
}

impl Default for Begun {
    fn default() -> Self {
        Self::new()
    }
}

/// S256 of a PKCE verifier.
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}

/// What a person does at a provider on loopback: opens its page and, with `email`, sends its form.
/// Answers where the provider sends them then.
pub async fn at_provider(location: &str, email: Option<&str>) -> String {
    let (host, path) = location
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .unwrap();
    let address = host.parse().unwrap();
    let page = Ask::new("GET", &format!("/{path}"))
        .send(address, host)
        .await;
    let Some(email) = email else {
        return page.header("location").to_owned();
    };
    assert_eq!(page.status, 200, "{}", page.body);
    let carried = [
        "response_type",
        "client_id",
        "redirect_uri",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
    ];
    let values = carried.map(|name| (name, parameter_of(location, name).unwrap()));
    let mut fields: Vec<_> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    fields.push(("email", email));
    let sent = Ask::new("POST", "/sign-in")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form(&fields));
    let answer = sent.send(address, host).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}
