//! A provider's discovery document and keys: fetched when they are first needed, by one request at a
//! time, which no visitor who hangs up can stop; kept for an hour, and a failure for some seconds.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use openidconnect::{DiscoveryError, IssuerUrl};

use super::error::{UpstreamError, chain};
use super::http_client::{DEADLINE, HttpClient, HttpError};
use super::metadata::Metadata;
use super::reach::Reach;

/// How long a discovery document and its keys are used before they are fetched again.
const FRESH: Duration = Duration::from_secs(60 * 60);
/// How long a failure stands for an answer: whoever comes meanwhile does not wait for the next one.
const FAILED: Duration = Duration::from_secs(5);
/// An unknown key makes us fetch again, but not more often than this, whatever came of it.
const REFETCH_EVERY: Duration = Duration::from_secs(60);

/// What is known of one provider. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Discovery(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    issuer: String,
    http: HttpClient,
    known: Mutex<Known>,
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Known {
    metadata: Option<(Instant, Arc<Metadata>)>,
    failure: Option<(Instant, UpstreamError)>,
    /// When it was last asked.
    asked: Option<Instant>,
}

type Answer = Result<Arc<Metadata>, UpstreamError>;

impl Known {
    fn usable(&self) -> Option<Answer> {
        if let Some((at, metadata)) = &self.metadata
            && at.elapsed() < FRESH
        {
            return Some(Ok(Arc::clone(metadata)));
        }
        let (at, failure) = self.failure.as_ref()?;
        (at.elapsed() < FAILED).then(|| Err(failure.clone()))
    }

    /// What is known after a key was unknown, if it is too early to ask again.
    fn after_unknown_key(&self) -> Option<Answer> {
        let is_early = self.asked.is_some_and(|at| at.elapsed() < REFETCH_EVERY);
        let (_, metadata) = self.metadata.as_ref().filter(|_| is_early)?;
        Some(Ok(Arc::clone(metadata)))
    }
}

impl Discovery {
    pub(super) fn new(issuer: String, http: HttpClient) -> Self {
        Self(Arc::new(Shared {
            issuer,
            http,
            known: Mutex::default(),
            turn: tokio::sync::Mutex::new(()),
        }))
    }

    /// The document with its keys.
    pub(super) async fn metadata(&self) -> Answer {
        self.ask(Known::usable).await
    }

    /// The same, asked again if that was not done just now: the provider may have changed its keys.
    pub(super) async fn renewed(&self) -> Answer {
        self.ask(Known::after_unknown_key).await
    }

    /// Whether it failed when it was asked last, in the last minute.
    pub(super) fn is_down(&self) -> bool {
        let known = self.known();
        let failed = known.failure.as_ref();
        failed.is_some_and(|(at, _)| at.elapsed() < REFETCH_EVERY)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask(&self, remembered: fn(&Known) -> Option<Answer>) -> Answer {
        if let Some(answer) = remembered(&self.known()) {
            return answer;
        }
        let this = self.clone();
        let fetching = tokio::spawn(async move {
            let _turn = this.0.turn.lock().await;
            if let Some(answer) = remembered(&this.known()) {
                return answer;
            }
            let answer = this.fetch().await;
            this.remember(&answer);
            answer
        });
        fetching
            .await
            .unwrap_or_else(|error| Err(UpstreamError::Unusable(error.to_string())))
    }

    fn remember(&self, answer: &Answer) {
        let (mut known, now) = (self.known(), Instant::now());
        known.asked = Some(now);
        match answer {
            Ok(metadata) => {
                known.metadata = Some((now, Arc::clone(metadata)));
                known.failure = None;
            }
            Err(error) => known.failure = Some((now, error.clone())),
        }
    }

    async fn fetch(&self) -> Answer {
        let issuer = IssuerUrl::new(self.0.issuer.clone())
            .map_err(|error| UpstreamError::Unusable(error.to_string()))?;
        // Two requests, one deadline.
        let metadata =
            tokio::time::timeout(DEADLINE, Metadata::discover_async(issuer, &self.0.http))
                .await
                .map_err(|_| UpstreamError::Unreachable(HttpError::TooSlow.to_string()))?
                .map_err(|error| not_discovered(&error))?;
        let named = endpoints_out_of_reach(&metadata, self.0.http.reach());
        match named.first() {
            None => Ok(Arc::new(metadata)),
            Some(url) => Err(UpstreamError::Unusable(
                HttpError::OutOfReach(url.clone()).to_string(),
            )),
        }
    }
}

fn not_discovered(error: &DiscoveryError<HttpError>) -> UpstreamError {
    match error {
        DiscoveryError::Request(cause) => UpstreamError::of_http(cause, chain(error)),
        // The body is the provider's and may be long.
        DiscoveryError::Response(status, _, reason) if status.is_server_error() => {
            UpstreamError::Unreachable(format!("{status}: {reason}"))
        }
        DiscoveryError::Response(status, _, reason) => {
            UpstreamError::Unusable(format!("{status}: {reason}"))
        }
        _ => UpstreamError::Unusable(chain(error)),
    }
}

/// The endpoints that the document names and that are not to be used, by us or by a browser.
fn endpoints_out_of_reach(metadata: &Metadata, reach: Reach) -> Vec<url::Url> {
    let named = [
        Some(metadata.authorization_endpoint().url()),
        metadata.token_endpoint().map(|endpoint| endpoint.url()),
        metadata.userinfo_endpoint().map(|endpoint| endpoint.url()),
        Some(metadata.jwks_uri().url()),
    ];
    let named = named.into_iter().flatten();
    named
        .filter(|url| !reach.covers_url(url))
        .cloned()
        .collect()
}
