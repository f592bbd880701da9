//! What is asked, and what of the answer counts.

use crate::connection::Answer;

/// What a request is authenticated by.
#[derive(Debug)]
pub(crate) struct Session {
    /// The cookie.
    pub(crate) secret: String,
    /// The public id, for `X-Bailiwick`.
    pub(crate) id: String,
}

impl Session {
    /// A request for a path, as the console's page sends it.
    pub(crate) fn get(&self, port: u16, path: &str) -> String {
        format!(
            "GET {path} HTTP/1.1\r\nhost: localhost:{port}\r\nsec-fetch-site: same-origin\r\n\
             x-bailiwick: {}\r\ncookie: __Host-bailiwick={}\r\n\r\n",
            self.id, self.secret
        )
    }
}

/// How many groups are on the page, and how many there are.
pub(crate) fn page(answer: &Answer) -> (u64, u64) {
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let groups = body["groups"].as_array().map_or(0, Vec::len);
    let total = body["totalCount"].as_str();
    (
        groups as u64,
        total.and_then(|total| total.parse().ok()).unwrap_or(0),
    )
}
