//! How we talk to providers: no redirects, short limits, nothing larger than a megabyte.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use thiserror::Error;

const TIMEOUT: Duration = Duration::from_secs(5);
const BODY_MAX: usize = 1024 * 1024;

/// The one HTTP client.
#[derive(Debug)]
pub(super) struct HttpClient(reqwest::Client);

/// Why a request to a provider failed.
#[derive(Debug, Error)]
pub(super) enum HttpError {
    #[error("request")]
    Request(#[from] reqwest::Error),
    #[error("answer")]
    Answer(#[from] http::Error),
    #[error("the answer is larger than a megabyte")]
    TooLarge,
}

impl HttpClient {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            .build()?;
        Ok(Self(client))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut response = http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            response = response.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > BODY_MAX {
                return Err(HttpError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(response.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for HttpClient {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
