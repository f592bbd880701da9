//! Tokens are what they are: no other kind, no other signer and no other time passes for an access
//! token (RFC 8725, RFC 9068).

use std::time::Duration;

use bailiwick_testkit::{Ask, TestServer};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::client::{
    CLI, DEVICE_GRANT, call, error, part, refresh, signed_in, start_device, token,
};
use crate::world::{GROUPS, World, expect, invite, text};

const OK: &str = "/auth/v1/ok";

/// Something else in a header than what we write there.
type Change = fn(&mut Header);

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[tokio::test]
async fn an_access_token_says_whom_it_is_for_and_from_whom() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let tokens = signed_in(&server, &mut browser).await;
    let access = text(&tokens, "access_token");
    assert_eq!(part(&access, 0)["typ"], "at+jwt");
    assert_eq!(part(&access, 0)["alg"], "ES256");
    let claims = part(&access, 1);
    assert_eq!(claims["iss"], server.base_url.as_str());
    assert_eq!(claims["aud"], json!([server.base_url]));
    assert_eq!(claims["client_id"], CLI);
    assert_eq!(claims["email"], "owner@example.com");
    assert_eq!(
        claims["act"]["sub"].as_str().map(str::is_empty),
        Some(false)
    );
    assert!(!claims["cap"].as_object().unwrap().is_empty());
    let life = claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
    assert_eq!(life, 600);
    let id = text(&tokens, "id_token");
    assert_eq!(part(&id, 0)["typ"], "JWT");
    assert_eq!(part(&id, 1)["aud"], CLI);
    assert_eq!(part(&id, 1)["sub"], claims["sub"]);
    assert!(part(&id, 1)["nonce"].is_string());
    server.clock.advance(Duration::from_secs(599));
    expect(&call(&server, &access, "GET", OK, "").await, 200, "599 s");
    server.clock.advance(Duration::from_secs(1));
    expect(&call(&server, &access, "GET", OK, "").await, 401, "600 s");
}

#[tokio::test]
async fn no_kind_of_token_passes_for_another() {
    let mut world = World::new().await;
    let tokens = signed_in(&world.server, &mut world.owner).await;
    let device = start_device(&world.server).await;
    let folder = world.folder.clone();
    let invited = invite(&mut world.owner, &folder, r#""ttl":"1h""#).await;
    let cookie = world.owner.cookie("__Host-bailiwick").unwrap().to_owned();
    let server = &world.server;
    let all = [
        ("ID token", text(&tokens, "id_token")),
        ("access token", text(&tokens, "access_token")),
        ("refresh token", text(&tokens, "refresh_token")),
        ("device code", text(&device, "device_code")),
        ("user code", text(&device, "user_code")),
        ("invite code", text(&invited, "code")),
        ("session", cookie),
    ];
    for (kind, value) in &all {
        let api = call(server, value, "GET", GROUPS, "").await;
        let status = if *kind == "access token" { 200 } else { 401 };
        expect(&api, status, kind);
        let as_code = token(
            server,
            &[
                ("grant_type", "authorization_code"),
                ("client_id", CLI),
                ("code", value),
                ("redirect_uri", crate::client::CALLBACK),
                ("code_verifier", &"v".repeat(43)),
            ],
        )
        .await;
        assert_eq!(error(&as_code), "invalid_grant", "{kind} as a code");
        let as_device = token(
            server,
            &[
                ("grant_type", DEVICE_GRANT),
                ("client_id", CLI),
                ("device_code", value),
            ],
        )
        .await;
        let expected = match *kind {
            "device code" => "authorization_pending",
            _ => "invalid_grant",
        };
        assert_eq!(error(&as_device), expected, "{kind} as a device code");
        if *kind != "refresh token" {
            let as_refresh = refresh(server, value).await;
            assert_eq!(
                error(&as_refresh),
                "invalid_grant",
                "{kind} as a refresh token"
            );
        }
        let as_cookie = Ask::new("GET", GROUPS)
            .header("cookie", &format!("__Host-bailiwick={value}"))
            .header("x-bailiwick", world.owner.page.as_deref().unwrap());
        let answer = server.send(&as_cookie).await;
        let status = if *kind == "session" { 200 } else { 401 };
        expect(&answer, status, &format!("{kind} as a cookie"));
    }
    for (kind, value) in all.iter().filter(|(kind, _)| *kind != "invite code") {
        let body = json!({ "code": value }).to_string();
        let path = "/iam/v2/groupInvites:accept";
        let answer = world.stranger.call("POST", path, &body).await;
        assert!(
            [400, 404].contains(&answer.status),
            "{kind}: {}",
            answer.body
        );
    }
    expect(
        &refresh(&world.server, &all[2].1).await,
        200,
        "the refresh token lives",
    );
}

#[tokio::test]
async fn nobody_else_signs_and_no_other_algorithm_does() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let access = text(&signed_in(&server, &mut browser).await, "access_token");
    let (header, claims) = (part(&access, 0), part(&access, 1));
    let kept = server.store.signing_keys().await.unwrap();
    let own = EncodingKey::from_ec_der(&kept[0].pkcs8);
    let foreign = bailiwick_server::new_signing_key().unwrap();
    let jwks = server.send(&Ask::new("GET", "/oauth/jwks")).await.json();
    let jwk = &jwks["keys"][0];
    let coordinate = |name: &str| URL_SAFE_NO_PAD.decode(text(jwk, name)).unwrap();
    let point = [vec![4], coordinate("x"), coordinate("y")].concat();

    let right = |change: Change| {
        let mut right = Header::new(Algorithm::ES256);
        right.typ = Some("at+jwt".to_owned());
        right.kid = Some(kept[0].kid.clone());
        change(&mut right);
        right
    };
    let signed = encode(&right(|_| {}), &claims, &own).unwrap();
    expect(
        &call(&server, &signed, "GET", OK, "").await,
        200,
        "signed as we sign",
    );

    let mut forged: Vec<(String, String)> = Vec::new();
    for alg in ["none", "nOnE", "NONE", ""] {
        let mut other = header.clone();
        other["alg"] = json!(alg);
        let message = format!("{}.{}", encoded(&other), encoded(&claims));
        forged.push((format!("alg {alg:?}, unsigned"), format!("{message}.")));
        let signature = access.rsplit('.').next().unwrap();
        forged.push((format!("alg {alg:?}"), format!("{message}.{signature}")));
    }
    for (what, secret) in [
        ("the point", point.clone()),
        ("x and y", point[1..].to_vec()),
        ("the JWK", jwk.to_string().into_bytes()),
    ] {
        let mut hmac = right(|header| header.alg = Algorithm::HS256);
        let key = EncodingKey::from_secret(&secret);
        forged.push((
            format!("HS256 with {what}"),
            encode(&hmac, &claims, &key).unwrap(),
        ));
        hmac.typ = Some("JWT".to_owned());
        forged.push((
            format!("HS256 with {what}, JWT"),
            encode(&hmac, &claims, &key).unwrap(),
        ));
    }
    let stranger = EncodingKey::from_ec_der(&foreign.pkcs8);
    let foreign_kid = foreign.kid.clone();
    let mut theirs = right(|_| {});
    forged.push((
        "a foreign key, our kid".into(),
        encode(&theirs, &claims, &stranger).unwrap(),
    ));
    theirs.jwk = serde_json::from_value(jwk.clone()).ok();
    forged.push((
        "a foreign key, an embedded jwk".into(),
        encode(&theirs, &claims, &stranger).unwrap(),
    ));
    theirs.jku = Some("https://evil.example/jwks".to_owned());
    theirs.kid = Some(foreign_kid);
    forged.push((
        "a foreign kid".into(),
        encode(&theirs, &claims, &stranger).unwrap(),
    ));
    for kid in ["", "../../dev/null", "' OR '1'='1", "\0"] {
        let mut other = right(|_| {});
        other.kid = Some(kid.to_owned());
        forged.push((
            format!("kid {kid:?}"),
            encode(&other, &claims, &own).unwrap(),
        ));
    }
    let changes: [(&str, Change); 6] = [
        ("no kid", |header| header.kid = None),
        ("typ JWT", |header| header.typ = Some("JWT".to_owned())),
        ("typ at+JWT", |header| {
            header.typ = Some("at+JWT".to_owned())
        }),
        ("typ logout+jwt", |header| {
            header.typ = Some("logout+jwt".to_owned())
        }),
        ("no typ", |header| header.typ = None),
        ("crit", |header| header.crit = Some(vec!["b64".to_owned()])),
    ];
    for (what, change) in changes {
        forged.push((
            what.to_owned(),
            encode(&right(change), &claims, &own).unwrap(),
        ));
    }
    let now = claims["iat"].as_i64().unwrap();
    for (name, value) in [
        ("iss", json!("https://evil.example")),
        ("iss", json!([server.base_url])),
        ("iss", Value::Null),
        ("aud", json!("https://evil.example")),
        ("aud", json!(["https://evil.example", server.base_url])),
        ("aud", json!([])),
        ("aud", json!([CLI])),
        ("exp", json!(now)),
        ("exp", json!("9999999999")),
        ("exp", json!(1e30)),
        ("exp", Value::Null),
        ("iat", json!("now")),
        ("sid", json!("0123456789abcdef0123456789abcdef01234567")),
        ("sid", json!("' OR 1=1")),
        ("sub", json!("0123456789abcdef0123456789abcdef01234567")),
        ("client_id", json!("other")),
    ] {
        let mut other = claims.clone();
        other[name] = value.clone();
        let token = encode(&right(|_| {}), &other, &own).unwrap();
        forged.push((format!("{name} {value}"), token));
    }
    for name in ["iss", "aud", "exp", "sid", "sub", "client_id"] {
        let mut other = claims.clone();
        other.as_object_mut().unwrap().remove(name);
        forged.push((
            format!("no {name}"),
            encode(&right(|_| {}), &other, &own).unwrap(),
        ));
    }
    forged.push(("cut short".into(), access[..access.len() - 2].to_owned()));
    forged.push((
        "without a signature".into(),
        access.rsplit_once('.').unwrap().0.to_owned(),
    ));
    forged.push(("in another case".into(), access.to_uppercase()));
    for (what, token) in forged {
        let answer = call(&server, &token, "GET", OK, "").await;
        expect(&answer, 401, &what);
        assert_eq!(answer.reason(), "INVALID_TOKEN", "{what}");
    }
    let basic = Ask::new("GET", OK).header("authorization", &format!("Basic {access}"));
    expect(&server.send(&basic).await, 401, "another scheme");
    let twice = Ask::new("GET", OK)
        .header("authorization", &format!("Bearer {access}"))
        .header("authorization", &format!("Bearer {access}"));
    expect(&server.send(&twice).await, 401, "twice");
    expect(
        &call(&server, &access, "GET", OK, "").await,
        200,
        "after all of it",
    );
}

#[tokio::test]
async fn a_new_key_signs_at_once_and_an_old_one_is_believed_until_it_is_compromised() {
    let server = TestServer::start().await;
    let mut browser = server.signed_in("owner@example.com").await;
    let old = text(&signed_in(&server, &mut browser).await, "access_token");
    let second = bailiwick_server::new_signing_key().unwrap();
    server
        .store
        .rotate_signing_key(second.clone(), false)
        .await
        .unwrap();
    server.clock.advance(Duration::from_secs(5));
    let new = text(&signed_in(&server, &mut browser).await, "access_token");
    assert_eq!(part(&new, 0)["kid"], second.kid.as_str());
    let jwks = server.send(&Ask::new("GET", "/oauth/jwks")).await.json();
    assert_eq!(jwks["keys"].as_array().unwrap().len(), 2);
    for token in [&old, &new] {
        expect(&call(&server, token, "GET", OK, "").await, 200, "both");
    }
    let third = bailiwick_server::new_signing_key().unwrap();
    server.store.rotate_signing_key(third, true).await.unwrap();
    server.clock.advance(Duration::from_secs(5));
    for token in [&old, &new] {
        expect(
            &call(&server, token, "GET", OK, "").await,
            401,
            "compromised",
        );
    }
    let jwks = server.send(&Ask::new("GET", "/oauth/jwks")).await.json();
    assert_eq!(jwks["keys"].as_array().unwrap().len(), 1);
}
