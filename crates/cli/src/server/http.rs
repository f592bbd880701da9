//! Requests and answers, and in plain words why there is none.

use std::error::Error as _;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, DATE, LOCATION};
use reqwest::{Method, RequestBuilder, redirect};
use time::OffsetDateTime;
use url::Url;

use crate::failure::Failure;
use crate::server::clock;

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an answer may take in all.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest answer that is read, in bytes.
const ANSWER_MAX: usize = 32 * 1024 * 1024;

/// Sends to one server.
#[derive(Debug, Clone)]
pub(crate) struct Http {
    client: reqwest::Client,
    /// Its origin.
    pub(crate) server: String,
}

/// An answer in JSON, or an empty one.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// Text.
    pub(crate) body: String,
    /// If the clocks are apart.
    pub(crate) clock: Option<String>,
}

impl Http {
    /// # Errors
    /// There is no way to check certificates on this machine.
    pub(crate) fn new(server: &str) -> Result<Self, Failure> {
        let client = reqwest::Client::builder()
            // A redirect would take the token elsewhere.
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(PATIENCE)
            .user_agent(concat!("bailiwick/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| {
                Failure::out_of_reach(format!(
                    "The certificates that this machine trusts cannot be read: {}",
                    innermost(&error)
                ))
            })?;
        Ok(Self {
            client,
            server: server.to_owned(),
        })
    }

    /// A request to a path of the server.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.server))
    }

    /// A form to an endpoint.
    pub(crate) fn form(&self, endpoint: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.client
            .post(endpoint)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
    }

    /// Sends it.
    ///
    /// # Errors
    /// Nothing came, or something that no Bailiwick server sends.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Result<Answer, Failure> {
        let mut response = request.send().await.map_err(|error| self.lost(&error))?;
        let status = response.status();
        let text = |name| {
            let value = response.headers().get(name);
            value.and_then(|value| value.to_str().ok()).unwrap_or("")
        };
        if status.is_redirection() {
            return Err(self.moved(text(LOCATION)));
        }
        let kind = text(CONTENT_TYPE).to_owned();
        let clock = clock::complaint(text(DATE), OffsetDateTime::now_utc());
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.lost(&error))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > ANSWER_MAX {
                return Err(Failure::out_of_reach(format!(
                    "{} answers without end.",
                    self.server
                )));
            }
        }
        if !bytes.is_empty() && !kind.starts_with("application/json") {
            return Err(self.foreign(status.as_u16(), &kind));
        }
        Ok(Answer {
            status: status.as_u16(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
            clock,
        })
    }

    fn foreign(&self, status: u16, kind: &str) -> Failure {
        let what = match kind.split(';').next().unwrap_or("").trim() {
            "" => "something without a type".to_owned(),
            "text/html" => "a page".to_owned(),
            kind => kind.to_owned(),
        };
        Failure::out_of_reach(format!(
            "{} answers with {what} instead of JSON (HTTP {status}). Is this the URL of a Bailiwick \
             server, and does no proxy or sign-in page stand before it?",
            self.server
        ))
    }

    fn moved(&self, location: &str) -> Failure {
        let origin = Url::parse(location).map(|url| url.origin().ascii_serialization());
        Failure::out_of_reach(match origin {
            Ok(origin) if origin != self.server => format!(
                "{} sends elsewhere: try --server {origin} if you trust it.",
                self.server
            ),
            _ => format!(
                "{} sends elsewhere, as no Bailiwick server does here. Is its URL right?",
                self.server
            ),
        })
    }

    fn lost(&self, error: &reqwest::Error) -> Failure {
        let (server, cause) = (&self.server, innermost(error));
        Failure::out_of_reach(if error.is_timeout() {
            format!("{server} does not answer in time. Is it up, and is its URL right?")
        } else if cause.contains("certificate") {
            format!(
                "The certificate of {server} is not trusted here: {cause}. If a certificate \
                 authority of your own made it, name its file in SSL_CERT_FILE."
            )
        } else if speaks_no_tls(&cause) {
            format!("{server} does not speak TLS there: {cause}. Is the port right?")
        } else if error.is_connect() {
            format!("{server} cannot be reached: {cause}. Is it up, and is its URL right?")
        } else {
            format!("{server} broke off: {cause}. Try again.")
        })
    }
}

fn speaks_no_tls(cause: &str) -> bool {
    let cause = cause.to_ascii_lowercase();
    ["tls", "corrupt message", "handshake", "invalidcontenttype"]
        .iter()
        .any(|word| cause.contains(word))
}

/// The cause of the cause, which says most.
fn innermost(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = error.to_string();
        cause = error.source();
    }
    text
}
