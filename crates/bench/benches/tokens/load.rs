//! What is asked of a server, over connections that stay open.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::connection::{Answer, Connection};
use crate::ours::SECRET;

/// Where a server takes what.
#[derive(Debug)]
pub(crate) struct Endpoints {
    pub(crate) port: u16,
    /// The public client that has the grants.
    pub(crate) client: &'static str,
    pub(crate) token: &'static str,
    pub(crate) introspection: &'static str,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// Every refresh token is the one that the refresh before it gave.
    Refresh,
    /// Of the connection's own access token.
    Introspection,
}

/// Opens a connection for each of the refresh tokens and keeps all of them busy for so long. Answers
/// how long each request took.
pub(crate) fn load(
    endpoints: &Endpoints,
    case: Case,
    tokens: Vec<String>,
    length: Duration,
) -> Vec<Duration> {
    thread::scope(|scope| {
        let each: Vec<_> = tokens
            .into_iter()
            .map(|token| scope.spawn(move || Caller::open(endpoints, token).ask(case, length)))
            .collect();
        let joined = each.into_iter().flat_map(|one| one.join().unwrap());
        joined.collect()
    })
}

/// An access token for a refresh token.
pub(crate) fn access_token(endpoints: &Endpoints, refresh_token: String) -> String {
    Caller::open(endpoints, refresh_token).refresh().1
}

struct Caller<'a> {
    endpoints: &'a Endpoints,
    connection: Connection,
    refresh_token: String,
}

impl<'a> Caller<'a> {
    fn open(endpoints: &'a Endpoints, refresh_token: String) -> Self {
        Self {
            endpoints,
            connection: Connection::open(endpoints.port),
            refresh_token,
        }
    }

    fn ask(mut self, case: Case, length: Duration) -> Vec<Duration> {
        let access_token = self.refresh().1;
        let (start, mut times) = (Instant::now(), Vec::new());
        while start.elapsed() < length {
            times.push(match case {
                Case::Refresh => self.refresh().0,
                Case::Introspection => self.introspect(&access_token),
            });
        }
        times
    }

    /// How long it took, and the access token.
    fn refresh(&mut self) -> (Duration, String) {
        let body = format!(
            "grant_type=refresh_token&client_id={}&refresh_token={}",
            self.endpoints.client, self.refresh_token
        );
        let (answer, mut told) = self.post(self.endpoints.token, &body);
        let mut text = |name| match told[name].take() {
            Value::String(text) => text,
            other => panic!("{name} is {other}"),
        };
        let next = text("refresh_token");
        assert_ne!(next, self.refresh_token);
        self.refresh_token = next;
        (answer.took, text("access_token"))
    }

    fn introspect(&mut self, access_token: &str) -> Duration {
        let body = format!("client_id=gate&client_secret={SECRET}&token={access_token}");
        let (answer, told) = self.post(self.endpoints.introspection, &body);
        assert_eq!(told["active"], true);
        answer.took
    }

    fn post(&mut self, path: &str, body: &str) -> (Answer, Value) {
        let question = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost:{}\r\ncontent-length: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\n\r\n{body}",
            self.endpoints.port,
            body.len()
        );
        let answer = self.connection.send(&question);
        let told = String::from_utf8_lossy(&answer.body);
        assert_eq!(answer.status, 200, "{path}: {told}");
        let told = serde_json::from_str(&told).unwrap();
        (answer, told)
    }
}
