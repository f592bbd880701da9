//! Requests and answers over a plain socket. Nothing is normalized and nothing is followed.

use std::net::SocketAddr;
use std::time::Duration;

use bailiwick_api::Status;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How long an answer may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request.
#[derive(Debug, Clone)]
pub struct Ask {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// In the order of arrival, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

impl Ask {
    /// A request without headers but those that HTTP asks for.
    pub fn new(method: &str, target: &str) -> Self {
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: None,
        }
    }

    /// Adds a header, even one that is there already.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes a header away.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// Takes a header away and adds it with this value.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        self.without(name).header(name, value)
    }

    /// Gives it a body, and no content type.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Gives it a body of JSON.
    #[must_use]
    pub fn json(self, body: impl Into<Vec<u8>>) -> Self {
        self.with("content-type", "application/json").body(body)
    }

    /// Gives it a form.
    #[must_use]
    pub fn form(self, parameters: &[(&str, &str)]) -> Self {
        self.with("content-type", "application/x-www-form-urlencoded")
            .body(form(parameters))
    }

    /// Sends it to `address`; `host` is named unless the request names another.
    pub async fn send(&self, address: SocketAddr, host: &str) -> Answer {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        let mut line = |name: &str, value: &str| head.push_str(&format!("{name}: {value}\r\n"));
        if !self.headers.iter().any(|(name, _)| name == "host") {
            line("host", host);
        }
        line("connection", "close");
        for (name, value) in &self.headers {
            line(name, value);
        }
        if let Some(body) = &self.body {
            line("content-length", &body.len().to_string());
        }
        let mut bytes = (head + "\r\n").into_bytes();
        bytes.extend_from_slice(self.body.as_deref().unwrap_or_default());
        tokio::time::timeout(PATIENCE, exchange(address, &bytes))
            .await
            .unwrap_or_else(|_| panic!("no answer to {} {}", self.method, self.target))
    }
}

/// Sends these very bytes.
pub async fn exchange(address: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The server may answer and hang up before it has read everything.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    Answer::parse(&answer)
}

impl Answer {
    fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").expect("no head in the answer");
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let headers: Vec<_> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        assert!(
            !headers.iter().any(|(name, _)| name == "transfer-encoding"),
            "chunks are not read here"
        );
        Self {
            status: status.and_then(|code| code.parse().ok()).unwrap(),
            headers,
            body: body.to_owned(),
        }
    }

    /// All values of a header.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let of_name = self.headers.iter().filter(|(known, _)| known == name);
        of_name.map(|(_, value)| value.as_str()).collect()
    }

    /// The one value of a header; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        let values = self.all(name);
        assert!(values.len() < 2, "{name} stands more than once: {values:?}");
        values.first().copied().unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {} {}", self.status, self.body))
    }

    /// The body as an error.
    pub fn error(&self) -> Status {
        serde_json::from_value(self.json()).unwrap()
    }

    /// The reason word of an error; empty when it has none.
    pub fn reason(&self) -> String {
        self.error().reason().unwrap_or_default().to_owned()
    }

    /// A parameter in the query of `Location`.
    pub fn location(&self, parameter: &str) -> Option<String> {
        parameter_of(self.header("location"), parameter)
    }
}

/// A parameter in the query of a URL.
pub fn parameter_of(url: &str, parameter: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == parameter)
        .map(|(_, value)| value.into_owned())
}

/// Parameters as they stand in a query or a form.
pub fn form(parameters: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish()
}

/// The headers that every answer of the server carries.
const ALWAYS: [(&str, &str); 6] = [
    ("content-security-policy", "default-src 'none'"),
    ("content-security-policy", "frame-ancestors 'none'"),
    (
        "content-security-policy",
        "require-trusted-types-for 'script'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// The headers that a page carries beside them.
const PAGES: [(&str, &str); 3] = [
    ("content-security-policy", "trusted-types default"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=()"),
];

impl Answer {
    /// What holds for every answer of the server, whatever was asked: the headers of design §6, a
    /// word about caching, and in every refusal the id that the log knows it by.
    pub fn assert_proper(&self) {
        let what = || format!("{} {:?} {}", self.status, self.headers, self.body);
        let is_page = self.header("content-type").starts_with("text/html");
        let pages = PAGES.iter().filter(|_| is_page);
        for (name, part) in ALWAYS.iter().chain(pages) {
            assert!(self.header(name).contains(part), "{name} in {}", what());
        }
        assert!(!self.header("cache-control").is_empty(), "{}", what());
        let id = self.header("x-request-id");
        assert!(!id.is_empty(), "no request id in {}", what());
        assert_ne!(self.status, 500, "{}", what());
        if self.status < 400 || self.body.is_empty() && self.header("content-length") != "0" {
            // A refusal of HEAD has a length and no body.
            return;
        }
        match self.header("content-type") {
            // The issuer's endpoints answer as their standards have it (RFC 6749 §5.2).
            "application/json" if self.json()["error"].is_string() => {
                assert!(self.json()["error_description"].is_string(), "{}", what());
            }
            "application/json" => assert_eq!(self.error().request_id(), Some(id), "{}", what()),
            kind => {
                assert_eq!(kind, "text/html; charset=utf-8", "{}", what());
                assert!(self.body.contains(id), "{}", what());
            }
        }
    }
}
