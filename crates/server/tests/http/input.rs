//! Bodies and paths that no honest client sends: the right status, a clear body, nothing changed.

use bailiwick_testkit::Ask;

use crate::world::{GROUPS, World, expect, item};

const LIMIT: usize = 65_536;

#[tokio::test]
async fn a_body_that_is_not_what_it_must_be_is_refused() {
    let mut world = World::new().await;
    let before = world.everything().await;
    let deep = |open: &str, close: &str, n: usize| open.repeat(n) + &close.repeat(n);
    let bodies = [
        String::new(),
        "null".to_owned(),
        "[]".to_owned(),
        r#"["forged","field by field"]"#.to_owned(),
        " \n[\"forged\"]".to_owned(),
        "\"name\"".to_owned(),
        "{".to_owned(),
        r#"{"name":"a"} x"#.to_owned(),
        r#"{"name":"a"}{"name":"b"}"#.to_owned(),
        r#"{"name":"a","name":"b"}"#.to_owned(),
        r#"{"name":"a","path":[],"path":[]}"#.to_owned(),
        r#"{"name":"a","owner":"me"}"#.to_owned(),
        r#"{"name":"a","role":"owner"}"#.to_owned(),
        r#"{"name":"a","parent":"x"}"#.to_owned(),
        r#"{"name":"a","revision":1}"#.to_owned(),
        r#"{"name":"a","__proto__":{}}"#.to_owned(),
        r#"{"Name":"a"}"#.to_owned(),
        r#"{"name":["a"]}"#.to_owned(),
        r#"{"name":1}"#.to_owned(),
        r#"{"name":{"$ne":""}}"#.to_owned(),
        r#"{"name":"\u0000"}"#.to_owned(),
        "{\"name\":\"a\0b\"}".to_owned(),
        r#"{"name":"\ud800"}"#.to_owned(),
        r#"{"name":"a\u202eb"}"#.to_owned(),
        r#"{"name":"a/b"}"#.to_owned(),
        r#"{"name":".."}"#.to_owned(),
        r#"{"name":"Acme"}"#.to_owned(),
        r#"{"name":" a"}"#.to_owned(),
        r#"{"name":""}"#.to_owned(),
        r#"{"name":"0123456789abcdef"}"#.to_owned(),
        format!(r#"{{"name":"{}"}}"#, "a".repeat(64)),
        format!(r#"{{"name":"a","description":"{}"}}"#, "a".repeat(513)),
        r#"{"name":"a","description":"two\nlines"}"#.to_owned(),
        deep("[", "]", 30_000),
        deep("{\"name\":", "}", 7_000),
        "[".repeat(60_000),
    ];
    for body in &bodies {
        for (method, uid) in [
            ("POST", world.folder.as_str()),
            ("POST", ""),
            ("PATCH", world.folder.as_str()),
        ] {
            let ask = world.owner.ask(method, &item(uid)).json(body.as_str());
            let answer = world.server.send(&ask).await;
            expect(&answer, 400, &format!("{method} {body:.80}"));
            let reason = answer.reason();
            assert!(
                ["MALFORMED_BODY", "INVALID_ARGUMENT"].contains(&reason.as_str()),
                "{reason}"
            );
            assert!(
                answer.body.len() < 2_000,
                "it says too much: {}",
                answer.body
            );
        }
    }
    let not_utf8 = world.owner.ask("POST", GROUPS).json(b"{\"name\":\"\xff\"}");
    expect(&world.server.send(&not_utf8).await, 400, "not UTF-8");
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn what_a_server_owns_is_ignored_however_deep_it_is() {
    let mut world = World::new().await;
    let nested = "[".repeat(30_000) + &"]".repeat(30_000);
    let body = format!(
        r#"{{"name":"sent back","uid":"{}","hasChildren":true,"createTime":"1970-01-01T00:00:00Z","path":{nested}}}"#,
        world.elsewhere
    );
    let answer = world.owner.call("POST", &item(&world.folder), &body).await;
    expect(&answer, 200, "nesting in an ignored field");
    let made = answer.json();
    assert!(made["uid"].as_str().unwrap().starts_with(&world.folder));
    assert_eq!(made["hasChildren"], false);
    assert_ne!(made["createTime"], "1970-01-01T00:00:00Z");
}

#[tokio::test]
async fn a_body_may_have_64_kibibytes_and_not_one_byte_more() {
    let mut world = World::new().await;
    let body = |length: usize| {
        let text = r#"{"name":"padded"}"#;
        text.to_owned() + &" ".repeat(length - text.len())
    };
    for (path, length, status) in [
        (item(&world.folder), LIMIT + 1, 413),
        (item(&world.folder), 100_000, 413),
        ("/auth/session".to_owned(), LIMIT + 1, 413),
        (item(&world.folder), LIMIT, 200),
    ] {
        let answer = world.owner.call("POST", &path, &body(length)).await;
        expect(&answer, status, &format!("{length} bytes to {path}"));
        if status == 413 {
            assert_eq!(answer.reason(), "BODY_TOO_LARGE");
        }
    }
    let nested = world.owner.call("POST", GROUPS, &"[".repeat(100_000)).await;
    expect(&nested, 413, "a hundred thousand brackets");
    expect(
        &world.owner.call("GET", GROUPS, "").await,
        200,
        "it still lives",
    );
}

#[tokio::test]
async fn a_path_is_taken_as_it_stands() {
    let mut world = World::new().await;
    let before = world.everything().await;
    let (root, folder) = (world.organization.clone(), world.folder.clone());
    let step = folder.rsplit('/').next().unwrap();
    let paths = [
        format!("{GROUPS}/{root}%2F{step}"),
        format!("{GROUPS}/{root}%2f{step}"),
        format!("{GROUPS}/{root}//{step}"),
        format!("{GROUPS}//{folder}"),
        format!("{GROUPS}/{folder}/"),
        format!("{GROUPS}/{folder}/.."),
        format!("{GROUPS}/{folder}/../{step}"),
        format!("{GROUPS}/./{folder}"),
        format!("{GROUPS}/%2e%2e/groups/{folder}"),
        format!("{GROUPS}/{}", root.to_uppercase()),
        format!("{GROUPS}/{root}/{}", step.to_uppercase()),
        format!("{GROUPS}/{folder};x=1"),
        format!("{GROUPS}/{folder}%00"),
        format!("{GROUPS}/{folder}%20"),
        format!("{GROUPS}/{folder}:explode"),
        format!("{GROUPS}/{folder}."),
        format!("{GROUPS}/{}", &root[..39]),
        format!("{GROUPS}/{root}0"),
        format!("{GROUPS}/{root}/{}", &step[..15]),
        format!("{GROUPS}/{root}{}", "/0123456789abcdef".repeat(100)),
        format!("{GROUPS}/%F0%9F%98%80"),
        format!("{GROUPS}/'%20OR%201=1--"),
        format!("//iam/v2/groups/{folder}"),
        format!("/iam//v2/groups/{folder}"),
        format!("/iam/v2/../v2/groups/{folder}"),
        format!("/iam/v2/group%73/{folder}"),
        format!("/IAM/v2/groups/{folder}"),
        format!("/iam/v2/groupsx/{folder}"),
        format!("/iam/v1/groups/{folder}"),
        "/auth/session/x".to_owned(),
        "/auth/v1/ok/x".to_owned(),
    ];
    for path in paths {
        for (method, body) in [
            ("GET", ""),
            ("PATCH", r#"{"name":"x"}"#),
            ("DELETE", ""),
            ("POST", r#"{"name":"x"}"#),
        ] {
            let answer = world.owner.call(method, &path, body).await;
            assert!(
                [400, 404].contains(&answer.status),
                "{method} {path}: {} {}",
                answer.status,
                answer.body
            );
        }
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn ids_of_another_organization_reach_nothing_wherever_they_stand() {
    let mut world = World::new().await;
    let before = world.everything().await;
    let mixed = format!("{}{}", world.elsewhere, &world.folder[40..]);
    let name = r#"{"name":"taken over"}"#;
    for uid in [world.elsewhere.clone(), mixed] {
        for (method, path, body) in [
            ("GET", item(&uid), ""),
            ("PATCH", item(&uid), name),
            ("DELETE", item(&uid), ""),
            ("POST", item(&uid), name),
        ] {
            let answer = world.owner.call(method, &path, body).await;
            expect(&answer, 404, &path);
        }
        for filter in ["childrenOf", "descendantsOf"] {
            let path = format!("{GROUPS}?uidp.{filter}={uid}");
            let answer = world.owner.call("GET", &path, "").await;
            expect(&answer, 200, &path);
            assert_eq!(answer.json()["groups"], serde_json::json!([]), "{path}");
            assert_eq!(answer.json()["totalCount"], "0", "{path}");
        }
    }
    let named = world
        .owner
        .call("GET", &format!("{GROUPS}?name=elsewhere"), "")
        .await;
    assert_eq!(named.json()["groups"], serde_json::json!([]));
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn a_method_that_an_address_does_not_take_is_an_answer_of_ours() {
    let mut world = World::new().await;
    let before = world.everything().await;
    for (method, path, status) in [
        ("DELETE", "/auth/v1/ok", 405),
        ("POST", "/auth/providers", 405),
        ("PATCH", "/auth/session", 405),
        ("POST", "/health/live", 405),
        ("POST", "/oauth/authorize", 405),
        ("POST", "/oauth/callback/dev", 405),
        ("PUT", "/oauth/jwks", 405),
        ("DELETE", "/openapi.json", 405),
        ("POST", "/.well-known/openid-configuration", 405),
        ("GET", "/oauth/token", 405),
        ("GET", "/oauth/device_authorization", 405),
        ("GET", "/oauth/revoke", 405),
        ("GET", "/oauth/introspect", 405),
        ("GET", "/oauth/userinfo", 404),
        ("GET", "/health/nothing", 404),
        ("POST", "/", 404),
    ] {
        let answer = world.owner.call(method, path, "").await;
        expect(&answer, status, &format!("{method} {path}"));
        assert_eq!(!answer.header("allow").is_empty(), status == 405, "{path}");
    }
    let session = world.owner.call("PATCH", "/auth/session", "").await;
    assert_eq!(session.header("allow"), "GET, POST, DELETE");
    for method in ["PUT", "TRACE", "CONNECT", "OPTIONS", "BREW", "get"] {
        let ask = Ask::new(method, &item(&world.folder));
        let answer = world.server.send(&ask).await;
        assert!((400..500).contains(&answer.status), "{method}");
        assert_eq!(
            !answer.header("allow").is_empty(),
            answer.status == 405,
            "{method}"
        );
    }
    assert_eq!(world.everything().await, before);
}
