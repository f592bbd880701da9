//! Questions and colour, at a terminal that `script` of util-linux makes.

use std::io::Write as _;
use std::process::{Command, Stdio};

use bailiwick_testkit::TestServer;

use crate::machine::Machine;

/// Runs a command at a terminal where somebody types `typed`. What the terminal shows, and the exit
/// code.
fn at_terminal(machine: &Machine, words: &str, typed: &str) -> (String, i32) {
    let line = format!("{} {words}", env!("CARGO_BIN_EXE_bailiwick"));
    let own = machine.command(&[]);
    let set = own
        .get_envs()
        .filter_map(|(name, value)| Some((name, value?)));
    let mut script = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .envs(set)
        .env("TERM", "xterm")
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut keys = script.stdin.take().unwrap();
    keys.write_all(typed.as_bytes()).unwrap();
    let output = script.wait_with_output().unwrap();
    drop(keys);
    let shown = String::from_utf8(output.stdout).unwrap();
    (shown, output.status.code().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_role_of_an_invite_is_chosen_by_its_number() {
    let server = TestServer::start().await;
    let owner = Machine::signed_in(&server, "owner@example.com").await;
    owner.done("iam organizations create acme");
    let (shown, code) = at_terminal(&owner, "iam invites create acme", "9\n2\n");
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("Which role at acme?"), "{shown}");
    assert!(shown.contains("Type a number from 1 to 3."), "{shown}");
    let second = shown
        .lines()
        .find(|line| line.starts_with("   2  ["))
        .unwrap();
    let role = &second[7..second.find(']').unwrap()];
    let list = owner.done("iam invites list acme");
    assert!(
        list.trim_end().contains(&format!("[{role}]")),
        "{list} {shown}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_is_asked_about_first() {
    let server = TestServer::start().await;
    let owner = Machine::signed_in(&server, "owner@example.com").await;
    owner.done("iam organizations create acme");
    owner.done("iam folders create eng --parent acme");
    for (words, typed) in [
        ("iam folders delete eng", "n\n"),
        ("iam organizations delete acme --force", "acne\n"),
    ] {
        let (shown, code) = at_terminal(&owner, words, typed);
        assert_eq!(code, 1, "{shown}");
        assert!(
            shown.contains("error:\u{1b}[0m Nothing was done."),
            "{shown}"
        );
    }
    assert_eq!(owner.done("iam folders list acme"), "[acme/eng]\n");
    let (shown, code) = at_terminal(&owner, "iam organizations delete acme --force", "acme\n");
    assert_eq!(code, 0, "{shown}");
    let (shown, _) = at_terminal(&owner, "iam folders list acme --no-color", "");
    assert!(shown.contains("error: There is no group"), "{shown}");
}
