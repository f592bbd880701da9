//! Roles.

use bailiwick_testkit::TestServer;

use crate::machine::Machine;

async fn owner() -> (TestServer, Machine) {
    let server = TestServer::start().await;
    let machine = Machine::signed_in(&server, "owner@example.com").await;
    machine.done("iam organizations create acme");
    (server, machine)
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_listed_with_what_they_hold() {
    let (_server, machine) = owner().await;
    let list = machine.done("iam role list");
    for role in ["[owner] ", "[editor] ", "[viewer] ", "[gulfstream] "] {
        assert!(
            list.lines().any(|line| line.starts_with(role)),
            "{role} in {list}"
        );
    }
    let viewer = machine.done("iam roles list --name viewer");
    assert!(
        viewer
            .lines()
            .any(|line| line.starts_with("  groups.list  ")),
        "{viewer}"
    );
    assert!(!viewer.contains("groups.delete"), "{viewer}");
    let holders = machine.done("iam roles list --managed --capabilities groups.delete -o id");
    assert_eq!(holders, machine.done("iam roles list --name owner -o id"));
    assert!(
        !machine
            .done("iam roles list --parent acme")
            .contains("gulfstream")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_made_changed_and_deleted_and_a_dry_run_does_none_of_it() {
    let (_server, machine) = owner().await;
    let create = "iam roles create lister --parent acme --capabilities groups.list,roles.list";
    assert_eq!(
        machine.done(&format!("{create} --dry-run")),
        "Nobody would gain or lose anything.\nThe organization would have 1 owner.\nNothing was \
         changed: a dry run.\n"
    );
    machine.fails(
        "iam roles update lister --description x",
        1,
        "error: There is no role \"lister\" that you may see.",
    );
    let made = machine.done(create);
    assert!(made.starts_with("[lister]\n  groups.list  "), "{made}");
    machine.done("iam role-bindings create --identity me --role lister --group acme");
    let changed = machine.done(
        "iam roles update lister --add-capabilities groups.create --remove-capabilities roles.list \
         -d Lists",
    );
    assert!(changed.starts_with("[lister] Lists\n"), "{changed}");
    assert!(
        changed.contains("groups.create") && !changed.contains("roles.list"),
        "{changed}"
    );
    machine.fails(
        "iam roles update lister",
        2,
        "error: Say what to change: --name, --description, --capabilities, --add-capabilities or \
         --remove-capabilities.",
    );
    let said = machine.says("iam roles delete lister -y");
    assert_eq!(said.code, 1, "{said:?}");
    let binding = machine.id("iam role-bindings list acme --role lister -o id");
    machine.done(&format!("iam role-bindings delete {binding} -y"));
    assert_eq!(
        machine.done("iam roles delete lister -y"),
        "Deleted the role lister.\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_built_in_role_stays_as_it_is() {
    let (_server, machine) = owner().await;
    for words in [
        "iam roles delete viewer -y",
        "iam roles update viewer --add-capabilities groups.delete",
    ] {
        let said = machine.says(words);
        assert_eq!((said.code, said.stdout.as_str()), (1, ""), "{said:?}");
    }
}
