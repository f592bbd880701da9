//! Credentials: who may read them, what they are good for, and who renews them.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use bailiwick_testkit::TestServer;

use crate::machine::Machine;

const OWNER: &str = "owner@example.com";

fn mode(path: &std::path::Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_can_read_credentials_and_they_go_with_the_sign_in() {
    let server = TestServer::start().await;
    let machine = Machine::signed_in(&server, OWNER).await;
    assert_eq!(mode(&machine.file()), 0o600);
    assert_eq!(mode(&machine.folder()), 0o700);
    assert_eq!(machine.files().len(), 1, "{:?}", machine.files());
    let token = machine.id("auth token");
    let said = machine.says("auth logout");
    assert_eq!(said.stderr, format!("Signed out of {}.\n", server.base_url));
    assert!(machine.files().is_empty(), "{:?}", machine.files());
    let ask = bailiwick_testkit::Ask::new("GET", "/auth/v1/ok");
    let ask = ask.header("authorization", &format!("Bearer {token}"));
    assert_eq!(server.send(&ask).await.status, 401);
    machine.fails(
        "iam organizations list",
        1,
        "error: You are not signed in at SERVER. Run `bailiwick auth login --server SERVER`.",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_that_others_can_read_are_refused_with_the_cure() {
    let server = TestServer::start().await;
    let machine = Machine::signed_in(&server, OWNER).await;
    std::fs::set_permissions(machine.file(), std::fs::Permissions::from_mode(0o644)).unwrap();
    let file = machine.file().display().to_string();
    machine.fails(
        "iam organizations list",
        1,
        &format!(
            "error: Others can read the credentials in {file}: run `chmod 600 {file}`, and if \
             somebody may have done so already, `bailiwick auth logout` and then `bailiwick auth \
             login`."
        ),
    );
    machine.done("auth logout");
    assert!(machine.files().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_credentials_and_those_of_another_server_are_made_anew_by_login() {
    let server = TestServer::start().await;
    let machine = Machine::signed_in(&server, OWNER).await;
    let whole = std::fs::read_to_string(machine.file()).unwrap();
    let file = machine.file().display().to_string();
    let foreign = whole.replace(&server.base_url, "https://id.example.com");
    for (text, says) in [
        (
            whole[..whole.len() / 2].to_owned(),
            format!(
                "error: The credentials in {file} are damaged. Run `bailiwick auth login` to make \
                 them anew."
            ),
        ),
        (
            foreign,
            format!(
                "error: The credentials in {file} are those of https://id.example.com, and go \
                 nowhere else. Run `bailiwick auth login --server SERVER`."
            ),
        ),
    ] {
        std::fs::write(machine.file(), text).unwrap();
        machine.fails("auth token", 1, &says);
        let mut login = machine.start(&["auth", "login"]);
        let mut browser = server.signed_in(OWNER).await;
        crate::machine::allow(&mut browser, &login.hears("/oauth/authorize?")).await;
        assert_eq!(login.ends().code, 0);
        machine.done("auth status");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_eight_processes_one_renews_the_sign_in_and_all_use_it() {
    let server = TestServer::start().await;
    let machine = Machine::signed_in(&server, OWNER).await;
    let before = machine.id("auth token");
    for _ in 0..3 {
        machine.forget_time();
        let running: Vec<_> = (0..8).map(|_| machine.start(&["auth", "token"])).collect();
        let mut tokens: Vec<_> = running
            .into_iter()
            .map(|process| {
                let said = process.ends();
                assert_eq!(said.code, 0, "{said:?}");
                said.stdout
            })
            .collect();
        tokens.dedup();
        assert_eq!(tokens.len(), 1);
        assert_ne!(tokens[0].trim(), before);
    }
    machine.done("auth status");
    assert_eq!(machine.files().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_was_ended_elsewhere_says_so() {
    let server = TestServer::start().await;
    let machine = Machine::signed_in(&server, OWNER).await;
    let kept = std::fs::read_to_string(machine.file()).unwrap();
    machine.done("auth logout");
    std::fs::write(machine.file(), kept).unwrap();
    std::fs::set_permissions(machine.file(), std::fs::Permissions::from_mode(0o600)).unwrap();
    machine.fails(
        "iam organizations list",
        1,
        "error: Your sign-in at SERVER has ended. Run `bailiwick auth login --server SERVER`.",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_ends_a_list_quietly() {
    let server = TestServer::start().await;
    let machine = Machine::signed_in(&server, OWNER).await;
    let mut child = machine
        .command(&["iam", "roles", "list"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
