//! Role bindings that are changed, made many at once and found, over HTTP.

use serde_json::{Value, json};

use crate::world::{ROLE_BINDINGS, World, bind, expect, expect_field, role, text, who};

const BATCH: &str = "/iam/v2/roleBindings:batchCreate";

#[tokio::test]
async fn a_wrong_change_is_refused_with_the_field_and_changes_nothing() {
    let mut world = World::new().await;
    let before = world.everything().await;
    let path = format!("{ROLE_BINDINGS}/{}", world.binding);
    let me = who(&mut world.owner).await;
    for (body, field) in [
        (json!({"identityUid": me}), "identityUid"),
        (json!({"identityUid": "me"}), "identityUid"),
        (json!({"roleUid": "owner"}), "roleUid"),
        (json!({"roleUid": me}), "roleUid"),
        (json!({"expireTime": "soon"}), "expireTime"),
        (json!({"expireTime": "1999-01-01T00:00:00Z"}), "expireTime"),
        (json!({"expireTime": "2999-01-01T00:00:00Z"}), "expireTime"),
    ] {
        let answer = world.owner.call("PATCH", &path, &body.to_string()).await;
        expect_field(&answer, field, &body.to_string());
    }
    let nothing = world.owner.call("PATCH", &path, "{}").await;
    expect(&nothing, 200, "nothing to change");
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_batch_names_every_place_that_is_wrong() {
    let mut world = World::new().await;
    let before = world.everything().await;
    let (folder, elsewhere) = (world.folder.clone(), world.elsewhere.clone());
    let me = who(&mut world.owner).await;
    let one = |role_uid: &str| json!({"roleBinding": {"identityUid": me, "roleUid": role_uid}});
    let viewer = role("viewer");
    let wrong = json!({"parent": folder, "requests": [one(&viewer), one("x"), one("y")]});
    let answer = world.owner.call("POST", BATCH, &wrong.to_string()).await;
    for at in [1, 2] {
        let field = format!("requests[{at}].roleBinding.roleUid");
        expect_field(&answer, &field, "two at once");
    }
    for (body, field) in [
        (json!({"requests": []}), "requests"),
        (json!({"requests": vec![one(&viewer); 26]}), "requests"),
        (json!({"requests": [one(&viewer)]}), "requests[0].parent"),
        (
            json!({"parent": folder, "requests": [{"parent": elsewhere, "roleBinding": {}}]}),
            "requests[0].parent",
        ),
        (
            json!({"parent": folder, "roleUid": role("editor"), "requests": [one(&viewer)]}),
            "requests[0].roleBinding.roleUid",
        ),
        (
            json!({"roleUid": viewer, "requests": [
                {"parent": folder, "roleBinding": {"identityUid": me}},
                {"parent": elsewhere, "roleBinding": {"identityUid": me}}
            ]}),
            "requests[1].parent",
        ),
        (
            json!({"parent": folder, "requests": [one(&viewer), one(&me)]}),
            "requests[1].roleBinding.roleUid",
        ),
    ] {
        let answer = world.owner.call("POST", BATCH, &body.to_string()).await;
        expect_field(&answer, field, &body.to_string());
    }
    let thousand = json!({"parent": folder, "requests": vec![one(&viewer); 1000]});
    let answer = world.owner.call("POST", BATCH, &thousand.to_string()).await;
    assert!([400, 413].contains(&answer.status), "{}", answer.body);
    let reserved = json!({"parent": folder, "requests": [one(&viewer), one(&role("gulfstream"))]});
    let answer = world.owner.call("POST", BATCH, &reserved.to_string()).await;
    expect(&answer, 403, "reserved");
    assert!(answer.error().field("requests[1]").is_some());
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_batch_binds_all_and_the_same_twice_once() {
    let mut world = World::new().await;
    let (me, folder) = (who(&mut world.owner).await, world.folder.clone());
    let one = json!({"roleBinding": {"identityUid": me}});
    let body = json!({"parent": folder, "roleUid": role("viewer"), "requests": [one, one]});
    let made = world.owner.call("POST", BATCH, &body.to_string()).await;
    expect(&made, 200, "batch");
    let made = made.json();
    assert_eq!(made["roleBindings"][0], made["roleBindings"][1]);
    let again = world.owner.call("POST", BATCH, &body.to_string()).await;
    assert_eq!(again.json(), made);
}

async fn found(world: &mut World, query: &str) -> Vec<Value> {
    let answer = world
        .owner
        .call("GET", &format!("{ROLE_BINDINGS}?{query}"), "")
        .await;
    expect(&answer, 200, query);
    answer.json()["roleBindings"].as_array().unwrap().clone()
}

#[tokio::test]
async fn bindings_are_found_by_what_they_reach_by_a_text_and_by_their_end() {
    let mut world = World::new().await;
    let (folder, binding) = (world.folder.clone(), world.binding.clone());
    let here = found(&mut world, &format!("group={folder}")).await;
    let all = found(&mut world, &format!("reaching={folder}")).await;
    let above = found(&mut world, &format!("reaching={folder}&inherited=true")).await;
    assert_eq!(here.len() + above.len(), all.len());
    assert!(here.iter().any(|one| one["uid"] == *binding));
    assert!(
        above
            .iter()
            .all(|one| one["group"]["uid"] == *world.organization)
    );
    let owners = found(&mut world, "search=OWNE").await;
    assert!(!owners.is_empty() && owners.iter().all(|one| one.to_string().contains("owner")));
    let nobody = "0123456789abcdef0123456789abcdef01234567";
    let uid = bind(&mut world.owner, &folder, nobody, "viewer").await;
    let end = world
        .server
        .store
        .now()
        .later(std::time::Duration::from_secs(7200));
    let body = json!({"expireTime": bailiwick_server::rfc3339(end)}).to_string();
    let path = format!("{ROLE_BINDINGS}/{uid}");
    expect(&world.owner.call("PATCH", &path, &body).await, 200, "end");
    assert!(found(&mut world, "endingWithin=1h").await.is_empty());
    let soon = found(&mut world, "endingWithin=1d").await;
    assert_eq!(soon.len(), 1);
    for order in ["expire_time", "expire_time%20desc"] {
        let sorted = found(&mut world, &format!("orderBy={order}")).await;
        assert_eq!(text(&sorted[0], "uid"), uid, "{order}");
    }
    let by_role = found(&mut world, "orderBy=role").await;
    let names: Vec<_> = by_role
        .iter()
        .map(|one| text(&one["role"], "name"))
        .collect();
    assert!(names.is_sorted(), "{names:?}");
}
