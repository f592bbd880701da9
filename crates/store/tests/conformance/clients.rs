//! Clients: what a person allows, and the grants that tokens live by.

use std::time::Duration;

use bailiwick_domain::{AuthorizationError, TokenError};
use bailiwick_store::{
    Caller, ClientCodeRedemption, Failure, GroupChange, IssuedGrant, NewClientRequest,
    REFRESH_FAMILY_LIFE, Secret,
};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::SignedIn;

const MICROSECOND: Duration = Duration::from_micros(1);

fn request() -> NewClientRequest {
    NewClientRequest {
        client_id: "cli".to_owned(),
        redirect_uri: "http://127.0.0.1:4180/callback".to_owned(),
        client_state: Some("the client's state".to_owned()),
        client_nonce: Some("the client's nonce".to_owned()),
        code_challenge: "the client's challenge".to_owned(),
        scope: "openid offline_access".to_owned(),
        max_age: None,
    }
}

fn redemption(code: &Secret) -> ClientCodeRedemption {
    ClientCodeRedemption {
        code: code.clone(),
        client_id: "cli".to_owned(),
        redirect_uri: "http://127.0.0.1:4180/callback".to_owned(),
        code_challenge: "the client's challenge".to_owned(),
        refreshes: true,
        request_id: "test-request".to_owned(),
    }
}

async fn code(test: &TestStore, person: &SignedIn) -> Secret {
    let store = &test.store;
    let id = store.begin_client_request(request()).await.unwrap();
    let session = &person.session;
    store.inspect_client_request(session, &id).await.unwrap();
    let decided = store.decide_client_request(session, &id, true, "r").await;
    decided.unwrap().code.unwrap()
}

pub(crate) async fn issued(test: &TestStore, person: &SignedIn) -> IssuedGrant {
    let code = code(test, person).await;
    let redeemed = test.store.redeem_client_code(redemption(&code)).await;
    redeemed.unwrap()
}

async fn lives(test: &TestStore, issued: &IssuedGrant) -> bool {
    let found = test.store.client_grant(&issued.grant.uid).await;
    found.unwrap().is_some()
}

/// The rule that refused.
#[track_caller]
fn rule<T: std::fmt::Debug, E: std::fmt::Debug>(result: Result<T, Failure<E>>) -> E {
    match result {
        Err(Failure::Rule(rule)) => rule,
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn a_request_is_decided_once_by_whoever_looked_first(test: &TestStore) {
    let (first, second) = (
        test.sign_in("a@x.example").await,
        test.sign_in("b@x.example").await,
    );
    let store = &test.store;
    let id = store.begin_client_request(request()).await.unwrap();
    let unseen = store
        .decide_client_request(&first.session, &id, true, "r")
        .await;
    assert_eq!(rule(unseen), AuthorizationError::Unknown);
    store
        .inspect_client_request(&first.session, &id)
        .await
        .unwrap();
    let other = store.inspect_client_request(&second.session, &id).await;
    assert_eq!(rule(other), AuthorizationError::Unknown);
    let other = store
        .decide_client_request(&second.session, &id, true, "r")
        .await;
    assert_eq!(rule(other), AuthorizationError::Unknown);
    let tasks: Vec<_> = (0..50)
        .map(|at| {
            let (store, session, id) = (store.clone(), first.session.clone(), id.clone());
            tokio::spawn(async move {
                store
                    .decide_client_request(&session, &id, at % 2 == 0, "r")
                    .await
                    .is_ok()
            })
        })
        .collect();
    let mut decided = 0;
    for task in tasks {
        decided += usize::from(task.await.unwrap());
    }
    assert_eq!(decided, 1);
}

pub(crate) async fn a_request_is_dead_at_its_instant(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let id = test.store.begin_client_request(request()).await.unwrap();
    let seen = test
        .store
        .inspect_client_request(&person.session, &id)
        .await
        .unwrap();
    test.clock.set(seen.expire_time.earlier(MICROSECOND));
    test.store
        .inspect_client_request(&person.session, &id)
        .await
        .unwrap();
    test.clock.set(seen.expire_time);
    let late = test
        .store
        .inspect_client_request(&person.session, &id)
        .await;
    assert_eq!(rule(late), AuthorizationError::Unknown);
    let late = test
        .store
        .decide_client_request(&person.session, &id, true, "r")
        .await;
    assert_eq!(rule(late), AuthorizationError::Unknown);
}

pub(crate) async fn a_client_that_asks_for_a_recent_sign_in_waits_for_one(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    for (age, waits) in [(15, 0), (15, 16), (0, 1)] {
        let person = test.sign_in("a@x.example").await;
        test.clock.advance(Duration::from_secs(60 * waits));
        let request = NewClientRequest {
            max_age: Some(Duration::from_secs(60 * age)),
            ..request()
        };
        let id = test.store.begin_client_request(request).await.unwrap();
        let seen = test.store.inspect_client_request(&person.session, &id);
        seen.await.unwrap();
        let decide = |session| test.store.decide_client_request(session, &id, true, "r");
        let allowed = decide(&person.session).await;
        if waits <= age {
            assert!(allowed.is_ok(), "{allowed:?}");
            continue;
        }
        assert_eq!(rule(allowed), AuthorizationError::StepUp);
        let again = test.sign_in("a@x.example").await;
        assert!(decide(&again.session).await.is_ok(), "it still waits");
    }
    let id = test.store.begin_client_request(request()).await.unwrap();
    test.store
        .inspect_client_request(&person.session, &id)
        .await
        .unwrap();
    let denied = test
        .store
        .decide_client_request(&person.session, &id, false, "r");
    assert!(denied.await.is_ok(), "denying takes none");
}

pub(crate) async fn of_fifty_redemptions_one_wins_and_its_grant_ends(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let code = code(test, &person).await;
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (store, redemption) = (test.store.clone(), redemption(&code));
            tokio::spawn(async move { store.redeem_client_code(redemption).await })
        })
        .collect();
    let mut won = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            Ok(issued) => won.push(issued),
            Err(Failure::Rule(error)) => assert_eq!(error, TokenError::InvalidGrant),
            Err(Failure::Store(error)) => panic!("{error}"),
        }
    }
    assert_eq!(won.len(), 1);
    assert!(!lives(test, &won[0]).await);
    let left = crate::raw::number(test, "SELECT COUNT(*) FROM client_grants").await;
    assert_eq!(left, 0);
}

pub(crate) async fn a_code_is_for_its_client_address_and_verifier(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let spoils: [fn(&mut ClientCodeRedemption); 3] = [
        |redemption| redemption.client_id = "other".to_owned(),
        |redemption| redemption.redirect_uri = "http://127.0.0.1:4181/callback".to_owned(),
        |redemption| redemption.code_challenge = "another".to_owned(),
    ];
    for spoil in spoils {
        let code = code(test, &person).await;
        let mut wrong = redemption(&code);
        spoil(&mut wrong);
        let refused = test.store.redeem_client_code(wrong).await;
        assert_eq!(rule(refused), TokenError::InvalidGrant);
        let spent = test.store.redeem_client_code(redemption(&code)).await;
        assert_eq!(rule(spent), TokenError::InvalidGrant);
    }
    let late = code(test, &person).await;
    test.clock.advance(Duration::from_secs(60));
    let refused = test.store.redeem_client_code(redemption(&late)).await;
    assert_eq!(rule(refused), TokenError::InvalidGrant);
}

pub(crate) async fn of_fifty_refreshes_at_most_one_wins_and_the_family_is_dead(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let issued = issued(test, &person).await;
    let token = issued.refresh_token.clone().unwrap();
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (store, token) = (test.store.clone(), token.clone());
            tokio::spawn(async move { store.refresh(&token, "cli", "r").await })
        })
        .collect();
    let mut won = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            Ok(issued) => won.push(issued.refresh_token.unwrap()),
            Err(Failure::Rule(error)) => assert_eq!(error, TokenError::InvalidGrant),
            Err(Failure::Store(error)) => panic!("{error}"),
        }
    }
    assert_eq!(won.len(), 1);
    assert!(!lives(test, &issued).await);
    let next = test.store.refresh(&won[0], "cli", "r").await;
    assert_eq!(rule(next), TokenError::InvalidGrant);
}

pub(crate) async fn a_refresh_token_of_another_client_ends_the_family(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let issued = issued(test, &person).await;
    let token = issued.refresh_token.clone().unwrap();
    let other = test.store.refresh(&token, "other", "r").await;
    assert_eq!(rule(other), TokenError::InvalidGrant);
    assert!(!lives(test, &issued).await);
}

pub(crate) async fn rotation_does_not_move_the_end_of_a_family(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let issued = issued(test, &person).await;
    let end = issued.grant.expire_time;
    assert_eq!(end, issued.grant.create_time.later(REFRESH_FAMILY_LIFE));
    let mut token = issued.refresh_token.clone().unwrap();
    for _ in 0..29 {
        test.clock.advance(Duration::from_secs(24 * 60 * 60));
        let next = test.store.refresh(&token, "cli", "r").await.unwrap();
        assert_eq!(next.grant.expire_time, end);
        token = next.refresh_token.unwrap();
    }
    test.clock.set(end.earlier(MICROSECOND));
    token = test
        .store
        .refresh(&token, "cli", "r")
        .await
        .unwrap()
        .refresh_token
        .unwrap();
    test.clock.set(end);
    assert!(!lives(test, &issued).await);
    let late = test.store.refresh(&token, "cli", "r").await;
    assert_eq!(rule(late), TokenError::InvalidGrant);
}

pub(crate) async fn who_may_not_sign_in_any_more_gets_nothing(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let issued = issued(test, &person).await;
    let token = issued.refresh_token.clone().unwrap();
    let elsewhere = test.open_elsewhere().await.unwrap();
    assert!(
        elsewhere
            .client_grant(&issued.grant.uid)
            .await
            .unwrap()
            .is_none()
    );
    let refused = elsewhere.refresh(&token, "cli", "r").await;
    assert_eq!(rule(refused), TokenError::InvalidGrant);
    let waiting = code(test, &person).await;
    let refused = elsewhere.redeem_client_code(redemption(&waiting)).await;
    assert_eq!(rule(refused), TokenError::InvalidGrant);
    // The provider is configured again: the token was not spent.
    let token = test
        .store
        .refresh(&token, "cli", "r")
        .await
        .unwrap()
        .refresh_token
        .unwrap();
    let waiting = code(test, &person).await;
    let who = person.session.identity.clone();
    test.store
        .as_host()
        .suspend(who.clone(), true)
        .await
        .unwrap();
    test.store.as_host().restore(who).await.unwrap();
    assert!(!lives(test, &issued).await);
    let refused = test.store.refresh(&token, "cli", "r").await;
    assert_eq!(rule(refused), TokenError::InvalidGrant);
    let refused = test.store.redeem_client_code(redemption(&waiting)).await;
    assert_eq!(rule(refused), TokenError::InvalidGrant);
}

pub(crate) async fn nobody_ends_a_grant_of_somebody_else(test: &TestStore) {
    let (one, other) = (
        test.sign_in("a@x.example").await,
        test.sign_in("b@x.example").await,
    );
    let issued = issued(test, &one).await;
    assert_eq!(
        test.store.client_grants(&one.caller).await.unwrap().len(),
        1
    );
    assert_eq!(
        test.store.client_grants(&other.caller).await.unwrap().len(),
        0
    );
    let uid = &issued.grant.uid;
    test.store
        .end_client_grant(&other.caller, uid)
        .await
        .unwrap();
    assert!(lives(test, &issued).await);
    test.store.end_client_grant(&one.caller, uid).await.unwrap();
    assert!(!lives(test, &issued).await);
}

pub(crate) async fn no_secret_of_a_client_is_kept(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let code = code(test, &person).await;
    let issued = test
        .store
        .redeem_client_code(redemption(&code))
        .await
        .unwrap();
    let token = issued.refresh_token.unwrap().expose();
    for (column, table, secret) in [
        ("code_hash", "client_codes", code.expose()),
        ("family_hash", "client_grants", &token[4..47]),
        ("refresh_hash", "client_grants", &token[47..]),
    ] {
        let kept = crate::raw::text(test, &format!("SELECT {column} FROM {table}")).await;
        assert!(!kept.contains(secret) && kept.len() == 64, "{column}");
    }
}

pub(crate) async fn a_new_key_signs_and_the_old_one_stays_as_long_as_its_tokens(test: &TestStore) {
    let key = |kid: &str| bailiwick_store::SigningKey {
        kid: kid.to_owned(),
        pkcs8: vec![1],
    };
    let kids = async || -> Vec<String> {
        let keys = test.store.signing_keys().await.unwrap();
        keys.into_iter().map(|key| key.kid).collect()
    };
    test.store.add_first_signing_key(key("one")).await.unwrap();
    test.clock.advance(MICROSECOND);
    test.store
        .rotate_signing_key(key("two"), false)
        .await
        .unwrap();
    assert_eq!(kids().await, ["two", "one"]);
    test.clock.advance(Duration::from_secs(10 * 60));
    assert_eq!(kids().await, ["two", "one"]);
    test.clock.advance(Duration::from_secs(60));
    assert_eq!(kids().await, ["two"]);
    test.store
        .rotate_signing_key(key("three"), true)
        .await
        .unwrap();
    assert_eq!(kids().await, ["three"]);
}

pub(crate) async fn what_a_device_signed_in_holds_nothing_where_that_is_off(test: &TestStore) {
    let owner = test.sign_in("a@x.example").await;
    let (acme, other) = (
        test.organization(&owner.caller, "acme").await,
        test.organization(&owner.caller, "other").await,
    );
    let folder = test.folder(&owner.caller, &acme, "dev").await.uid;
    let device = crate::devices::signed_in(test, &owner).await;
    let device = Caller::of_grant(&device.grant, "r");
    let store = &test.store;
    let sees = async |uid| store.groups(&device).get(uid).await.is_ok();
    assert!(sees(&acme).await && sees(&folder).await && sees(&other).await);
    let off = |allowed| GroupChange {
        device_sign_in: Some(allowed),
        ..GroupChange::default()
    };
    let viewer = test.sign_in("b@x.example").await;
    let refused = store
        .groups(&viewer.caller)
        .update(acme.clone(), off(false))
        .await;
    assert!(refused.is_err());
    let refused = store
        .groups(&owner.caller)
        .update(folder.clone(), off(false))
        .await;
    assert!(matches!(
        rule(refused),
        bailiwick_domain::UpdateGroupError::NotOrganization
    ));
    let done = store
        .groups(&owner.caller)
        .update(acme.clone(), off(false))
        .await;
    assert!(!done.unwrap().device_sign_in);
    assert!(!sees(&acme).await && !sees(&folder).await && sees(&other).await);
    assert!(store.groups(&owner.caller).get(&folder).await.is_ok());
    let held = store.held_bindings(&device).await.unwrap();
    assert!(held.iter().all(|held| held.group == other), "{held:?}");
    let write = store.groups(&device).update(acme.clone(), off(true)).await;
    assert!(matches!(
        rule(write),
        bailiwick_domain::UpdateGroupError::NotFound
    ));
    let me = &owner.session.identity;
    let asked = bailiwick_store::Question {
        identity: me.clone(),
        capability: bailiwick_domain::Capability::GROUPS_LIST,
        group: folder.clone(),
    };
    let answers = store.checks(&device).ask(&[asked]).await.unwrap();
    assert!(matches!(
        answers[0],
        bailiwick_store::CheckAnswer::Decided(false)
    ));
    let explained = store
        .explain(&device)
        .person(me, None, &folder)
        .await
        .unwrap();
    assert_eq!(explained.void, Some(bailiwick_store::Void::DeviceSignInOff));
    assert!(explained.bindings.is_empty() && explained.sources.is_empty());
    store
        .groups(&owner.caller)
        .update(acme.clone(), off(true))
        .await
        .unwrap();
    assert!(sees(&folder).await);
}
