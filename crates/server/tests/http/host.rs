//! Under which names the server answers, and where it sends a browser.

use bailiwick_testkit::http::exchange;
use bailiwick_testkit::{Ask, TestServer};

use crate::world::expect;

#[tokio::test]
async fn another_loopback_name_is_sent_to_the_base_url() {
    let server = TestServer::start().await;
    let port = server.address.port();
    for (host, path) in [
        (format!("127.0.0.1:{port}"), "/orgs/x?tab=access&x=%2F"),
        (format!("[::1]:{port}"), "/"),
        ("localhost:1".to_owned(), "/a//b"),
        ("localhost".to_owned(), "/"),
        (format!("127.0.0.1:{port}"), "//evil.example/x"),
        (format!("127.0.0.1:{port}"), "/\\evil.example"),
        (format!("127.0.0.1:{port}"), "/%0d%0aset-cookie:a=b"),
        (format!("127.0.0.1:{port}"), "/@evil.example"),
    ] {
        let answer = server
            .send(&Ask::new("GET", path).header("host", &host))
            .await;
        expect(&answer, 303, path);
        // Byte for byte after our own origin, whose end is the path's slash.
        assert_eq!(
            answer.header("location"),
            format!("{}{path}", server.base_url)
        );
        assert!(answer.all("set-cookie").is_empty());
    }
}

#[tokio::test]
async fn an_unknown_host_is_misdirected() {
    let server = TestServer::start().await;
    let port = server.address.port();
    for host in [
        "evil.example",
        "localhost.evil.example",
        "evil.example:8080",
        "localhost@evil.example",
        "user:localhost@evil.example",
        "127.0.0.1.evil.example",
        "0.0.0.0",
        "169.254.169.254",
        "",
        " ",
        "[",
        "localhost:99999",
    ] {
        for path in ["/", "/auth/session", "/oauth/authorize", "/no/such/page"] {
            let answer = server
                .send(&Ask::new("GET", path).header("host", host))
                .await;
            assert_eq!(answer.status, 421, "{host}{path}: {}", answer.body);
            assert_eq!(answer.reason(), "MISDIRECTED");
            assert_eq!(answer.header("location"), "");
        }
    }
    let host = format!("127.0.0.1:{port}");
    for method in ["POST", "DELETE", "PATCH", "OPTIONS"] {
        let ask = Ask::new(method, "/auth/session").header("host", &host);
        expect(&server.send(&ask).await, 421, "only reading is redirected");
    }
}

#[tokio::test]
async fn the_target_of_a_request_cannot_redirect_elsewhere() {
    let server = TestServer::start().await;
    let ours = format!("{}/", server.base_url);
    let right = server.host().to_owned();
    let wrong = format!("127.0.0.1:{}", server.address.port());
    for host in [&right, &wrong] {
        for target in [
            "http://evil.example/".to_owned(),
            format!("http://{right}@evil.example/"),
            format!("http://evil.example@{wrong}/x"),
            format!("http://{wrong}//evil.example"),
            format!("http://{wrong}"),
            format!("http://{wrong}?x=//evil.example"),
            "//evil.example".to_owned(),
            "///evil.example/%2e%2e".to_owned(),
            "@evil.example".to_owned(),
            ".evil.example".to_owned(),
            "evil.example:443".to_owned(),
            "*".to_owned(),
            "?evil".to_owned(),
            "ftp://evil.example/".to_owned(),
            "javascript:alert(1)".to_owned(),
        ] {
            let request =
                format!("GET {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
            let answer = exchange(server.address, request.as_bytes()).await;
            let location = answer.header("location");
            assert!(
                location.is_empty() || location.starts_with(&ours),
                "{target} at {host} leads to {location}"
            );
            let leads_on = (300..400).contains(&answer.status);
            assert_eq!(
                leads_on,
                !location.is_empty(),
                "{target}: {}",
                answer.status
            );
        }
    }
}

#[tokio::test]
async fn no_header_but_host_says_where_we_are() {
    let server = TestServer::start().await;
    let begun = bailiwick_testkit::Begun::new();
    let browser = server.browser();
    let paths = [
        "/.well-known/openid-configuration".to_owned(),
        browser.authorize_path("dev", &begun),
        "/auth/session".to_owned(),
    ];
    for path in paths {
        let answer = server
            .send(
                &Ask::new("GET", &path)
                    .header("x-forwarded-host", "evil.example")
                    .header("x-forwarded-proto", "https")
                    .header("x-forwarded-for", "127.0.0.1")
                    .header("forwarded", "host=evil.example;proto=https")
                    .header("x-original-url", "/evil.example")
                    .header("x-rewrite-url", "/evil.example"),
            )
            .await;
        let said = format!("{:?} {}", answer.headers, answer.body);
        assert!(!said.contains("evil.example"), "{said}");
        assert!(answer.status < 400, "{said}");
    }
}

#[tokio::test]
async fn probes_name_the_machine_as_they_like() {
    let server = TestServer::start().await;
    for path in ["/health/live", "/health/ready"] {
        for host in ["10.0.0.7:8080", "evil.example", ""] {
            let answer = server
                .send(&Ask::new("GET", path).header("host", host))
                .await;
            expect(&answer, 200, host);
            assert_eq!(answer.body, "{}");
        }
    }
}
