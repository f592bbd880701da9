//! Custom roles over HTTP: shapes, and input that is wrong.

use serde_json::{Value, json};

use crate::world::{
    GROUP_INVITES, GROUPS, ROLE_BINDINGS, ROLES, World, expect, expect_field, role, text, who,
};

async fn make(world: &mut World, group: &str, name: &str) -> Value {
    let body = json!({"name": name, "capabilities": ["groups.list", "CAP_IAM_ROLES_LIST"]});
    let path = format!("{ROLES}/{group}");
    let made = world.owner.call("POST", &path, &body.to_string()).await;
    expect(&made, 200, name);
    assert_eq!(
        made.header("etag"),
        format!("\"{}\"", text(&made.json(), "etag"))
    );
    made.json()
}

#[tokio::test]
async fn a_custom_role_is_made_listed_changed_and_deleted() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let made = make(&mut world, &folder, "looker").await;
    assert_eq!(made["group"], json!({"uid": folder, "name": "dev"}));
    assert_eq!(
        made["capabilities"],
        json!(["CAP_IAM_GROUPS_LIST", "CAP_IAM_ROLES_LIST"])
    );
    assert_eq!(
        (&made["builtIn"], &made["title"]),
        (&json!(false), &json!("looker"))
    );
    let item = format!("{ROLES}/{}", text(&made, "uid"));
    assert_eq!(world.viewer.call("GET", &item, "").await.json(), made);
    expect(&world.stranger.call("GET", &item, "").await, 404, "unseen");
    let list = format!("{ROLES}?bindableAt={folder}&search=OOK&orderBy=create_time");
    let list = world.viewer.call("GET", &list, "").await;
    expect(&list, 200, "list");
    assert_eq!(list.json()["roles"], json!([made]));
    // What was got can be sent back.
    let same = world.owner.call("PATCH", &item, &made.to_string()).await;
    assert_eq!(same.json(), made);
    let masked = format!("{item}?updateMask=description");
    let body = json!({"name": "ignored", "description": "For looking"}).to_string();
    let changed = world.owner.call("PATCH", &masked, &body).await;
    expect(&changed, 200, "masked");
    let changed = changed.json();
    assert_eq!(
        (&changed["name"], &changed["description"]),
        (&json!("looker"), &json!("For looking"))
    );
    assert_ne!(changed["etag"], made["etag"]);
    expect(&world.owner.call("DELETE", &item, "").await, 200, "deleted");
    expect(&world.owner.call("DELETE", &item, "").await, 200, "again");
    expect(&world.owner.call("GET", &item, "").await, 404, "gone");
}

#[tokio::test]
async fn a_wrong_role_is_refused_with_the_field_and_changes_nothing() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let made = make(&mut world, &folder, "looker").await;
    let item = format!("{ROLES}/{}", text(&made, "uid"));
    let before = world.everything().await;
    let some = json!(["groups.list"]);
    let many: Vec<String> = (0..3).map(|at| format!("made.up.{at}")).collect();
    for (body, field) in [
        (json!({"capabilities": some}), "name"),
        (json!({"name": "", "capabilities": some}), "name"),
        (json!({"name": "A", "capabilities": some}), "name"),
        (json!({"name": "owner", "capabilities": some}), "name"),
        (json!({"name": "looker", "capabilities": some}), "name"),
        (
            json!({"name": "x", "description": "a\nb", "capabilities": some}),
            "description",
        ),
        (json!({"name": "x"}), "capabilities"),
        (json!({"name": "x", "capabilities": []}), "capabilities"),
        (
            json!({"name": "x", "capabilities": many}),
            "capabilities[0]",
        ),
        (
            json!({"name": "x", "capabilities": ["groups.list", "CAP_IAM_NOTHING"]}),
            "capabilities[1]",
        ),
    ] {
        let path = format!("{ROLES}/{folder}");
        let answer = world.owner.call("POST", &path, &body.to_string()).await;
        let what = body.to_string();
        assert!(
            answer.error().field(field).is_some(),
            "{what}: {}",
            answer.body
        );
        assert!([400, 409].contains(&answer.status), "{what}");
    }
    for (query, body, field) in [
        ("", json!({"capabilities": []}), "capabilities"),
        ("", json!({"name": "viewer"}), "name"),
        ("?updateMask=colour", json!({}), "updateMask"),
        ("?updateMask=*", json!({"name": "x"}), "capabilities"),
    ] {
        let path = format!("{item}{query}");
        let answer = world.owner.call("PATCH", &path, &body.to_string()).await;
        let what = format!("{query} {body}");
        assert!(
            answer.error().field(field).is_some(),
            "{what}: {}",
            answer.body
        );
    }
    for method in ["PATCH", "DELETE"] {
        let path = format!("{ROLES}/{}", role("viewer"));
        let body = if method == "PATCH" {
            r#"{"name":"x"}"#
        } else {
            ""
        };
        let answer = world.owner.call(method, &path, body).await;
        expect(&answer, 400, method);
        assert_eq!(answer.reason(), "ROLE_BUILT_IN");
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_role_that_somebody_has_says_who() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let made = make(&mut world, &folder, "looker").await;
    let uid = text(&made, "uid");
    let me = who(&mut world.owner).await;
    let body = json!({"identityUid": me, "roleUid": uid}).to_string();
    let at = format!("{ROLE_BINDINGS}/{folder}");
    let bound = world.owner.call("POST", &at, &body).await;
    expect(&bound, 200, "bound");
    let item = format!("{ROLES}/{uid}");
    let refused = world.owner.call("DELETE", &item, "").await;
    expect(&refused, 400, "bound");
    assert_eq!(refused.reason(), "ROLE_BOUND");
    let violations = refused.error().violations().to_vec();
    assert_eq!(violations.len(), 1);
    assert!(
        violations[0].description.ends_with(" has it at dev"),
        "{violations:?}"
    );
    let binding = format!("{ROLE_BINDINGS}/{}", text(&bound.json(), "uid"));
    expect(&world.owner.call("DELETE", &binding, "").await, 200, "free");
    expect(&world.owner.call("DELETE", &item, "").await, 200, "gone");
    let again = world.owner.call("POST", &at, &body).await;
    expect_field(&again, "roleUid", "deleted while the picker was open");
}

#[tokio::test]
async fn an_invite_to_a_role_that_is_deleted_says_so() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let uid = text(&make(&mut world, &folder, "looker").await, "uid");
    let path = format!("{GROUP_INVITES}/{folder}");
    let body = json!({"roleUid": uid}).to_string();
    let invite = world.owner.call("POST", &path, &body).await;
    expect(&invite, 200, "invite");
    assert_eq!(invite.json()["role"]["name"], "looker");
    let code = json!({"code": text(&invite.json(), "code")}).to_string();
    let inspect = format!("{GROUP_INVITES}:inspect");
    let mut guest = world.server.signed_in("guest@example.com").await;
    let seen = guest.call("POST", &inspect, &code).await;
    expect(&seen, 200, "inspected");
    assert_eq!(seen.json()["role"]["title"], "looker");
    let item = format!("{ROLES}/{uid}");
    expect(&world.owner.call("DELETE", &item, "").await, 200, "gone");
    for verb in ["inspect", "accept"] {
        let path = format!("{GROUP_INVITES}:{verb}");
        let refused = guest.call("POST", &path, &code).await;
        expect(&refused, 400, verb);
        assert_eq!(refused.reason(), "INVITE_ROLE_GONE");
    }
}

#[tokio::test]
async fn who_writes_over_a_change_is_told_what_is_there_now() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let made = make(&mut world, &folder, "looker").await;
    let binding = world.binding.clone();
    for (path, body) in [
        (format!("{GROUPS}/{folder}"), json!({"description": "new"})),
        (
            format!("{ROLES}/{}", text(&made, "uid")),
            json!({"description": "new"}),
        ),
        (
            format!("{ROLE_BINDINGS}/{binding}"),
            json!({"roleUid": role("editor")}),
        ),
    ] {
        let got = world.owner.call("GET", &path, "").await;
        let tag = got.header("etag").to_owned();
        assert_eq!(tag, format!("\"{}\"", text(&got.json(), "etag")), "{path}");
        let body = body.to_string();
        let ask = |method: &str, tag: &str, world: &World| {
            let ask = world.owner.ask(method, &path).with("if-match", tag);
            match method {
                "PATCH" => ask.json(body.clone()),
                _ => ask,
            }
        };
        let weak = ask("PATCH", &format!("W/{tag}"), &world);
        expect_field(&world.owner.send(&weak).await, "If-Match", &path);
        let list = ask("PATCH", &format!("\"other\", {tag}"), &world);
        let changed = world.owner.send(&list).await;
        expect(&changed, 200, &path);
        for method in ["PATCH", "DELETE"] {
            let stale = ask(method, &tag, &world);
            let stale = world.owner.send(&stale).await;
            expect(&stale, 409, &path);
            assert_eq!(stale.reason(), "ETAG_MISMATCH");
            let body = stale.json();
            let details = body["details"].as_array().unwrap();
            let present = details
                .iter()
                .find(|detail| detail["@type"] == "type.bailiwick.dev/Present");
            assert_eq!(present.unwrap()["resource"], changed.json(), "{path}");
        }
        let any = ask("PATCH", "*", &world);
        expect(&world.owner.send(&any).await, 200, &path);
    }
}
