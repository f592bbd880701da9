//! One connection that stays open, without an HTTP library whose time would be measured too.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// What a request is authenticated by.
#[derive(Debug)]
pub(crate) struct Session {
    /// The cookie.
    pub(crate) secret: String,
    /// The public id, for `X-Bailiwick`.
    pub(crate) id: String,
}

/// The connection.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    headers: String,
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    /// From the first byte of the question to the last of the answer.
    pub(crate) took: Duration,
}

impl Connection {
    pub(crate) fn open(port: u16, session: &Session) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream: BufReader::with_capacity(1 << 18, stream),
            headers: format!(
                "host: localhost:{port}\r\nsec-fetch-site: same-origin\r\nx-bailiwick: {}\r\n\
                 cookie: __Host-bailiwick={}\r\n\r\n",
                session.id, session.secret
            ),
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        let question = format!("GET {path} HTTP/1.1\r\n{}", self.headers);
        let start = Instant::now();
        self.stream
            .get_mut()
            .write_all(question.as_bytes())
            .unwrap();
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        let status = line.split(' ').nth(1).unwrap().parse().unwrap();
        let mut length = 0;
        while line != "\r\n" {
            line.clear();
            self.stream.read_line(&mut line).unwrap();
            line.make_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        Answer {
            status,
            body,
            took: start.elapsed(),
        }
    }
}

impl Answer {
    /// How many groups are on the page, and how many there are.
    pub(crate) fn page(&self) -> (u64, u64) {
        let body: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
        let groups = body["groups"].as_array().map_or(0, Vec::len);
        let total = body["totalCount"].as_str();
        (
            groups as u64,
            total.and_then(|total| total.parse().ok()).unwrap_or(0),
        )
    }
}
