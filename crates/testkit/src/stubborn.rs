//! A server that never comes to an end: it answers every request with JSON that goes on and on.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::server::listen;

/// How it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As fast as it can, to a gigabyte.
    Gushing,
    /// A byte now and then.
    Dripping,
    /// It accepts, reads, and says nothing at all.
    Silent,
}

/// The server.
#[derive(Debug, Clone)]
pub struct Stubborn {
    address: SocketAddr,
    sent: Arc<AtomicU64>,
    asked: Arc<AtomicU64>,
}

impl Stubborn {
    /// Starts it.
    pub async fn start(manner: Manner) -> Self {
        let (listener, address) = listen().await;
        let this = Self {
            address,
            sent: Arc::default(),
            asked: Arc::default(),
        };
        let server = this.clone();
        // It ends with the test's runtime.
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(server.clone().answer(stream, manner));
            }
        });
        this
    }

    /// Its origin.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many bytes of a body it got rid of.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::SeqCst)
    }

    /// How often it was asked for something.
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::SeqCst)
    }

    async fn answer(self, mut stream: TcpStream, manner: Manner) {
        let _ = stream.read(&mut [0; 4096]).await;
        self.asked.fetch_add(1, Ordering::SeqCst);
        if manner == Manner::Silent {
            // Until the other side hangs up.
            let _ = stream.read(&mut [0; 4096]).await;
            return;
        }
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[";
        let _ = stream.write_all(head.as_bytes()).await;
        let (piece, pause): (&[u8], _) = match manner {
            Manner::Gushing => (&[b' '; 64 * 1024], Duration::ZERO),
            _ => (b" ", Duration::from_millis(50)),
        };
        while self.sent() < 1 << 30 && stream.write_all(piece).await.is_ok() {
            self.sent.fetch_add(piece.len() as u64, Ordering::SeqCst);
            tokio::time::sleep(pause).await;
        }
    }
}
