//! How it ends.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::production::Production;

#[test]
fn a_request_that_has_begun_is_answered_and_then_the_server_ends() {
    let mut server = Production::start("http", "", |_| {});
    let mut open = TcpStream::connect(server.address).unwrap();
    let host = server.base_url.trim_start_matches("http://");
    let form = "token=x";
    write!(
        open,
        "POST /oauth/revoke HTTP/1.1\r\nHost: {host}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
         Expect: 100-continue\r\n\r\n",
        form.len()
    )
    .unwrap();
    // The server asks for the body only once the request is being worked on.
    let mut word = [0; 25];
    open.read_exact(&mut word).unwrap();
    assert_eq!(&word, b"HTTP/1.1 100 Continue\r\n\r\n");

    server.signal("TERM");
    server.logs("stopping");
    let patience = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(server.address).is_ok() {
        assert!(Instant::now() < patience, "it still takes connections");
        std::thread::yield_now();
    }
    open.write_all(form.as_bytes()).unwrap();
    let mut answer = String::new();
    open.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");

    let (status, log) = server.ends();
    assert!(status.success(), "{log}");
    assert!(log.contains("stopped"), "{log}");
}

#[test]
fn a_hangup_does_not_end_a_server_without_a_certificate() {
    let mut server = Production::start("http", "", |_| {});
    server.signal("HUP");
    server.logs("there is no certificate to read again");
    assert!(TcpStream::connect(server.address).is_ok());
}
