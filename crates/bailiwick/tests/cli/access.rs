//! Role bindings, identities and explanations.

use bailiwick_testkit::TestServer;

use crate::machine::{Machine, alike};

const GUEST: &str = "guest@example.com";

/// An owner of `acme`, and a guest who views its folder `eng`.
async fn people() -> (TestServer, Machine, Machine) {
    let server = TestServer::start().await;
    let owner = Machine::signed_in(&server, "owner@example.com").await;
    let guest = Machine::signed_in(&server, GUEST).await;
    owner.done("iam organizations create acme");
    owner.done("iam folders create eng --parent acme");
    let made = owner.done("iam invites create acme/eng --role viewer -o json");
    let invite: serde_json::Value = serde_json::from_str(&made).unwrap();
    let code = invite["code"].as_str().unwrap();
    let mut browser = server.signed_in(GUEST).await;
    let body = serde_json::json!({ "code": code }).to_string();
    let accepted = browser
        .call("POST", "/iam/v2/groupInvites:accept", &body)
        .await;
    assert_eq!(accepted.status, 200, "{}", accepted.body);
    (server, owner, guest)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_binding_is_made_changed_and_removed_and_a_dry_run_tells_before() {
    let (_server, owner, _guest) = people().await;
    let create = format!("iam role-bindings create --identity {GUEST} --role editor --group acme");
    let told = owner.done(&format!("{create} --dry-run"));
    assert!(
        told.starts_with(&format!(
            "1 person would gain something, 0 people would lose something.\n{GUEST}\n  + at acme: "
        )),
        "{told}"
    );
    assert!(
        told.ends_with("would have 1 owner.\nNothing was changed: a dry run.\n"),
        "{told}"
    );
    let list = "iam role-bindings list acme --role editor -o id";
    assert_eq!(owner.done(list), "");
    let binding = owner.id(&format!("{create} --expires 2027-01-31 -o id"));
    assert_eq!(owner.id(list), binding);
    let table = owner.done("iam role-bindings list acme --role editor");
    assert!(
        table.trim_end().ends_with(&format!(
            "| {GUEST} | editor | acme  | 2027-01-31T00:00:00.000Z"
        )),
        "{table}"
    );
    let changed = owner.done(&format!(
        "iam role-binding update {binding} --role viewer --expires never"
    ));
    assert!(
        alike(changed.trim_end()).ends_with(&format!("| {GUEST} | viewer | acme  | never")),
        "{changed}"
    );
    let told = owner.done(&format!("iam role-bindings delete {binding} --dry-run"));
    assert!(told.contains("\n  - at acme: "), "{told}");
    assert_eq!(
        owner.done(&format!("iam role-bindings delete {binding} -y")),
        format!("Took viewer at acme from {GUEST}.\n")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_rule_refuses_is_refused_by_a_dry_run_too() {
    let (_server, owner, guest) = people().await;
    let said = guest
        .says("iam role-bindings create --identity me --role owner --group acme/eng --dry-run");
    assert_eq!((said.code, said.stdout.as_str()), (1, ""), "{said:?}");
    let last = owner.id("iam role-bindings list acme --role owner -o id");
    let said = owner.says(&format!("iam role-bindings delete {last} --dry-run"));
    assert_eq!(said.code, 1);
    assert!(
        said.stderr.ends_with("  Nothing was changed: a dry run.\n"),
        "{said:?}"
    );
    let said = owner.says(&format!("iam role-bindings delete {last} -y"));
    assert_eq!(said.code, 1, "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_listed_described_and_removed() {
    let (_server, owner, _guest) = people().await;
    let table = owner.done("iam identities list acme --name guest");
    let row = table.lines().last().unwrap();
    assert!(
        row.contains(GUEST) && row.contains("eng: viewer"),
        "{table}"
    );
    let json = owner.done(&format!("iam identity describe {GUEST}"));
    let guest: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(guest["email"], GUEST);
    let remove = format!("iam identities remove {GUEST} --group acme");
    let told = owner.done(&format!("{remove} --dry-run"));
    assert!(told.contains("\n  - at eng: "), "{told}");
    assert_eq!(
        owner.done(&format!("{remove} -y")),
        format!("Took 1 role binding at acme and below from {GUEST}.\n")
    );
    owner.fails(
        &format!("iam identities describe {GUEST}"),
        1,
        "error: There is nobody \"guest@example.com\" in your organizations. Invite them, or give \
         the id that `bailiwick auth status` shows them.",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_explanation_names_the_binding_or_what_is_missing() {
    let (_server, owner, guest) = people().await;
    let yes = owner.done(&format!("iam explain {GUEST} groups.list acme/eng"));
    assert!(
        yes.starts_with(&format!("yes: {GUEST}, groups.list, acme/eng\n")),
        "{yes}"
    );
    assert!(
        yes.contains("  [viewer] at eng: gives it, bound by "),
        "{yes}"
    );
    let no = owner.done(&format!("iam explain {GUEST} groups.create acme/eng"));
    assert_eq!(
        no.lines().next(),
        Some(format!("no: {GUEST}, groups.create, acme/eng").as_str())
    );
    assert!(no.contains("[viewer] at eng: does not hold it"), "{no}");
    assert!(no.contains("The least that would let them: bind "), "{no}");
    assert!(no.trim_end().ends_with("You can do that."), "{no}");
    let mine = guest.done("iam explain me groups.list eng");
    assert!(mine.starts_with("yes: "), "{mine}");
    let json = owner.done(&format!("iam explain {GUEST} groups.list acme/eng -o json"));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["decision"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_see_or_do_is_refused_in_the_server_s_words() {
    let (_server, owner, guest) = people().await;
    let acme = owner
        .id("iam organizations list -o id")
        .lines()
        .next()
        .unwrap()
        .to_owned();
    let said = guest.says(&format!("iam organizations describe {acme}"));
    assert_eq!((said.code, said.stdout.as_str()), (1, ""), "{said:?}");
    let said = guest.says("iam folders create ci --parent acme/eng");
    assert_eq!(said.code, 1);
    assert!(said.stderr.contains("groups.create"), "{said:?}");
}
