//! Organizations, folders and groups.

use bailiwick_testkit::TestServer;

use crate::machine::{Machine, alike};

async fn owner() -> (TestServer, Machine) {
    let server = TestServer::start().await;
    let machine = Machine::signed_in(&server, "owner@example.com").await;
    (server, machine)
}

#[tokio::test(flavor = "multi_thread")]
async fn organizations_are_listed_by_name_and_in_a_table() {
    let (_server, machine) = owner().await;
    machine.run(&[
        "iam",
        "organizations",
        "create",
        "tutorial-org",
        "-d",
        "This is a shared IAM organization for tutorials.",
    ]);
    let list = machine.done("iam organizations list");
    assert!(
        list.ends_with("[tutorial-org] This is a shared IAM organization for tutorials.\n"),
        "{list}"
    );
    let table = alike(&machine.done("iam orgs list -o table"));
    let lines: Vec<_> = table.lines().collect();
    let bar =
        "-------------------------------------------+--------------+-----------------------------";
    assert_eq!(
        lines[0],
        "                     ID                    |     NAME     |         DESCRIPTION"
    );
    assert_eq!(&lines[1][..bar.len()], bar);
    let id = "x".repeat(40);
    assert_eq!(
        lines[lines.len() - 2..],
        [
            format!("  {id} | tutorial-org | This is a shared IAM"),
            format!("  {:40} |              | organization for tutorials.", ""),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_are_made_as_the_older_command_line_wrote_it() {
    let (_server, machine) = owner().await;
    let root = machine.id("iam groups create root --no-parent -o id");
    for name in ["dev", "staging", "prod"] {
        machine.done(&format!("iam group create {name} -parent {root}"));
    }
    machine.done("iam folders create ci --parent root/dev -d Robots");
    let tree = machine.done("iam groups list -o tree");
    assert!(
        tree.contains("|- root\n    |- dev\n        |- ci\n    |- prod\n    |- staging\n"),
        "{tree}"
    );
    let list = machine.done(&format!("iam groups list -parent={root}"));
    assert_eq!(
        alike(&list),
        format!(
            "{x}/{y}/{y} [ci] Robots\n{x}/{y} [dev]\n{x}/{y} [prod]\n{x}/{y} [staging]\n",
            x = "x".repeat(40),
            y = "x".repeat(16)
        )
    );
    assert_eq!(
        machine.done("iam folders list root"),
        "[root/dev]\n[root/dev/ci] Robots\n[root/prod]\n[root/staging]\n"
    );
    assert_eq!(
        machine.done("iam folders list root/dev -o tree"),
        "|- dev\n    |- ci\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_named_by_id_path_or_name_and_never_by_guess() {
    let (_server, machine) = owner().await;
    machine.done("iam organizations create one");
    machine.done("iam organizations create two");
    let ci = machine.id("iam folders create ci --parent one -o id");
    let other = machine.id("iam folders create ci --parent two -o id");
    for name in [ci.as_str(), "one/ci", "/one/ci"] {
        let json: serde_json::Value =
            serde_json::from_str(&machine.done(&format!("iam folders describe {name}"))).unwrap();
        assert_eq!(json["uid"], *ci);
    }
    let said = machine.says("iam folders describe ci");
    assert_eq!((said.code, said.stdout.as_str()), (1, ""));
    let mut lines: Vec<_> = said.stderr.lines().map(str::to_owned).collect();
    lines[1..].sort();
    let mut expected = [format!("  {ci}  one/ci"), format!("  {other}  two/ci")];
    expected.sort();
    assert_eq!(
        lines[0],
        "error: There is more than one folder \"ci\". Say which by its id:"
    );
    assert_eq!(lines[1..], expected);
    machine.fails(
        "iam folders describe nowhere",
        1,
        "error: There is no folder \"nowhere\" that you may see.",
    );
    machine.fails(
        &format!("iam organizations describe {ci}"),
        1,
        &format!("error: {ci} is no organization."),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_renamed_described_and_deleted() {
    let (_server, machine) = owner().await;
    machine.done("iam organizations create one");
    let uid = machine.id("iam folders create ci --parent one -o id");
    machine.done("iam folders create deep --parent one/ci");
    assert_eq!(
        machine.done("iam folders update one/ci -n build -d Robots"),
        format!("{uid} [build] Robots\n")
    );
    machine.fails(
        "iam folders delete one/build",
        2,
        "error: There is no terminal to ask at, so nothing was done: -y says yes beforehand.",
    );
    let said = machine.says("iam folders delete one/build -y");
    assert_eq!(said.code, 1);
    assert!(said.stderr.contains("deep"), "{said:?}");
    assert_eq!(
        machine.done("iam folders delete one/build -y --force"),
        "Deleted one/build.\n"
    );
    assert_eq!(machine.done("iam folders list one"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_name_and_a_taken_one_are_told_with_their_field() {
    let (_server, machine) = owner().await;
    machine.done("iam organizations create one");
    let said = machine.says("iam folders create UPPER --parent one");
    assert_eq!(said.code, 1);
    assert!(said.stderr.starts_with("error: "), "{said:?}");
    assert!(said.stderr.contains("\n  name: "), "{said:?}");
    machine.done("iam folders create ci --parent one");
    let said = machine.says("iam folders create ci --parent one");
    assert_eq!(said.code, 1, "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn json_is_that_of_the_api() {
    let (server, machine) = owner().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let path = "/iam/v2/groups?uidp.inRoot=true&orderBy=name";
    let answer = browser.call("GET", path, "").await;
    let json: serde_json::Value =
        serde_json::from_str(&machine.done("iam organizations list -o json")).unwrap();
    assert_eq!(json, answer.json());
}
