//! Answering on one port, in the clear or with TLS, until told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long a client may take to send the head of a request, also the first and the next one on an
/// open connection.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How long requests may go on after the server was told to stop. Those that take longer are cut.
const GRACE: Duration = Duration::from_secs(20);
/// Requests at a time on one connection of HTTP/2.
const STREAMS_MAX: u32 = 100;
/// How long a connection of HTTP/2 may be silent before it is asked whether it lives.
const PING_EVERY: Duration = Duration::from_secs(30);

/// Serves `router` until `stopped` turns true; requests that have begun are then answered.
pub(crate) async fn run(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) -> Result<(), std::io::Error> {
    let handle = Handle::new();
    let ending = handle.clone();
    let watching = tokio::spawn(async move {
        let _ = stopped.wait_for(|stopped| *stopped).await;
        ending.graceful_shutdown(Some(GRACE));
    });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum_server::from_tcp(listener.into_std()?)?.handle(handle);
    let served = match tls {
        Some(tls) => {
            let mut server = server.acceptor(RustlsAcceptor::new(tls));
            limit(server.http_builder());
            server.serve(service).await
        }
        None => {
            let mut server = server.http1_only();
            limit(server.http_builder());
            server.serve(service).await
        }
    };
    watching.abort();
    served
}

/// Without these a client could hold a connection for ever by sending nothing.
fn limit(builder: &mut Builder<TokioExecutor>) {
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS_MAX)
        .keep_alive_interval(PING_EVERY)
        .keep_alive_timeout(PING_EVERY);
}
