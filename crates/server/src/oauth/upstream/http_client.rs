//! How we talk to providers: to whom we may, without redirects or proxies, within five seconds, and
//! nothing larger than a megabyte.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;
use url::Url;

use super::reach::Reach;

/// For one request and its whole answer, however slowly it drips.
pub(super) const DEADLINE: Duration = Duration::from_secs(5);
const BODY_MAX: usize = 1024 * 1024;

/// The HTTP client of all providers that reach equally far. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct HttpClient {
    client: reqwest::Client,
    reach: Reach,
}

/// Why a request to a provider failed.
#[derive(Debug, Error)]
pub(super) enum HttpError {
    #[error("request")]
    Request(#[from] reqwest::Error),
    #[error("answer")]
    Answer(#[from] http::Error),
    #[error("no answer in {} seconds", DEADLINE.as_secs())]
    TooSlow,
    #[error("the answer is larger than a megabyte")]
    TooLarge,
    #[error("{0} is not asked: https only, and private addresses only with allow_private")]
    OutOfReach(Url),
}

impl HttpClient {
    pub(super) fn new(reach: Reach) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            // A proxy would look names up for us, out of our sight.
            .no_proxy()
            .dns_resolver(Arc::new(Resolver(reach)))
            .user_agent(concat!("bailiwick/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, reach })
    }

    pub(super) fn reach(&self) -> Reach {
        self.reach
    }

    /// Sends a request and reads the whole answer.
    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let request = reqwest::Request::try_from(request)?;
        if !self.reach.covers_url(request.url()) {
            return Err(HttpError::OutOfReach(request.url().clone()));
        }
        tokio::time::timeout(DEADLINE, self.exchange(request))
            .await
            .unwrap_or(Err(HttpError::TooSlow))
    }

    async fn exchange(&self, request: reqwest::Request) -> Result<HttpResponse, HttpError> {
        let mut answer = self.client.execute(request).await?;
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

/// Looks names up as the machine does, and gives out nothing that is out of reach. The connection goes
/// to the addresses that were looked at, not to what the name means later.
#[derive(Debug)]
struct Resolver(Reach);

/// A name that leads out of reach.
#[derive(Debug, Error)]
#[error("{name} means {address}, which is no public address: see allow_private")]
struct LeadsAway {
    name: String,
    address: std::net::IpAddr,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (reach, name) = (self.0, name.as_str().to_owned());
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let away = found.iter().find(|address| !reach.covers(address.ip()));
            // One such address among others is reason enough: who mixes them means no good.
            if let Some(address) = away.map(SocketAddr::ip) {
                return Err(LeadsAway { name, address }.into());
            }
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn resolve(reach: Reach, name: &str) -> Result<usize, String> {
        let found = Resolver(reach).resolve(name.parse().unwrap()).await;
        found
            .map(Iterator::count)
            .map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn a_name_that_means_this_machine_is_no_way_in() {
        let mut reach = Reach {
            loopback: false,
            private: false,
        };
        let refused = resolve(reach, "localhost").await.unwrap_err();
        assert!(refused.contains("allow_private"), "{refused}");
        reach.loopback = true;
        assert!(resolve(reach, "localhost").await.unwrap() > 0);
    }

    #[tokio::test]
    async fn nothing_knocks_at_an_address_out_of_reach() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let knocked = || {
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            listener.poll_accept(&mut context).is_ready()
        };
        for (private, host) in [
            (false, "localhost"),
            (false, "127.0.0.1"),
            (true, "localhost"),
        ] {
            let client = HttpClient::new(Reach {
                loopback: false,
                private,
            });
            let url = format!("https://{host}:{port}/");
            let request = http::Request::get(&url).body(Vec::new()).unwrap();
            let client = client.unwrap();
            let asking = tokio::spawn(async move { client.send(request).await });
            if private {
                // It would come in, if it were allowed to.
                let (stream, _) = listener.accept().await.unwrap();
                drop(stream);
                asking.await.unwrap().unwrap_err();
                continue;
            }
            let error = asking.await.unwrap().unwrap_err();
            let told = crate::oauth::upstream::chain(&error);
            assert!(told.contains("allow_private"), "{told}");
            assert!(!knocked(), "{url}");
        }
    }
}
