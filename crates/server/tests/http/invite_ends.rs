//! Invites that cannot be accepted: each says why and what to do, and nothing changes.

use std::time::Duration;

use bailiwick_testkit::{Browser, TestServer};
use serde_json::json;

use crate::world::{
    GROUP_INVITES, GROUPS, ROLE_BINDINGS, World, bind, create, expect, invite, list, role, text,
    uid_named, who,
};

const WAYS: [&str; 3] = ["inspect", "accept", "decline"];

fn with(code: &str) -> String {
    json!({ "code": code }).to_string()
}

async fn answer(to: &mut Browser, verb: &str, code: &str) -> (u16, String) {
    let path = format!("{GROUP_INVITES}:{verb}");
    let answer = to.call("POST", &path, &with(code)).await;
    assert!(!answer.body.contains(code), "{}", answer.body);
    let reason = match answer.status {
        200 => String::new(),
        _ => answer.reason(),
    };
    (answer.status, reason)
}

async fn refused(to: &mut Browser, code: &str, status: u16, reason: &str) {
    for verb in WAYS {
        let expected = (status, reason.to_owned());
        assert_eq!(answer(to, verb, code).await, expected, "{verb}");
    }
}

#[tokio::test]
async fn what_is_not_quite_a_code_is_no_code() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let made = invite(&mut world.owner, &folder, r#""singleUse":true"#).await;
    let code = text(&made, "code");
    let mut bob = world.server.signed_in("bob@example.com").await;
    let before = world.everything().await;
    for wrong in [
        code[..46].to_owned(),
        format!("{code}A"),
        code.to_ascii_uppercase(),
        code.to_ascii_lowercase() + "=",
        code.replacen("bwi_", "BWI_", 1),
        format!(" {}", &code[..46]),
        text(&made, "keyId"),
        format!("bwi_{:A<43}", text(&made, "keyId")),
        text(&made, "uid"),
        text(&made, "link"),
    ] {
        refused(&mut bob, &wrong, 404, "INVITE_UNKNOWN").await;
        // Twenty wrong codes are the most that one address may send in a quarter of an hour.
        world.server.clock.advance(Duration::from_secs(900));
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn an_invite_that_is_over_says_how_it_ended() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let mut bob = world.server.signed_in("bob@example.com").await;
    let mut codes = Vec::new();
    for _ in 0..3 {
        let made = invite(&mut world.owner, &folder, r#""ttl":"1h""#).await;
        codes.push((text(&made, "uid"), text(&made, "code")));
    }
    let [(_, expired), (revoked_uid, revoked), (renewed_uid, renewed)] = codes.try_into().unwrap();
    world.server.clock.advance(Duration::from_secs(3599));
    for code in [&expired, &revoked, &renewed] {
        assert_eq!(answer(&mut bob, "inspect", code).await.0, 200);
    }
    // While the page is open.
    let path = format!("{GROUP_INVITES}/{revoked_uid}");
    expect(&world.owner.call("DELETE", &path, "").await, 200, "revoked");
    refused(&mut bob, &revoked, 400, "INVITE_REVOKED").await;
    let path = format!("{GROUP_INVITES}/{renewed_uid}:reissue");
    let again = world.owner.call("POST", &path, r#"{"ttl":"7d"}"#).await;
    expect(&again, 200, "reissued");
    refused(&mut bob, &renewed, 400, "INVITE_REISSUED").await;
    world.server.clock.advance(Duration::from_secs(2));
    refused(&mut bob, &expired, 400, "INVITE_EXPIRED").await;
    let code = text(&again.json(), "code");
    assert_eq!(answer(&mut bob, "accept", &code).await.0, 200);
}

#[tokio::test]
async fn an_invite_into_a_folder_that_is_gone_is_gone() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let inside = create(&mut world.owner, &folder, "short-lived").await;
    let made = invite(&mut world.owner, &inside, r#""ttl":"1h""#).await;
    let code = text(&made, "code");
    let mut bob = world.server.signed_in("bob@example.com").await;
    assert_eq!(answer(&mut bob, "inspect", &code).await.0, 200);
    let path = format!("{GROUPS}/{inside}");
    expect(&world.owner.call("DELETE", &path, "").await, 200, "deleted");
    refused(&mut bob, &code, 404, "INVITE_UNKNOWN").await;
}

#[tokio::test]
async fn whoever_can_invite_nobody_today_has_invited_nobody() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let mut second = world.server.signed_in("second@example.com").await;
    let who = who(&mut second).await;
    let held = bind(&mut world.owner, &folder, &who, "owner").await;
    let made = invite(&mut second, &folder, r#""ttl":"7d""#).await;
    let code = text(&made, "code");
    let mut bob = world.server.signed_in("bob@example.com").await;
    assert_eq!(answer(&mut bob, "inspect", &code).await.0, 200);
    // Suspended, and back.
    let host = world.server.store.as_host();
    host.suspend(who.parse().unwrap(), false).await.unwrap();
    for verb in ["inspect", "accept"] {
        let refusal = answer(&mut bob, verb, &code).await;
        assert_eq!(refusal, (400, "INVITER_LOST_RIGHT".to_owned()), "{verb}");
    }
    host.restore(who.parse().unwrap()).await.unwrap();
    assert_eq!(answer(&mut bob, "inspect", &code).await.0, 200);
    // Demoted to one who cannot invite.
    bind(&mut world.owner, &folder, &who, "editor").await;
    let path = format!("{ROLE_BINDINGS}/{held}");
    expect(&world.owner.call("DELETE", &path, "").await, 200, "demoted");
    for verb in ["inspect", "accept"] {
        let refusal = answer(&mut bob, verb, &code).await;
        assert_eq!(refusal, (400, "INVITER_LOST_RIGHT".to_owned()), "{verb}");
    }
    let seen = bob.call("GET", &format!("{GROUPS}/{folder}"), "").await;
    expect(&seen, 404, "no member");
    // Somebody who may gives it a new code, and is the inviter since.
    let path = format!("{GROUP_INVITES}/{}:reissue", text(&made, "uid"));
    let again = world.owner.call("POST", &path, "{}").await;
    expect(&again, 200, "reissued");
    let code = text(&again.json(), "code");
    assert_eq!(answer(&mut bob, "accept", &code).await.0, 200);
}

#[tokio::test]
async fn invites_of_another_organization_are_not_there() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let made = invite(&mut world.owner, &folder, r#""ttl":"7d""#).await;
    let uid = text(&made, "uid");
    let before = world.everything().await;
    let viewer = role("viewer");
    let body = json!({ "roleUid": viewer }).to_string();
    let many = json!({ "roleUid": viewer, "emails": ["a@example.com"] }).to_string();
    let own = world.elsewhere.clone();
    // An id of theirs behind the own organization's, too.
    let grafted = format!("{own}/{}", uid.rsplit('/').next().unwrap());
    for (method, path, body) in [
        ("POST", format!("{GROUP_INVITES}/{folder}"), body.as_str()),
        (
            "POST",
            format!("{GROUP_INVITES}/{folder}:batchCreate"),
            many.as_str(),
        ),
        ("GET", format!("{GROUP_INVITES}/{uid}"), ""),
        ("GET", format!("{GROUP_INVITES}/{grafted}"), ""),
        ("DELETE", format!("{GROUP_INVITES}/{uid}"), ""),
        ("POST", format!("{GROUP_INVITES}/{uid}:reissue"), "{}"),
        ("POST", format!("{GROUP_INVITES}/{grafted}:reissue"), "{}"),
        (
            "POST",
            format!("{GROUP_INVITES}/{uid}:extend"),
            r#"{"ttl":"7d"}"#,
        ),
    ] {
        let answer = world.stranger.call(method, &path, body).await;
        expect(&answer, 404, &format!("{method} {path}"));
        assert!(!answer.body.contains("dev"), "{}", answer.body);
    }
    let path = format!("{GROUP_INVITES}?uidp.descendantsOf={folder}");
    let listed = world.stranger.call("GET", &path, "").await;
    assert!(!listed.body.contains(&uid), "{}", listed.body);
    assert_eq!(world.everything().await, before);
}

/// The link that `bailiwick admin` prints, accepted as a person does it.
#[tokio::test]
async fn the_first_owner_comes_by_the_link_of_the_host() {
    let server = TestServer::start().await;
    let host = server.store.as_host();
    let new = bailiwick_store::NewGroup {
        name: "acme".parse().unwrap(),
        description: "".parse().unwrap(),
    };
    let organization = host.create_organization(new).await.unwrap().uid;
    let made = host
        .owner_invite(bailiwick_store::NewOwnerInvite {
            organization: organization.clone(),
            email: Some("first@example.com".parse().unwrap()),
            life: Duration::from_secs(3600),
        })
        .await
        .unwrap();
    let code = made.code.expose().to_owned();
    let mut other = server.signed_in("other@example.com").await;
    let turned_away = answer(&mut other, "accept", &code).await;
    assert_eq!(turned_away, (403, "INVITE_WRONG_ACCOUNT".to_owned()));
    let mut first = server.signed_in("first@example.com").await;
    assert_eq!(answer(&mut first, "accept", &code).await.0, 200);
    let seen = uid_named(&list(&mut first).await, "acme");
    assert_eq!(seen, organization.as_str());
    create(&mut first, &seen, "dev").await;
}
