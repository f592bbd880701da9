//! Invites, from the one who invites to the one who accepts.

use bailiwick_testkit::TestServer;

use crate::machine::{Machine, alike, allow};

#[tokio::test(flavor = "multi_thread")]
async fn an_invite_is_made_listed_and_accepted_by_its_code() {
    let server = TestServer::start().await;
    let owner = Machine::signed_in(&server, "owner@example.com").await;
    owner.done("iam organizations create acme");
    let made = owner.done("iam invite create acme --role editor --ttl 24h");
    let code = made
        .lines()
        .next()
        .unwrap()
        .strip_prefix("Invite code: ")
        .unwrap();
    assert_eq!(
        alike(&made).replace(&server.base_url, "SERVER"),
        "Invite code: CODE\nInvite link: SERVER/invite#CODE\nExpires: 0000-00-00T00:00:00.000Z\n"
    );
    let invites: serde_json::Value =
        serde_json::from_str(&owner.done("iam invites list acme -o json")).unwrap();
    let key_id = invites["groupInvites"][0]["keyId"].as_str().unwrap();
    let table = owner.done("iam invite list acme");
    let row = alike(table.lines().last().unwrap());
    let id = "x".repeat(40);
    assert_eq!(
        row.replace(&alike(key_id), "KEYID"),
        format!("  {id} | 0000-00-00T00:00:00.000Z | KEYID | [editor] Editor")
    );

    let machine = Machine::new(&server.base_url);
    let mut login = machine.reads(
        &["auth", "login", "--invite-code", "-"],
        &format!("{code}\n"),
    );
    let mut browser = server.signed_in("new@example.com").await;
    allow(&mut browser, &login.hears("/oauth/authorize?")).await;
    let said = login.ends();
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.stdout, "You are now editor at acme.\n");
    assert!(!said.stderr.contains(code), "{said:?}");
    let kept = std::fs::read_to_string(machine.file()).unwrap();
    assert!(!kept.contains(code), "the code is kept");
    assert_eq!(machine.done("iam organizations list"), "[acme]\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_none_signs_in_and_is_refused() {
    let server = TestServer::start().await;
    let machine = Machine::new(&server.base_url);
    let mut login = machine.start(&["auth", "login", "--invite-code", "bwi_nonsense"]);
    let mut browser = server.signed_in("new@example.com").await;
    allow(&mut browser, &login.hears("/oauth/authorize?")).await;
    let said = login.ends();
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.stderr.contains("\nerror: "), "{said:?}");
    machine.done("auth status");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_terminal_the_role_has_to_be_said() {
    let server = TestServer::start().await;
    let owner = Machine::signed_in(&server, "owner@example.com").await;
    owner.done("iam organizations create acme");
    let said = owner.says("iam invites create acme");
    assert_eq!((said.code, said.stdout.as_str()), (2, ""));
    assert!(
        said.stderr.starts_with(
            "error: Say which role by --role, as there is no terminal to ask at. There are:\n"
        ),
        "{said:?}"
    );
    for role in ["[owner]", "[editor]", "[viewer]"] {
        assert!(said.stderr.contains(role), "{said:?}");
    }
    assert!(!said.stderr.contains("gulfstream"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invite_for_an_address_is_reissued_and_revoked() {
    let server = TestServer::start().await;
    let owner = Machine::signed_in(&server, "owner@example.com").await;
    owner.done("iam organizations create acme");
    let create = "iam invites create acme --role viewer --email inky@example.com --single-use";
    let uid = owner.id(&format!("{create} -o id"));
    let again = owner.done(&format!("iam invites reissue {uid} --ttl 2d"));
    assert!(again.starts_with("Invite code: bwi_"), "{again}");
    let json = owner.done("iam invites list -o json");
    let invites: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(invites["groupInvites"][0]["email"], "inky@example.com");
    let key_id = invites["groupInvites"][0]["keyId"].as_str().unwrap();
    assert_eq!(
        owner.done(&format!("iam invites delete {key_id} -y")),
        "Revoked 1 invite.\n"
    );
    assert_eq!(owner.done("iam invites list -o id"), "");
    assert_eq!(
        owner.done("iam invites delete --expired"),
        "Revoked 0 invites.\n"
    );
    owner.fails(
        "iam invites delete nothing -y",
        1,
        "error: There is no invite \"nothing\". `bailiwick iam invites list` shows key ids.",
    );
}
