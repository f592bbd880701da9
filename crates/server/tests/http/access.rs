//! Explanations, previews, changes at once and people over HTTP: shapes, and input that is wrong.

use serde_json::{Value, json};

use crate::world::{
    GROUPS, IDENTITIES, ROLE_BINDINGS, World, bind, expect, expect_field, role, text, who,
};

const EXPLAIN: &str = "/iam/v2/access:explain";
const PREVIEW: &str = "/iam/v2/access:preview";
const APPLY: &str = "/iam/v2/access:apply";
const SOMEBODY: &str = "0123456789abcdef0123456789abcdef01234567";

fn bind_change(group: &str, identity: &str, name: &str) -> Value {
    json!({"create": {"parent": group, "roleBinding": {"identityUid": identity, "roleUid": role(name)}}})
}

#[tokio::test]
async fn what_is_wrong_with_changes_is_named_with_its_place() {
    let mut world = World::new().await;
    let before = world.everything().await;
    let (folder, binding) = (world.folder.clone(), world.binding.clone());
    let good = bind_change(&folder, SOMEBODY, "viewer");
    let elsewhere = bind_change(&world.elsewhere, SOMEBODY, "viewer");
    let cases = [
        (json!([]), "changes"),
        (Value::Array(vec![good.clone(); 26]), "changes"),
        (json!([{}]), "changes[0]"),
        (
            json!([good, {"create": {"parent": folder}}]),
            "changes[1].create",
        ),
        (
            json!([{"create": {"parent": "up", "role": {}}}]),
            "changes[0].create.parent",
        ),
        (
            json!([bind_change(&folder, "me", "viewer")]),
            "changes[0].create.roleBinding.identityUid",
        ),
        (
            json!([{"create": {"parent": folder, "role": {"name": "one", "capabilities": []}}}]),
            "changes[0].create.role.capabilities",
        ),
        (
            json!([{"create": {"parent": folder, "role": {"name": "a/b", "capabilities": ["groups.list"]}}}]),
            "changes[0].create.role.name",
        ),
        (
            json!([{"update": {"uid": binding, "roleBinding": {"expireTime": "soon"}}}]),
            "changes[0].update.roleBinding.expireTime",
        ),
        (
            json!([{"delete": {"identity": SOMEBODY}}]),
            "changes[0].delete.parent",
        ),
        (
            json!([{"delete": {"identity": SOMEBODY, "role": SOMEBODY}}]),
            "changes[0].delete",
        ),
        (json!([good, elsewhere]), "changes[1]"),
    ];
    for (changes, field) in cases {
        let body = json!({ "changes": changes }).to_string();
        for path in [PREVIEW, APPLY] {
            let answer = world.owner.call("POST", path, &body).await;
            expect_field(&answer, field, &body);
            let message = answer.error().message;
            let begins = format!("Invalid argument: {field}: ");
            assert!(message.starts_with(&begins), "{message}");
        }
    }
    let body = json!({"changes": [good], "revision": "new"}).to_string();
    expect_field(
        &world.owner.call("POST", APPLY, &body).await,
        "revision",
        &body,
    );
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn an_unknown_role_is_a_refusal_of_its_change_and_the_others_are_judged() {
    let mut world = World::new().await;
    let before = world.everything().await;
    let folder = world.folder.clone();
    let unknown = json!({"create": {"parent": folder, "roleBinding": {"identityUid": SOMEBODY, "roleUid": SOMEBODY}}});
    let changes = json!({"changes": [unknown, bind_change(&folder, SOMEBODY, "viewer")]});
    let seen = world
        .owner
        .call("POST", PREVIEW, &changes.to_string())
        .await;
    expect(&seen, 200, "preview");
    let seen = seen.json();
    assert_eq!(seen["refusals"][0]["index"], 0);
    assert_eq!(seen["gainCount"], 1);
    let made = world.owner.call("POST", APPLY, &changes.to_string()).await;
    expect_field(&made, "changes[0].roleUid", "all or none");
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_preview_is_good_until_somebody_else_writes() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let change = bind_change(&folder, SOMEBODY, "viewer");
    let body = json!({"changes": [change]}).to_string();
    let seen = world.owner.call("POST", PREVIEW, &body).await.json();
    let guest = who(&mut world.server.signed_in("guest@example.com").await).await;
    bind(&mut world.owner, &folder, &guest, "viewer").await;
    let with = |revision: &Value| json!({"changes": [change], "revision": revision}).to_string();
    let stale = world
        .owner
        .call("POST", APPLY, &with(&seen["revision"]))
        .await;
    expect(&stale, 409, "stale");
    assert_eq!(stale.reason(), "REVISION_CHANGED");
    let seen = world.owner.call("POST", PREVIEW, &body).await.json();
    let made = world
        .owner
        .call("POST", APPLY, &with(&seen["revision"]))
        .await;
    expect(&made, 200, "fresh");
    assert_eq!(made.json()["people"], seen["people"]);
}

#[tokio::test]
async fn who_is_removed_is_out_at_their_next_request() {
    let mut world = World::new().await;
    let mut guest = world.server.signed_in("guest@example.com").await;
    let me = who(&mut guest).await;
    let folder = world.folder.clone();
    bind(&mut world.owner, &folder, &me, "viewer").await;
    let path = format!("{GROUPS}/{folder}");
    expect(&guest.call("GET", &path, "").await, 200, "before");
    let remove = format!("{IDENTITIES}/{me}:remove");
    let body = json!({"group": world.organization}).to_string();
    for wrong in ["{}", r#"{"group":"up"}"#] {
        let answer = world.owner.call("POST", &remove, wrong).await;
        expect_field(&answer, "group", wrong);
    }
    expect(
        &world.viewer.call("POST", &remove, &body).await,
        403,
        "a viewer",
    );
    expect(
        &world.stranger.call("POST", &remove, &body).await,
        404,
        "a stranger",
    );
    expect(&guest.call("GET", &path, "").await, 200, "still there");
    let gone = world.owner.call("POST", &remove, &body).await;
    expect(&gone, 200, "removed");
    assert_eq!(gone.json()["roleBindingCount"], 1);
    expect(&guest.call("GET", &path, "").await, 404, "after");
    let person = format!("{IDENTITIES}/{me}");
    expect(
        &world.owner.call("GET", &person, "").await,
        404,
        "no member",
    );
}

#[tokio::test]
async fn a_viewer_learns_what_is_missing_and_who_could_give_it() {
    let mut world = World::new().await;
    let me = who(&mut world.viewer).await;
    let question = |subject: &str| {
        json!({
            "subject": {"type": "identity", "id": subject},
            "action": {"name": "group_invites.create"},
            "resource": {"type": "group", "id": world.folder},
        })
        .to_string()
    };
    let own = question(&me);
    let answer = world.viewer.call("POST", EXPLAIN, &own).await;
    expect(&answer, 200, "about oneself");
    let answer = answer.json();
    assert_eq!(answer["decision"], false);
    let remedy = &answer["remedy"];
    assert_eq!(
        (&remedy["kind"], &remedy["byYou"]),
        (&json!("BIND"), &json!(false))
    );
    assert_eq!(remedy["role"]["name"], "owner");
    assert_eq!(remedy["by"][0]["email"], "owner@example.com");
    expect(
        &world.stranger.call("POST", EXPLAIN, &own).await,
        404,
        "a stranger",
    );
    expect(
        &world.nobody.call("POST", EXPLAIN, &own).await,
        401,
        "nobody",
    );
}

#[tokio::test]
async fn a_wrong_question_names_its_field() {
    let mut world = World::new().await;
    let (group, who) = (
        json!({"type": "group", "id": world.folder}),
        json!({"type": "identity", "id": SOMEBODY}),
    );
    for (body, field) in [
        (json!({}), "resource"),
        (json!({"resource": group}), "subject"),
        (json!({"resource": who, "subject": who}), "resource.type"),
        (json!({"resource": group, "subject": group}), "subject.type"),
        (
            json!({"resource": group, "action": {"name": "groups.fly"}}),
            "action.name",
        ),
        (
            json!({"resource": group, "subject": who, "pageSize": 5}),
            "pageSize",
        ),
        (
            json!({"resource": group, "action": {"name": "groups.list"}, "pageSize": -1}),
            "pageSize",
        ),
        (
            json!({"resource": group, "action": {"name": "groups.list"}, "pageToken": "x"}),
            "pageToken",
        ),
    ] {
        let answer = world.owner.call("POST", EXPLAIN, &body.to_string()).await;
        expect_field(&answer, field, &body.to_string());
    }
    for query in [
        "uidp.inRoot=true",
        "unseenFor=long",
        "endingWithin=1s",
        "orderBy=email",
    ] {
        let answer = world
            .owner
            .call("GET", &format!("{IDENTITIES}?{query}"), "")
            .await;
        let field = query.split('=').next().unwrap();
        expect_field(&answer, field, query);
    }
}

#[tokio::test]
async fn a_role_edit_at_the_root_is_obeyed_by_the_next_request() {
    let mut world = World::new().await;
    let mut guest = world.server.signed_in("guest@example.com").await;
    let me = who(&mut guest).await;
    let path = format!("/iam/v2/roles/{}", world.organization);
    let body = r#"{"name":"maker","capabilities":["groups.list","groups.create"]}"#;
    let made = world.owner.call("POST", &path, body).await;
    let maker = text(&made.json(), "uid");
    let bound = json!({"identityUid": me, "roleUid": maker}).to_string();
    let at = format!("{ROLE_BINDINGS}/{}", world.organization);
    expect(&world.owner.call("POST", &at, &bound).await, 200, "bound");
    let folder = format!("{GROUPS}/{}", world.folder);
    let new = |name: &str| json!({ "name": name }).to_string();
    expect(
        &guest.call("POST", &folder, &new("one")).await,
        200,
        "before",
    );
    let change = json!([{"update": {"uid": maker, "role": {"capabilities": ["groups.list"]}}}]);
    let body = json!({ "changes": change }).to_string();
    let seen = world.owner.call("POST", PREVIEW, &body).await.json();
    assert_eq!(
        (&seen["loseCount"], &seen["gainCount"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(seen["people"][0]["lost"], 1);
    expect(
        &guest.call("POST", &folder, &new("two")).await,
        200,
        "a preview changes nothing",
    );
    expect(
        &world.owner.call("POST", APPLY, &body).await,
        200,
        "applied",
    );
    expect(
        &guest.call("POST", &folder, &new("three")).await,
        403,
        "after",
    );
}
