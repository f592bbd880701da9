//! Servers that are not what they should be.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

/// A server that answers each request by its first line; the URL.
pub(crate) fn server(answer: impl Fn(&str, &str) -> String + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let base = url.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = Vec::new();
            // A handshake of TLS has no end of a head.
            while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.first() != Some(&22) {
                let mut part = [0; 4096];
                match stream.read(&mut part) {
                    Ok(length) if length > 0 => head.extend_from_slice(&part[..length]),
                    _ => break,
                }
            }
            let head = String::from_utf8_lossy(&head);
            let line = head.lines().next().unwrap_or_default();
            let _ = stream.write_all(answer(&base, line).as_bytes());
        }
    });
    url
}

/// An answer with this content type, these header lines and this body.
pub(crate) fn answer(status: &str, kind: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\
         {headers}\r\n{body}",
        body.len()
    )
}

/// What an issuer at `base` says of itself.
pub(crate) fn discovery(base: &str) -> String {
    serde_json::json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/oauth/authorize"),
        "token_endpoint": format!("{base}/oauth/token"),
        "device_authorization_endpoint": format!("{base}/oauth/device_authorization"),
        "revocation_endpoint": format!("{base}/oauth/revoke"),
    })
    .to_string()
}

/// Credentials for the server at `url`, as the command line keeps them.
pub(crate) fn credentials(url: &str) -> String {
    serde_json::json!({
        "server": url,
        "access_token": "at",
        "access_token_ends_at": 99_999_999_999_u64,
        "refresh_token": "rt",
    })
    .to_string()
}
