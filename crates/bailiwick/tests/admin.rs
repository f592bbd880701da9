//! `bailiwick admin`, as whoever runs the server types it: on both databases, and beside a server
//! that runs.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::PathBuf;
use std::process::{Command, Output};

use bailiwick_store::Location;
use bailiwick_testkit::{Backend, Database, Folder, TestServer};

/// A configuration over a database of its own.
struct Machine {
    config: PathBuf,
    _folder: Folder,
    _database: Database,
}

impl Machine {
    async fn new(backend: Backend) -> Self {
        let (folder, database) = (Folder::new(), Database::new(backend).await);
        let place = match database.location() {
            Location::Sqlite(path) => path.display().to_string(),
            Location::Postgres(url) => url,
        };
        let config = folder.path().join("bailiwick.toml");
        let text = format!("base_url = \"https://id.example.com\"\ndatabase = \"{place}\"\n");
        std::fs::write(&config, text).unwrap();
        Self {
            config,
            _folder: folder,
            _database: database,
        }
    }

    fn admin(&self, arguments: &[&str]) -> Output {
        let mut all = vec!["admin", "--config", self.config.to_str().unwrap()];
        all.extend(arguments);
        bailiwick(&all)
    }
}

fn bailiwick(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bailiwick"))
        .args(arguments)
        .output()
        .unwrap()
}

#[track_caller]
fn done(output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr.clone()).unwrap()
}

async fn makes_and_audits(backend: Backend) {
    let machine = Machine::new(backend).await;
    let said = done(&machine.admin(&["create-org", "acme", "--description", "Everything"]));
    let uid = said.lines().next().unwrap().rsplit(' ').next().unwrap();
    assert_eq!(uid.len(), 40, "{said}");
    assert!(
        said.contains("https://id.example.com/invite#bwi_"),
        "{said}"
    );
    let taken = refused(&machine.admin(&["create-org", "acme"]));
    assert!(taken.contains("has this name"), "{taken}");
    let somebody = "0123456789abcdef0123456789abcdef01234567";
    let bound = done(&machine.admin(&["bind", "acme", somebody, "--role", "owner"]));
    let binding = bound.trim().rsplit(' ').next().unwrap();
    done(&machine.admin(&["unbind", binding]));
    let invited = done(&machine.admin(&[
        "owner-invite",
        uid,
        "--email",
        "a@example.com",
        "--ttl",
        "1h",
    ]));
    assert!(invited.contains("/invite#bwi_"), "{invited}");
    let trail = done(&machine.admin(&["audit", "acme", "-o", "json"]));
    let rows: Vec<serde_json::Value> = trail
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row["seq"].as_i64().unwrap(),
                row["action"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (1, "groups.create"),
            (2, "group_invites.create"),
            (3, "role_bindings.create"),
            (4, "role_bindings.delete"),
            (5, "group_invites.create"),
        ]
    );
    assert!(rows.iter().all(|row| row["actor"] == "host"));
    for line in said.lines().chain(invited.lines()) {
        if let Some((_, code)) = line.split_once('#') {
            assert!(!trail.contains(code), "a code stands in the trail");
        }
    }
    let last = done(&machine.admin(&["audit", "acme", "--last", "1"]));
    assert!(
        last.starts_with("5  ") && last.lines().count() == 1,
        "{last}"
    );
    let others = done(&machine.admin(&["audit"]));
    assert!(others.contains("refused: NAME_TAKEN"), "{others}");
}

#[tokio::test]
async fn the_host_makes_organizations_and_reads_the_trail_on_sqlite() {
    makes_and_audits(Backend::Sqlite).await;
}

#[tokio::test]
async fn the_host_makes_organizations_and_reads_the_trail_on_postgresql() {
    makes_and_audits(Backend::Postgres).await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_a_cure() {
    let machine = Machine::new(Backend::Sqlite).await;
    done(&machine.admin(&["create-org", "acme"]));
    for (arguments, cure) in [
        (
            &["bind", "nowhere", "a@example.com", "--role", "owner"][..],
            "acme/dev",
        ),
        (
            &["bind", "acme", "a@example.com", "--role", "owner"],
            "has signed in here",
        ),
        (
            &["bind", "acme", "a@example.com", "--role", "king"],
            "choose owner, editor",
        ),
        (
            &["identity", "suspend", "a@example.com"],
            "has signed in here",
        ),
        (
            &["identity", "restore", &"0".repeat(40)],
            "has signed in here",
        ),
        (&["owner-invite", "nowhere"], "there is no group"),
        (&["unbind", &"0".repeat(40)], "no such role binding"),
    ] {
        let error = refused(&machine.admin(arguments));
        assert!(error.contains(cure), "{arguments:?}: {error}");
    }
    for arguments in [
        &["create-org", "Acme"][..],
        &["owner-invite", "acme", "--ttl", "1s"],
        &["owner-invite", "acme", "--email", "nobody"],
        &["unbind", "x"],
    ] {
        let output = machine.admin(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

/// `bailiwick admin`, on the database of a development server that runs.
fn beside(server: &TestServer) -> impl Fn(&[&str]) -> Output {
    let Location::Sqlite(file) = server.database.location() else {
        panic!("the server has another database");
    };
    let folder = file.parent().unwrap().to_str().unwrap().to_owned();
    let port = server.provider.port().to_string();
    move |rest| {
        let mut all = vec![
            "admin",
            "--dev",
            "--data",
            &folder,
            "--provider-port",
            &port,
        ];
        all.extend(rest);
        bailiwick(&all)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_links_that_are_printed_make_owners() {
    let server = TestServer::start().await;
    let admin = beside(&server);
    for (arguments, address) in [
        (&["create-org", "acme"][..], "first@example.com"),
        (
            &["owner-invite", "acme", "--email", "second@example.com"],
            "second@example.com",
        ),
    ] {
        let said = done(&admin(arguments));
        let (_, code) = said.split_once("/invite#").unwrap();
        let code = code.split_whitespace().next().unwrap();
        let mut person = server.signed_in(address).await;
        let body = serde_json::json!({ "code": code }).to_string();
        let accepted = person
            .call("POST", "/iam/v2/groupInvites:accept", &body)
            .await;
        assert_eq!(accepted.status, 200, "{}", accepted.body);
        let answer = accepted.json();
        assert_eq!(answer["role"]["name"], "owner");
        assert_eq!(answer["group"]["name"], "acme");
        let uid = answer["group"]["uid"].as_str().unwrap();
        let folder = format!(r#"{{"name":"of {}"}}"#, &address[..5]);
        let made = person
            .call("POST", &format!("/iam/v2/groups/{uid}"), &folder)
            .await;
        assert_eq!(made.status, 200, "{}", made.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_server_obeys_a_suspension_at_the_next_request() {
    let server = TestServer::start().await;
    let mut viewer = server.signed_in("viewer@example.com").await;
    assert_eq!(viewer.call("GET", "/iam/v2/groups", "").await.status, 200);
    let admin = beside(&server);
    done(&admin(&["identity", "suspend", "viewer@example.com"]));
    assert_eq!(viewer.call("GET", "/iam/v2/groups", "").await.status, 401);
    let last = refused(&admin(&["identity", "suspend", "owner@example.com"]));
    assert!(
        last.contains("example") && last.contains("--leave-ownerless"),
        "{last}"
    );
    done(&admin(&["identity", "restore", "viewer@example.com"]));
    let mut back = server.signed_in("viewer@example.com").await;
    assert_eq!(back.call("GET", "/iam/v2/groups", "").await.status, 200);
    done(&admin(&[
        "identity",
        "suspend",
        "owner@example.com",
        "--leave-ownerless",
    ]));
}

#[tokio::test]
async fn a_new_key_takes_the_place_of_the_old_one() {
    let machine = Machine::new(Backend::Sqlite).await;
    let first = done(&machine.admin(&["rotate-key"]));
    let second = done(&machine.admin(&["rotate-key", "--compromised"]));
    assert!(first.starts_with("From now on the key "), "{first}");
    assert_ne!(first, second);
    let trail = done(&machine.admin(&["audit"]));
    assert!(trail.contains("signing_keys.rotate"), "{trail}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_sign_ins_end_at_once_and_everyone_may_come_back() {
    let server = TestServer::start().await;
    let admin = beside(&server);
    let mut one = server.signed_in("owner@example.com").await;
    let mut two = server.signed_in("viewer@example.com").await;
    let said = done(&admin(&["end-sign-ins"]));
    assert_eq!(
        said,
        "Ended 2 sessions of browsers and 0 sign-ins of clients and devices.\n"
    );
    for browser in [&mut one, &mut two] {
        assert_eq!(browser.call("GET", "/iam/v2/groups", "").await.status, 401);
    }
    let mut back = server.signed_in("viewer@example.com").await;
    assert_eq!(back.call("GET", "/iam/v2/groups", "").await.status, 200);
    let trail = done(&admin(&["audit"]));
    assert!(trail.contains("sessions.end_all"), "{trail}");
}
