//! The API over HTTP, with a bearer token (RFC 6750 §2.1).

use std::cell::RefCell;

use bailiwick_api::{Call, Method, Reply, Transport};
use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;

use crate::failure::Failure;
use crate::server::{Answer, SignIn};

/// No credentials, or none that are good.
const UNAUTHORIZED: u16 = 401;

/// Sends as whoever is signed in.
#[derive(Debug)]
pub(crate) struct Native {
    sign_in: SignIn,
    trouble: RefCell<Option<Failure>>,
}

impl Native {
    pub(crate) fn new(sign_in: SignIn) -> Self {
        Self {
            sign_in,
            trouble: RefCell::new(None),
        }
    }

    /// The server.
    pub(crate) fn server(&self) -> &str {
        self.sign_in.server()
    }

    /// Why the last call had no answer, or none to be used.
    pub(crate) fn take_trouble(&self) -> Option<Failure> {
        self.trouble.take()
    }

    async fn exchange(&self, call: &Call) -> Result<Answer, Failure> {
        let token = self.sign_in.access_token().await?;
        let answer = self.sign_in.http.send(self.request(call, &token)).await?;
        if answer.status != UNAUTHORIZED {
            return Ok(answer);
        }
        let token = self.sign_in.renew(&token).await;
        let token = token.map_err(|failure| failure.lines(answer.clock))?;
        let answer = self.sign_in.http.send(self.request(call, &token)).await?;
        if answer.status != UNAUTHORIZED {
            return Ok(answer);
        }
        let server = self.server();
        Err(Failure::refused(format!(
            "{server} does not take your sign-in. Run `bailiwick auth login --server {server}`."
        ))
        .lines(answer.clock))
    }

    fn request(&self, call: &Call, token: &str) -> RequestBuilder {
        let method = match call.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let request = self.sign_in.http.request(method, &call.path);
        let request = request.bearer_auth(token);
        match &call.body {
            Some(body) => request
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone()),
            None => request,
        }
    }
}

impl Transport for Native {
    async fn send(&self, call: Call) -> Option<Reply> {
        match self.exchange(&call).await {
            Ok(Answer { status, body, .. }) => Some(Reply { status, body }),
            Err(failure) => {
                self.trouble.replace(Some(failure));
                None
            }
        }
    }
}
