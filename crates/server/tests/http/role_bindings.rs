//! Roles, role bindings and questions over HTTP: shapes, and input that is wrong.

use serde_json::json;

use crate::world::{
    GROUPS, ROLE_BINDINGS, World, bind, binding, expect, expect_field, role, text, who,
};

const CHECK: &str = "/iam/v2/access:check";

#[tokio::test]
async fn a_binding_with_an_end_is_dead_at_its_instant() {
    let mut world = World::new().await;
    let mut guest = world.server.signed_in("guest@example.com").await;
    let me = who(&mut guest).await;
    let end = bailiwick_server::rfc3339(
        world
            .server
            .store
            .now()
            .later(std::time::Duration::from_secs(60)),
    );
    let body = format!(
        r#"{{"identity_uid":"{me}","role_uid":"{}","expire_time":"{end}"}}"#,
        role("viewer")
    );
    let path = format!("{ROLE_BINDINGS}/{}", world.folder);
    let made = world.owner.call("POST", &path, &body).await;
    expect(&made, 200, "snake case is understood");
    assert_eq!(made.json()["expireTime"], end.as_str());
    // What was got can be sent back.
    let mut again = made.json();
    again["identityUid"] = json!(me);
    again["roleUid"] = json!(role("viewer"));
    let sent_back = world.owner.call("POST", &path, &again.to_string()).await;
    expect(&sent_back, 200, "sent back");
    assert_eq!(sent_back.json(), made.json());
    let folder = format!("{GROUPS}/{}", world.folder);
    expect(&guest.call("GET", &folder, "").await, 200, "before the end");
    world
        .server
        .clock
        .advance(std::time::Duration::from_secs(60));
    expect(&guest.call("GET", &folder, "").await, 404, "at the end");
}

#[tokio::test]
async fn a_clock_that_jumps_back_revives_nothing_that_was_removed() {
    let mut world = World::new().await;
    let mut guest = world.server.signed_in("guest@example.com").await;
    let me = who(&mut guest).await;
    let folder = world.folder.clone();
    let uid = bind(&mut world.owner, &folder, &me, "viewer").await;
    let path = format!("{GROUPS}/{folder}");
    expect(&guest.call("GET", &path, "").await, 200, "bound");
    world
        .owner
        .call("DELETE", &format!("{ROLE_BINDINGS}/{uid}"), "")
        .await;
    world
        .server
        .clock
        .advance(std::time::Duration::from_secs(3600));
    expect(&guest.call("GET", &path, "").await, 404, "an hour later");
    world
        .server
        .clock
        .back(std::time::Duration::from_secs(7200));
    expect(&guest.call("GET", &path, "").await, 404, "an hour before");
}

#[tokio::test]
async fn a_wrong_binding_is_refused_with_the_field_and_changes_nothing() {
    let mut world = World::new().await;
    let before = world.everything().await;
    let (me, viewer) = (who(&mut world.viewer).await, role("viewer"));
    let path = format!("{ROLE_BINDINGS}/{}", world.folder);
    let cases = [
        (json!({}), "identityUid"),
        (json!({"identityUid": me}), "roleUid"),
        (
            json!({"identityUid": "me", "roleUid": viewer}),
            "identityUid",
        ),
        (
            json!({"identityUid": me.to_uppercase(), "roleUid": viewer}),
            "identityUid",
        ),
        (
            json!({"identityUid": world.folder, "roleUid": viewer}),
            "identityUid",
        ),
        (
            json!({"identityUid": format!("{me}\0"), "roleUid": viewer}),
            "identityUid",
        ),
        (json!({"identityUid": me, "roleUid": me}), "roleUid"),
        (json!({"identityUid": me, "roleUid": "owner"}), "roleUid"),
        (
            json!({"identityUid": me, "roleUid": viewer, "expireTime": "soon"}),
            "expireTime",
        ),
        (
            json!({"identityUid": me, "roleUid": viewer, "expireTime": "2999-01-01T00:00:00Z"}),
            "expireTime",
        ),
        (
            json!({"identityUid": me, "roleUid": viewer, "expireTime": "1999-01-01T00:00:00Z"}),
            "expireTime",
        ),
    ];
    for (body, field) in cases {
        let answer = world.owner.call("POST", &path, &body.to_string()).await;
        expect_field(&answer, field, &body.to_string());
    }
    for body in [
        r#"{"identityUid":1}"#,
        r#"{"identityUid":"a","identityUid":"b"}"#,
        r#"{"identityUid":"a","identity_uid":"b"}"#,
        r#"{"owner":true}"#,
        "[]",
    ] {
        let answer = world.owner.call("POST", &path, body).await;
        expect(&answer, 400, body);
        assert_eq!(answer.reason(), "MALFORMED_BODY", "{body}");
    }
    let reserved = binding(&me, "gulfstream");
    let answer = world.owner.call("POST", &path, &reserved).await;
    expect(&answer, 403, "reserved");
    assert_eq!(answer.reason(), "ROLE_RESERVED");
    let root = world
        .owner
        .call("POST", ROLE_BINDINGS, &binding(&me, "viewer"))
        .await;
    expect(&root, 405, "nothing is bound nowhere");
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_wrong_list_names_the_parameter() {
    let mut world = World::new().await;
    for (path, field) in [
        ("/iam/v2/roleBindings?identity=me", "identity"),
        ("/iam/v2/roleBindings?role=owner", "role"),
        ("/iam/v2/roleBindings?group=/", "group"),
        ("/iam/v2/roleBindings?orderBy=name", "orderBy"),
        ("/iam/v2/roleBindings?pageSize=-1", "pageSize"),
        ("/iam/v2/roleBindings?pageToken=x", "pageToken"),
        ("/iam/v2/roleBindings?search=%00", "search"),
        ("/iam/v2/roleBindings?inherited=true", "inherited"),
        ("/iam/v2/roleBindings?endingWithin=soon", "endingWithin"),
        ("/iam/v2/roleBindings?uidp.ids=x", "uidp.ids"),
        ("/iam/v2/roles?orderBy=description", "orderBy"),
        ("/iam/v2/roles?capability=x", "capability"),
        ("/iam/v2/groups?search=%00", "search"),
        ("/iam/v2/groups?uidp.ancestorsOf=..", "uidp.ancestorsOf"),
    ] {
        let answer = world.owner.call("GET", path, "").await;
        expect(&answer, 400, path);
        assert!(
            answer.error().field(field).is_some(),
            "{path}: {}",
            answer.body
        );
    }
    let long = format!("{GROUPS}?search={}", "a".repeat(64));
    expect(&world.owner.call("GET", &long, "").await, 400, "too long");
    for size in ["0", "1000000000"] {
        let path = format!("{ROLE_BINDINGS}?pageSize={size}");
        expect(&world.owner.call("GET", &path, "").await, 200, &path);
    }
    let ids = format!("&uidp.ids={}", world.folder).repeat(201);
    let path = format!("{GROUPS}?{}", &ids[1..]);
    expect(
        &world.owner.call("GET", &path, "").await,
        400,
        "too many ids",
    );
    // A token is good for its own list only.
    let path = format!("{ROLE_BINDINGS}?pageSize=1");
    let token = text(
        &world.owner.call("GET", &path, "").await.json(),
        "nextPageToken",
    );
    for path in [
        format!("{GROUPS}?pageToken={token}"),
        format!("{ROLE_BINDINGS}?role={}&pageToken={token}", role("viewer")),
        format!("/iam/v2/roles?pageToken={token}"),
    ] {
        let answer = world.owner.call("GET", &path, "").await;
        expect(&answer, 400, &path);
        assert!(answer.error().field("pageToken").is_some());
    }
    let answer = world
        .viewer
        .call("GET", &format!("{path}&pageToken={token}"), "")
        .await;
    expect(&answer, 400, "another person's token");
}

#[tokio::test]
async fn roles_are_listed_in_pages_and_marked() {
    let mut world = World::new().await;
    let mut names = Vec::new();
    let mut token = String::new();
    loop {
        let path = format!("/iam/v2/roles?orderBy=name%20desc&pageSize=3{token}");
        let page = world.stranger.call("GET", &path, "").await.json();
        assert_eq!(page["totalCount"], "4");
        for role in page["roles"].as_array().unwrap() {
            assert_eq!(role["builtIn"], true);
            names.push((text(role, "name"), role["reserved"] == true));
        }
        match page["nextPageToken"].as_str() {
            Some(next) => token = format!("&pageToken={next}"),
            None => break,
        }
    }
    let expected = [
        ("viewer", false),
        ("owner", false),
        ("gulfstream", true),
        ("editor", false),
    ];
    let expected: Vec<_> = expected
        .map(|(name, reserved)| (name.to_owned(), reserved))
        .into();
    assert_eq!(names, expected);
    let path = format!("/iam/v2/roles/{}", role("owner"));
    let owner = world.viewer.call("GET", &path, "").await.json();
    let held = owner["capabilities"].as_array().unwrap();
    assert!(held.contains(&json!("CAP_IAM_GROUPS_DELETE")));
    assert_eq!(held.len(), bailiwick_domain::owner().capabilities.len());
    let unknown = world
        .owner
        .call("GET", &format!("/iam/v2/roles/{}", world.folder), "")
        .await;
    expect(&unknown, 404, "no role");
}

#[tokio::test]
async fn questions_that_are_wrong_are_refused_with_their_place() {
    let mut world = World::new().await;
    let me = who(&mut world.owner).await;
    let one = |subject: &str, kind: &str, action: &str, group: &str| {
        json!({
            "subject": {"type": "identity", "id": subject},
            "action": {"name": action},
            "resource": {"type": kind, "id": group},
        })
    };
    let good = one(&me, "group", "groups.list", &world.folder);
    for (body, field) in [
        (json!({}), "action.name"),
        (json!({"action": {"name": "groups.list"}}), "subject"),
        (
            one("me", "group", "groups.list", &world.folder),
            "subject.id",
        ),
        (
            one(&me, "folder", "groups.list", &world.folder),
            "resource.type",
        ),
        (
            one(&me, "group", "groups.explode", &world.folder),
            "action.name",
        ),
        (one(&me, "group", "groups.list", ".."), "resource.id"),
        (
            json!({"evaluations": [good, {}]}),
            "evaluations[1].action.name",
        ),
        (json!({"evaluations": vec![&good; 101]}), "evaluations"),
    ] {
        let answer = world.owner.call("POST", CHECK, &body.to_string()).await;
        expect(&answer, 400, field);
        assert!(
            answer.error().field(field).is_some(),
            "{field}: {}",
            answer.body
        );
    }
    let mut first =
        json!({"evaluations": [good, one(&me, "group", "gulfstream", &world.folder), good]});
    for (semantic, count) in [
        ("execute_all", 3),
        ("deny_on_first_deny", 2),
        ("permit_on_first_permit", 1),
    ] {
        first["options"] = json!({"evaluations_semantic": semantic});
        let answer = world.owner.call("POST", CHECK, &first.to_string()).await;
        expect(&answer, 200, semantic);
        let answers = answer.json()["evaluations"].as_array().unwrap().len();
        assert_eq!(answers, count, "{semantic}");
    }
    let hundred = json!({"evaluations": vec![&good; 100]});
    let answer = world.owner.call("POST", CHECK, &hundred.to_string()).await;
    expect(&answer, 200, "a hundred");
    assert_eq!(
        answer.json()["evaluations"],
        json!(vec![json!({"decision": true}); 100])
    );
}

#[tokio::test]
async fn asking_about_others_takes_the_right_to_know() {
    let mut world = World::new().await;
    let owner = who(&mut world.owner).await;
    let ask = |group: &str| {
        json!({
            "subject": {"type": "identity", "id": owner},
            "action": {"name": "groups.list"},
            "resource": {"type": "group", "id": group},
            "context": {"anything": [1, 2]},
        })
        .to_string()
    };
    let body = ask(&world.folder);
    let answer = world.viewer.call("POST", CHECK, &body).await;
    assert_eq!(answer.json(), json!({"decision": true}));
    let answer = world.stranger.call("POST", CHECK, &body).await;
    assert_eq!(answer.json()["decision"], false);
    assert_eq!(answer.json()["context"]["error"]["status"], 404);
    let unknown = ask("0123456789abcdef0123456789abcdef01234567");
    let other = world.stranger.call("POST", CHECK, &unknown).await;
    assert_eq!(
        other.json(),
        answer.json(),
        "the unseen and the unknown are one answer"
    );
}
