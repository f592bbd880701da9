//! Invites over HTTP: from the link to the folder, input that is wrong, and codes that are guessed.

use std::time::Duration;

use bailiwick_testkit::Browser;
use serde_json::{Value, json};

use crate::world::{
    GROUP_INVITES, GROUPS, World, expect, expect_field, invite, invites, list, role, text,
};

fn verb(verb: &str) -> String {
    format!("{GROUP_INVITES}:{verb}")
}

fn with(code: &str) -> String {
    json!({ "code": code }).to_string()
}

fn wrong(at: usize) -> String {
    with(&format!("bwi_{at:0>43}"))
}

#[tokio::test]
async fn an_address_is_invited_to_one_folder_and_sees_only_that() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let more = r#""ttl":"24h","email":"bob@example.com""#;
    let made = invite(&mut world.owner, &folder, more).await;
    let code = text(&made, "code");
    assert_eq!(
        text(&made, "link"),
        format!("{}/invite#{code}", world.server.base_url)
    );
    let inspect = verb("inspect");
    let shown = world.nobody.call("POST", &inspect, &with(&code)).await;
    expect(&shown, 200, "signed out");
    let shown = shown.json();
    assert_eq!(shown["email"], "b…@e….com");
    assert_eq!(
        (&shown["acceptable"], &shown["refusal"]),
        (&json!(false), &Value::Null)
    );
    assert_eq!(shown["group"]["path"][0]["name"], "example");
    for secret in ["bob@example.com", "owner@example.com", &code] {
        assert!(!shown.to_string().contains(secret), "{secret}");
    }
    let mut other = world.server.signed_in("other@example.com").await;
    let turned_away = other.call("POST", &verb("accept"), &with(&code)).await;
    expect(&turned_away, 403, "another address");
    assert_eq!(turned_away.reason(), "INVITE_WRONG_ACCOUNT");
    let mut bob = world.server.signed_in("bob@example.com").await;
    let shown = bob.call("POST", &inspect, &with(&code)).await.json();
    assert_eq!(shown["email"], "bob@example.com");
    assert_eq!(shown["acceptable"], true);
    let accepted = bob.call("POST", &verb("accept"), &with(&code)).await;
    expect(&accepted, 200, "accepted");
    assert_eq!(accepted.json()["group"]["uid"], folder.as_str());
    let seen = list(&mut bob).await;
    let seen = seen["groups"].as_array().unwrap();
    assert!(
        seen.iter()
            .all(|group| text(group, "uid").starts_with(&folder))
    );
    assert_eq!(seen[0]["path"][0]["name"], "example");
    let path = format!("{GROUP_INVITES}/{folder}");
    let body = format!(r#"{{"roleUid":"{}"}}"#, role("viewer"));
    let refused = bob.call("POST", &path, &body).await;
    expect(&refused, 403, "a viewer invites nobody");
    let again = bob.call("POST", &verb("accept"), &with(&code)).await;
    expect(&again, 409, "again");
    assert_eq!(again.reason(), "ALREADY_MEMBER");
    assert_eq!(again.error().violations()[0].subject, folder);
    let all = invites(&mut world.owner).await;
    let rows = all["groupInvites"].as_array().unwrap();
    let row = rows.iter().find(|row| row["uid"] == made["uid"]).unwrap();
    assert_eq!(row["state"], "ACCEPTED");
    assert_eq!(
        row["acceptances"][0]["identity"]["email"],
        "bob@example.com"
    );
    assert!(row.get("code").is_none() && row.get("link").is_none());
}

#[tokio::test]
async fn what_is_wrong_with_an_invite_is_named_and_changes_nothing() {
    let mut world = World::new().await;
    let before = world.everything().await;
    let path = format!("{GROUP_INVITES}/{}", world.folder);
    let long = format!("{}@example.com", "a".repeat(300));
    let viewer = role("viewer");
    for (field, value) in [
        ("roleUid", json!("viewer")),
        ("roleUid", json!("0".repeat(40))),
        ("ttl", json!("1s")),
        ("ttl", json!("soon")),
        ("ttl", json!("")),
        ("email", json!(long)),
        ("email", json!("nobody")),
        ("email", json!(" ada@example.com")),
        ("email", json!("ada@example.com\r\nBcc: x@example.com")),
        ("email", json!("ada@example.com,bob@example.com")),
        ("email", json!("Ada <ada@example.com>")),
        ("email", json!("\u{212a}im@example.com")),
        ("email", json!("ada\u{200b}@example.com")),
        ("bindingExpireTime", json!("soon")),
        ("bindingExpireTime", json!("1999-01-01T00:00:00Z")),
    ] {
        let mut body = json!({ "roleUid": viewer });
        body[field] = value;
        let answer = world.owner.call("POST", &path, &body.to_string()).await;
        expect_field(&answer, field, &body.to_string());
    }
    for body in [
        r#"{"email":["a@example.com"]}"#,
        r#"{"email":"a@example.com","email":"b@example.com"}"#,
        r#"{"verified":true}"#,
    ] {
        let answer = world.owner.call("POST", &path, body).await;
        expect(&answer, 400, body);
        assert_eq!(answer.reason(), "MALFORMED_BODY");
    }
    let batch = format!("{path}:batchCreate");
    for emails in [
        json!([]),
        json!(vec!["a@example.com"; 501]),
        json!(["x".repeat(1001)]),
    ] {
        let body = json!({ "roleUid": viewer, "emails": emails }).to_string();
        let answer = world.owner.call("POST", &batch, &body).await;
        expect(&answer, 400, "batch");
        assert!(answer.error().field("emails").is_some(), "{}", answer.body);
    }
    for (query, field) in [
        ("states=OPEN", "states"),
        ("email=nobody", "email"),
        ("search=%00", "search"),
        ("keyId=%00", "keyId"),
        ("orderBy=name", "orderBy"),
        ("group=x", "group"),
    ] {
        let path = format!("{GROUP_INVITES}?{query}");
        let answer = world.owner.call("GET", &path, "").await;
        expect(&answer, 400, query);
        assert!(answer.error().field(field).is_some(), "{}", answer.body);
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn five_hundred_addresses_of_great_length_are_one_request() {
    let mut world = World::new().await;
    let labels = ["d".repeat(60), "e".repeat(60), "f".repeat(60)];
    let domain = format!("{}.example", labels.join("."));
    let emails: Vec<String> = (0..500).map(|at| format!("{at:0>62}@{domain}")).collect();
    let body = json!({ "roleUid": role("viewer"), "emails": emails }).to_string();
    assert!(body.len() > 65_536);
    let path = format!("{GROUP_INVITES}/{}:batchCreate", world.folder);
    let answer = world.owner.call("POST", &path, &body).await;
    expect(&answer, 200, "500");
    let answer = answer.json();
    let results = answer["results"].as_array().unwrap();
    assert_eq!(results.len(), 500);
    assert!(
        results
            .iter()
            .all(|result| result["invite"]["code"].is_string())
    );
}

#[tokio::test]
async fn a_code_is_in_the_body_of_a_post_or_nowhere() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let made = invite(&mut world.owner, &folder, r#""singleUse":true"#).await;
    let code = text(&made, "code");
    let before = world.everything().await;
    let mut bob = world.server.signed_in("bob@example.com").await;
    for action in ["inspect", "accept", "decline"] {
        for method in ["GET", "HEAD"] {
            expect(&bob.call(method, &verb(action), "").await, 405, action);
        }
        let asked = format!("{}?code={code}", verb(action));
        let answer = bob.call("POST", &asked, &with(&code)).await;
        expect(&answer, 400, "in the query");
        assert!(!answer.body.contains(&code), "{}", answer.body);
        for body in [
            format!("\"{code}\""),
            format!(r#"{{"{code}":1}}"#),
            format!(r#"{{"code":["{code}"]}}"#),
            format!(r#"{{"code":"{code}","email":"bob@example.com"}}"#),
            format!(r#"["{code}"]"#),
        ] {
            let answer = bob.call("POST", &verb(action), &body).await;
            expect(&answer, 400, "in another place");
            assert!(!answer.body.contains(&code), "{}", answer.body);
        }
        for text in [String::new(), "x".repeat(201)] {
            let answer = bob.call("POST", &verb(action), &with(&text)).await;
            expect(&answer, 400, "no code");
            assert!(answer.error().field("code").is_some());
        }
        let huge = with(&"x".repeat(1 << 20));
        expect(
            &bob.call("POST", &verb(action), &huge).await,
            413,
            "a megabyte",
        );
        let foreign = bob.ask("POST", &verb(action));
        let foreign = foreign.with("origin", "https://evil.example");
        let foreign = bob.send(&foreign.json(with(&code))).await;
        expect(&foreign, 403, "from another site");
    }
    let answer = bob
        .call("GET", &format!("{GROUP_INVITES}/{code}"), "")
        .await;
    assert!(!answer.body.contains(&code), "{}", answer.body);
    let seen = bob.call("GET", &format!("{GROUPS}/{folder}"), "").await;
    expect(&seen, 404, "no member");
    assert_eq!(world.everything().await, before);
}

async fn inspect(browser: &mut Browser, body: &str) -> u16 {
    browser.call("POST", &verb("inspect"), body).await.status
}

#[tokio::test]
async fn who_guesses_codes_has_to_wait_and_a_right_code_costs_nothing() {
    let mut world = World::new().await;
    let folder = world.folder.clone();
    let made = invite(&mut world.owner, &folder, r#""ttl":"7d""#).await;
    let code = text(&made, "code");
    for at in 0..20 {
        assert_eq!(inspect(&mut world.nobody, &with(&code)).await, 200);
        assert_eq!(inspect(&mut world.nobody, &wrong(at)).await, 404);
    }
    for body in [wrong(20), with(&code)] {
        let answer = world.nobody.call("POST", &verb("inspect"), &body).await;
        expect(&answer, 429, "too many");
        assert_eq!(answer.reason(), "TOO_MANY_ATTEMPTS");
        assert_eq!(answer.header("retry-after"), "900");
    }
    let elsewhere = world
        .stranger
        .call("POST", &verb("accept"), &with(&code))
        .await;
    expect(&elsewhere, 429, "wherever it is tried");
    world.server.clock.advance(Duration::from_secs(900));
    assert_eq!(inspect(&mut world.nobody, &with(&code)).await, 200);
}
