//! TLS with certificate files.

use std::fs;
use std::path::Path;

use bailiwick_testkit::Folder;

use crate::certificates;
use crate::production::{Production, bailiwick};

const TLS: &str = "[tls]\ncert = \"cert.pem\"\nkey = \"key.pem\"";

fn start() -> Production {
    Production::start("https", TLS, |folder| {
        certificates::write(folder, "localhost", "first.pem");
    })
}

fn is_reached(server: &Production, authority: &str) -> bool {
    let said = server.login(authority);
    let page = format!("{}/activate", server.base_url);
    assert!(
        said.contains(&page) || said.contains("is not trusted here"),
        "{said}"
    );
    said.contains(&page)
}

#[test]
fn who_trusts_the_authority_gets_through_and_nobody_else_does() {
    let server = start();
    certificates::write(&server.path("."), "localhost", "other.pem");
    assert!(is_reached(&server, "first.pem"));
    assert!(!is_reached(&server, "other.pem"));
}

#[test]
fn a_certificate_is_read_again_on_sighup_and_one_that_is_broken_changes_nothing() {
    let mut server = start();
    assert!(is_reached(&server, "first.pem"));

    fs::write(server.path("cert.pem"), "nothing").unwrap();
    server.signal("HUP");
    let said = server.logs("the certificate was not read again");
    assert!(said.contains("cert.pem"), "{said}");
    assert!(is_reached(&server, "first.pem"));

    certificates::write(&server.path("."), "localhost", "second.pem");
    server.signal("HUP");
    server.logs("the certificate was read again");
    assert!(is_reached(&server, "second.pem"));
    assert!(!is_reached(&server, "first.pem"));
}

/// What `config check` says of a configuration with these lines.
fn checked(base_url: &str, prepare: impl FnOnce(&Path)) -> String {
    let folder = Folder::new();
    prepare(folder.path());
    let text = format!("base_url = {base_url:?}\ndatabase = \"b.sqlite\"\n{TLS}\n");
    fs::write(folder.path().join("b.toml"), text).unwrap();
    let output = bailiwick(folder.path())
        .args(["config", "check", "--config", "b.toml"])
        .output()
        .unwrap();
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_certificate_that_browsers_would_refuse_is_refused_before_the_start() {
    let base_url = "https://id.example.com";
    assert_eq!(
        checked(base_url, |folder| {
            certificates::write(folder, "id.example.com", "ca.pem");
        }),
        ""
    );
    let said = checked(base_url, |folder| {
        certificates::write(folder, "localhost", "ca.pem");
    });
    assert!(
        said.contains("cert.pem is not for id.example.com"),
        "{said}"
    );
    let said = checked("http://localhost", |folder| {
        certificates::write(folder, "localhost", "ca.pem");
    });
    assert!(said.contains("must begin with https"), "{said}");
    let said = checked(base_url, |_| {});
    assert!(
        said.contains("cannot read a certificate from cert.pem"),
        "{said}"
    );
    let said = checked(base_url, |folder| {
        certificates::write(folder, "id.example.com", "ca.pem");
        let key = fs::read(folder.join("key.pem")).unwrap();
        certificates::write(folder, "id.example.com", "ca.pem");
        fs::write(folder.join("key.pem"), key).unwrap();
    });
    assert!(said.contains("cannot be used together"), "{said}");
    let said = checked(base_url, |folder| {
        certificates::write(folder, "id.example.com", "ca.pem");
        fs::copy(folder.join("cert.pem"), folder.join("key.pem")).unwrap();
    });
    assert!(
        said.contains("cannot read a private key from key.pem"),
        "{said}"
    );
}
