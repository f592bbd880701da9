//! The real server in this process, on ports that the machine chooses.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use bailiwick_server::{App, Config, DevProvider};
use bailiwick_store::{Options, Store};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::{Answer, Ask, Backend, Browser, Database, Folder, TestClock};

/// A development server with the example organization, and its sign-in provider beside it.
#[derive(Debug)]
pub struct TestServer {
    /// `http://localhost:PORT`.
    pub base_url: String,
    /// Where it listens.
    pub address: SocketAddr,
    /// Where the development provider listens.
    pub provider: SocketAddr,
    /// The store under it.
    pub store: Store,
    /// The store's clock. Tokens of providers follow the machine's.
    pub clock: TestClock,
    config: Config,
    tasks: Vec<JoinHandle<()>>,
    /// What is under the store.
    pub database: Database,
    _folder: Folder,
}

impl TestServer {
    /// Starts one.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts one whose configuration is not quite that of `--dev`.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_on(Backend::Sqlite, change).await
    }

    /// Starts one on a database of this kind.
    pub async fn start_on(backend: Backend, change: impl FnOnce(&mut Config)) -> Self {
        let (folder, clock) = (Folder::new(), TestClock::default());
        let database = Database::new(backend).await;
        let (listener, address) = listen().await;
        let (provider_listener, provider) = listen().await;
        let config = Config::development(folder.path(), address.port(), provider.port());
        let mut config = config.unwrap();
        change(&mut config);
        let options = Options {
            location: database.location(),
            development: config.development.is_some(),
            issuers: config.issuers(),
            mail: config.smtp.is_some(),
        };
        let store = Store::open(&options, Arc::new(clock.clone())).await;
        let store = store.unwrap();
        let example = DevProvider::example(provider).unwrap();
        store.seed(example).await.unwrap();
        let base_url = config.origin();
        let upstream = DevProvider::new(provider, &base_url).unwrap();
        let app = App::new(config.clone(), store.clone()).await.unwrap();
        Self {
            tasks: vec![
                serve(listener, app.router()),
                serve(provider_listener, upstream.router()),
            ],
            base_url,
            address,
            provider,
            store,
            clock,
            database,
            config,
            _folder: folder,
        }
    }

    /// The same server, started again with another configuration.
    pub async fn reconfigured(mut self, change: impl FnOnce(&mut Config)) -> Self {
        let before = self.tasks.remove(0);
        before.abort();
        // It is over then, and its port free.
        let _ = before.await;
        change(&mut self.config);
        let app = App::new(self.config.clone(), self.store.clone()).await;
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.tasks.insert(0, serve(listener, app.unwrap().router()));
        self
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Browser {
        Browser::new(self)
    }

    /// A browser with a person in it.
    pub async fn signed_in(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        browser.sign_in(email).await;
        browser
    }

    /// The host of the base URL, with its port.
    pub fn host(&self) -> &str {
        self.base_url.trim_start_matches("http://")
    }

    /// Sends a request and checks what holds for every answer.
    pub async fn send(&self, ask: &Ask) -> Answer {
        let answer = ask.send(self.address, self.host()).await;
        answer.assert_proper();
        answer
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// A port of the machine's choice, on loopback.
pub(crate) async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

pub(crate) fn serve(listener: TcpListener, router: Router) -> JoinHandle<()> {
    tokio::spawn(async move {
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).await.unwrap()
    })
}
