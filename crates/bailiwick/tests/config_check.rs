//! `bailiwick config check`, as a person runs it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use bailiwick_testkit::Folder;

const GOOD: &str = r#"
base_url = "https://id.example.com"
database = "x.sqlite"

[[providers]]
id = "corp"
name = "Example Corp"
issuer = "https://login.example.com"
client_id = "bailiwick"
client_secret = "geheim"
"#;

const WRONG: &str = "bsae_url = \"https://id.example.com\"\ndatabase = \"x.sqlite\"\n[orgs]\n";

fn bailiwick(arguments: &[&str], config: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bailiwick"))
        .args(arguments)
        .arg("--config")
        .arg(config)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_good_file_is_printed_with_defaults_and_without_secrets() {
    let folder = Folder::new();
    let file = folder.path().join("bailiwick.toml");
    fs::write(&file, GOOD).unwrap();
    let output = bailiwick(&["config", "check"], &file);
    assert_eq!(output.status.code(), Some(0));
    let printed = text(&output.stdout);
    for part in [
        "listen = \"127.0.0.1:8080\"\n",
        "client_secret = \"(hidden)\"\n",
    ] {
        assert!(printed.contains(part), "{printed}");
    }
    assert!(!printed.contains("geheim"), "{printed}");
    assert!(printed.ends_with("bailiwick.toml can be used.\n"));

    fs::write(&file, printed).unwrap();
    let again = bailiwick(&["config", "check"], &file);
    assert_eq!(again.status.code(), Some(0), "all that it prints is TOML");
}

#[test]
fn a_wrong_file_gets_the_same_words_from_check_and_serve() {
    let folder = Folder::new();
    let file = folder.path().join("bailiwick.toml");
    fs::write(&file, WRONG).unwrap();
    let checked = bailiwick(&["config", "check"], &file);
    let served = bailiwick(&["serve"], &file);
    assert_eq!(checked.status.code(), Some(1));
    assert_eq!(served.status.code(), Some(1));
    assert_eq!(text(&checked.stdout), "");
    assert_eq!(text(&checked.stderr), text(&served.stderr));
    let said = text(&checked.stderr);
    assert_eq!(said.lines().count(), 3, "{said}");
    for part in [
        "line 1, column 1: unknown key `bsae_url`; did you mean `base_url`?",
        "line 3, column 2: unknown key `orgs`",
    ] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = Folder::new();
    let output = bailiwick(&["config", "check"], &folder.path().join("absent.toml"));
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("absent.toml"));
}
