//! The listener on loopback that the browser is sent to, for one answer.

use std::collections::HashMap;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::failure::Failure;

/// How long a connection may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest head of a request that is read, in bytes.
const HEAD_MAX: usize = 16 * 1024;
const PATH: &str = "/callback";

/// A listener on 127.0.0.1, on a port of the machine's choice.
#[derive(Debug)]
pub(super) struct Loopback {
    listener: TcpListener,
    host: String,
}

/// What a connection asked for.
enum Asked {
    /// The callback, with its query.
    Callback(TcpStream, String),
    /// Anything else, which has its answer; browsers also open connections to say nothing.
    Other,
}

impl Loopback {
    /// # Errors
    /// The machine has no loopback or no port.
    pub(super) async fn bind() -> Result<Self, Failure> {
        let no_port = |error| {
            Failure::refused(format!(
                "No port on 127.0.0.1 can be listened on: {error}. Try --headless."
            ))
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(no_port)?;
        let address = listener.local_addr().map_err(no_port)?;
        Ok(Self {
            listener,
            host: address.to_string(),
        })
    }

    /// Where the browser is sent.
    pub(super) fn redirect_uri(&self) -> String {
        format!("http://{}{PATH}", self.host)
    }

    /// Waits for the browser, answers it, and listens no more. The code in its query.
    ///
    /// # Errors
    /// A refusal, or an answer to a question that was never asked: whoever else of this machine
    /// sent it, no other one is waited for.
    pub(super) async fn callback(self, state: &str, issuer: &str) -> Result<String, Failure> {
        let mut asked = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => if let Ok((stream, _)) = accepted {
                    asked.spawn(timeout(PATIENCE, listen(stream, self.host.clone())));
                },
                Some(done) = asked.join_next() => {
                    if let Ok(Ok(Asked::Callback(stream, query))) = done {
                        drop(self.listener);
                        return finish(stream, &query, state, issuer).await;
                    }
                }
            }
        }
    }
}

/// Reads the callback, and tells the browser's person what came of it.
async fn finish(
    mut stream: TcpStream,
    query: &str,
    state: &str,
    issuer: &str,
) -> Result<String, Failure> {
    let code = read(query, state, issuer);
    let said = match &code {
        Ok(_) => "You are signed in. You can close this window.",
        Err(_) => "Nobody was signed in; the terminal says why. You can close this window.",
    };
    answer(&mut stream, "200 OK", said).await;
    code
}

/// Reads the head of a request (RFC 9112 §2).
async fn listen(mut stream: TcpStream, host: String) -> Asked {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let mut part = [0; 2048];
        match stream.read(&mut part).await {
            Ok(length) if length > 0 && head.len() < HEAD_MAX => {
                head.extend_from_slice(&part[..length]);
            }
            _ => return Asked::Other,
        }
    }
    let head = String::from_utf8_lossy(&head);
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (words.next(), words.next().unwrap_or_default());
    // A page of another site can reach loopback by a name of its own.
    let here = lines
        .filter_map(|line| line.split_once(':'))
        .any(|(name, value)| name.eq_ignore_ascii_case("host") && value.trim() == host);
    match target.split_once('?') {
        Some((PATH, query)) if method == Some("GET") && here => {
            Asked::Callback(stream, query.to_owned())
        }
        _ => {
            answer(&mut stream, "404 Not Found", "There is nothing here.").await;
            Asked::Other
        }
    }
}

/// The code of an authorization response (RFC 6749 §4.1.2, RFC 9207 §2.4).
fn read(query: &str, state: &str, issuer: &str) -> Result<String, Failure> {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let values: HashMap<&str, &str> = pairs
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    let value = |name| values.get(name).copied().filter(|value| !value.is_empty());
    if values.len() != pairs.len() || value("state") != Some(state) {
        return Err(Failure::refused(
            "Something else than this sign-in answered, so nobody was signed in. Run `bailiwick \
             auth login` again, and open only the URL that it prints.",
        ));
    }
    if value("iss") != Some(issuer) {
        return Err(Failure::refused(format!(
            "Another server than {issuer} answered, so nobody was signed in. Run `bailiwick auth \
             login` again."
        )));
    }
    if let Some(error) = value("error") {
        let why = value("error_description").unwrap_or(error);
        return Err(Failure::refused(match error {
            "access_denied" => "The sign-in was denied.".to_owned(),
            _ => format!("Nobody was signed in: {why}"),
        }));
    }
    value("code")
        .map(str::to_owned)
        .ok_or_else(|| Failure::refused("The server sent no code, so nobody was signed in."))
}

/// A page that may do nothing and is kept nowhere. That nobody reads it is no failure.
async fn answer(stream: &mut TcpStream, status: &str, said: &str) {
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Bailiwick</title>\
         <p>{said}</p></html>\n"
    );
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'; \
         form-action 'none'\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
         Cross-Origin-Opener-Policy: same-origin\r\nCache-Control: no-store\r\n\
         Connection: close\r\n\r\n",
        page.len()
    );
    let _ = stream.write_all((head + &page).as_bytes()).await;
    let _ = stream.shutdown().await;
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    const ISSUER: &str = "https://id.example.com";

    #[test]
    fn only_the_issuer_s_answer_to_this_very_sign_in_is_taken() {
        let iss = "iss=https%3A%2F%2Fid.example.com";
        let good = format!("code=c&state=s&{iss}");
        assert_eq!(read(&good, "s", ISSUER).unwrap(), "c");
        for query in [
            format!("code=c&state=t&{iss}"),
            format!("code=c&{iss}"),
            format!("code=c&state=s&state=s&{iss}"),
            "code=c&state=s".to_owned(),
            "code=c&state=s&iss=https%3A%2F%2Fevil.example".to_owned(),
            format!("state=s&{iss}"),
            format!("error=access_denied&state=s&{iss}"),
        ] {
            assert!(read(&query, "s", ISSUER).is_err(), "{query}");
        }
    }
}
