//! Devices: waiting, being approved, being signed in once.

use std::time::Duration;

use bailiwick_domain::{DeviceError, DeviceStartError, STEP_UP_WITHIN, TokenError, UserCode};
use bailiwick_store::{
    DEVICE_CODE_LIFE, DevicePoll, Failure, IssuedGrant, NewDevice, Secret, Sending, StartedDevice,
    Store,
};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::SignedIn;

const MICROSECOND: Duration = Duration::from_micros(1);
const SECOND: Duration = Duration::from_secs(1);

fn device(address: &str) -> NewDevice {
    NewDevice {
        client_id: "cli".to_owned(),
        scope: "openid offline_access".to_owned(),
        host: "build-1".to_owned(),
        address: address.to_owned(),
    }
}

fn question(device_code: &Secret) -> DevicePoll {
    DevicePoll {
        device_code: device_code.clone(),
        client_id: "cli".to_owned(),
        refreshes: true,
        request_id: "test-request".to_owned(),
    }
}

async fn start(test: &TestStore) -> StartedDevice {
    test.store.start_device(device("192.0.2.1")).await.unwrap()
}

async fn approve(store: &Store, person: &SignedIn, code: UserCode) {
    store.inspect_device(&person.session, code).await.unwrap();
    let done = store.decide_device(&person.session, code, true, "r").await;
    done.unwrap();
}

async fn poll(test: &TestStore, started: &StartedDevice) -> Result<IssuedGrant, TokenError> {
    poll_at(&test.store, started).await
}

async fn poll_at(store: &Store, started: &StartedDevice) -> Result<IssuedGrant, TokenError> {
    match store.poll_device(question(&started.device_code)).await {
        Ok(issued) => Ok(issued),
        Err(Failure::Rule(rule)) => Err(rule),
        Err(Failure::Store(error)) => panic!("{error}"),
    }
}

/// What a device of this person's got.
pub(crate) async fn signed_in(test: &TestStore, person: &SignedIn) -> IssuedGrant {
    let started = start(test).await;
    approve(&test.store, person, started.user_code).await;
    poll(test, &started).await.unwrap()
}

pub(crate) async fn who_approves_a_device_is_told_by_mail_once(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let denied = start(test).await;
    let code = denied.user_code;
    test.store
        .inspect_device(&person.session, code)
        .await
        .unwrap();
    let done = test
        .store
        .decide_device(&person.session, code, false, "r")
        .await;
    done.unwrap();
    assert_eq!(test.store.take_notice().await.unwrap(), None);

    signed_in(test, &person).await;
    let notice = test.store.take_notice().await.unwrap().unwrap();
    let said = (
        notice.recipient.as_str(),
        notice.host.as_str(),
        notice.address.as_str(),
    );
    assert_eq!(said, ("a@x.example", "build-1", "192.0.2.1"));
    // Somebody has it; whoever was killed on the way has perhaps sent it, so another takes it later.
    assert_eq!(test.store.take_notice().await.unwrap(), None);
    test.store
        .note_notice(notice, Sending::Deferred)
        .await
        .unwrap();
    assert_eq!(test.store.take_notice().await.unwrap(), None);
    test.clock.advance(5 * SECOND);
    let lost = test.store.take_notice().await.unwrap().unwrap();
    test.clock.advance(180 * SECOND);
    let again = test.store.take_notice().await.unwrap().unwrap();
    assert_eq!(again.uid, lost.uid);
    test.store
        .note_notice(lost, Sending::Accepted)
        .await
        .unwrap();
    test.store
        .note_notice(again, Sending::Accepted)
        .await
        .unwrap();
    test.clock.advance(1_000 * SECOND);
    assert_eq!(test.store.take_notice().await.unwrap(), None);
}

pub(crate) async fn under_fifty_polls_a_device_is_signed_in_once(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let started = start(test).await;
    assert_eq!(poll(test, &started).await.unwrap_err(), TokenError::Pending);
    approve(&test.store, &person, started.user_code).await;
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (store, started) = (test.store.clone(), started.clone());
            tokio::spawn(async move { poll_at(&store, &started).await })
        })
        .collect();
    let mut won = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            Ok(issued) => won.push(issued),
            Err(error) => assert_eq!(error, TokenError::InvalidGrant),
        }
    }
    assert_eq!(won.len(), 1);
    let grant = &won[0].grant;
    assert_eq!(grant.identity, person.session.identity);
    assert!(grant.by_device && grant.host == "build-1" && grant.address == "192.0.2.1");
    assert_eq!(grant.auth_time, person.session.auth_time);
}

pub(crate) async fn of_two_who_race_for_a_code_one_has_it(test: &TestStore) {
    let people = [
        test.sign_in("a@x.example").await,
        test.sign_in("b@x.example").await,
    ];
    for _ in 0..10 {
        let started = start(test).await;
        let tasks: Vec<_> = people
            .iter()
            .cloned()
            .map(|person| {
                let (store, code) = (test.store.clone(), started.user_code);
                tokio::spawn(async move {
                    store.inspect_device(&person.session, code).await.is_ok()
                        && store
                            .decide_device(&person.session, code, true, "r")
                            .await
                            .is_ok()
                })
            })
            .collect();
        let mut approved = Vec::new();
        for task in tasks {
            approved.push(task.await.unwrap());
        }
        assert_eq!(approved.iter().filter(|done| **done).count(), 1);
        let issued = poll(test, &started).await.unwrap();
        let winner = approved.iter().position(|done| *done).unwrap();
        assert_eq!(issued.grant.identity, people[winner].session.identity);
    }
}

pub(crate) async fn a_code_is_decided_by_whoever_looked_first_and_once(test: &TestStore) {
    let (first, second) = (
        test.sign_in("a@x.example").await,
        test.sign_in("b@x.example").await,
    );
    let started = start(test).await;
    let code = started.user_code;
    let unknown = |result: Result<(), Failure<DeviceError>>| {
        assert!(matches!(result, Err(Failure::Rule(DeviceError::Unknown))));
    };
    let store = &test.store;
    unknown(store.decide_device(&first.session, code, true, "r").await);
    store.inspect_device(&first.session, code).await.unwrap();
    unknown(
        store
            .inspect_device(&second.session, code)
            .await
            .map(|_| ()),
    );
    unknown(store.decide_device(&second.session, code, false, "r").await);
    store
        .decide_device(&first.session, code, false, "r")
        .await
        .unwrap();
    unknown(store.decide_device(&first.session, code, true, "r").await);
    unknown(store.inspect_device(&first.session, code).await.map(|_| ()));
    assert_eq!(poll(test, &started).await.unwrap_err(), TokenError::Denied);
}

pub(crate) async fn who_asks_too_soon_waits_longer_for_good(test: &TestStore) {
    let started = start(test).await;
    let asks = async |expected| {
        assert_eq!(poll(test, &started).await.unwrap_err(), expected);
    };
    asks(TokenError::Pending).await;
    test.clock.advance(SECOND * 4);
    asks(TokenError::SlowDown).await;
    test.clock.advance(SECOND * 9);
    asks(TokenError::SlowDown).await;
    test.clock.advance(SECOND * 14);
    asks(TokenError::SlowDown).await;
    for _ in 0..3 {
        test.clock.advance(SECOND * 20);
        asks(TokenError::Pending).await;
    }
    test.clock.advance(SECOND * 15);
    asks(TokenError::SlowDown).await;
}

pub(crate) async fn a_device_code_is_dead_at_its_instant(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let (late, approved) = (start(test).await, start(test).await);
    approve(&test.store, &person, approved.user_code).await;
    test.clock.advance(DEVICE_CODE_LIFE - MICROSECOND);
    test.store
        .inspect_device(&person.session, late.user_code)
        .await
        .unwrap();
    test.clock.advance(MICROSECOND);
    let refused = test
        .store
        .inspect_device(&person.session, late.user_code)
        .await;
    assert!(matches!(refused, Err(Failure::Rule(DeviceError::Unknown))));
    for started in [&late, &approved] {
        assert_eq!(poll(test, started).await.unwrap_err(), TokenError::Expired);
    }
}

pub(crate) async fn approving_takes_a_recent_sign_in_and_denying_does_not(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    test.clock.advance(STEP_UP_WITHIN + MICROSECOND);
    let started = start(test).await;
    let code = started.user_code;
    test.store
        .inspect_device(&person.session, code)
        .await
        .unwrap();
    let refused = test
        .store
        .decide_device(&person.session, code, true, "r")
        .await;
    assert!(matches!(
        refused,
        Err(Failure::Rule(DeviceError::StepUp(_)))
    ));
    let again = test.sign_in("a@x.example").await;
    test.store
        .decide_device(&again.session, code, true, "r")
        .await
        .unwrap();
    poll(test, &started).await.unwrap();
    test.clock.advance(STEP_UP_WITHIN + MICROSECOND);
    let denied = start(test).await.user_code;
    test.store
        .inspect_device(&again.session, denied)
        .await
        .unwrap();
    test.store
        .decide_device(&again.session, denied, false, "r")
        .await
        .unwrap();
}

pub(crate) async fn another_client_gets_nothing_of_a_device(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let started = start(test).await;
    approve(&test.store, &person, started.user_code).await;
    let other = DevicePoll {
        client_id: "other".to_owned(),
        ..question(&started.device_code)
    };
    let refused = test.store.poll_device(other).await;
    assert!(matches!(
        refused,
        Err(Failure::Rule(TokenError::InvalidGrant))
    ));
    poll(test, &started).await.unwrap();
}

pub(crate) async fn each_step_of_a_device_survives_a_restart(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let started = start(test).await;
    let store = test.open_again(true).await.unwrap();
    store
        .inspect_device(&person.session, started.user_code)
        .await
        .unwrap();
    let store = test.open_again(true).await.unwrap();
    let done = store
        .decide_device(&person.session, started.user_code, true, "r")
        .await;
    done.unwrap();
    let store = test.open_again(true).await.unwrap();
    let issued = poll_at(&store, &started).await.unwrap();
    let store = test.open_again(true).await.unwrap();
    let token = issued.refresh_token.unwrap();
    store.refresh(&token, "cli", "r").await.unwrap();
}

pub(crate) async fn an_address_has_a_hundred_waiting_devices_and_no_more(test: &TestStore) {
    for _ in 0..100 {
        start(test).await;
    }
    let full = test.store.start_device(device("192.0.2.1")).await;
    assert!(matches!(
        full,
        Err(Failure::Rule(DeviceStartError::TooMany))
    ));
    test.store.start_device(device("192.0.2.2")).await.unwrap();
    test.clock.advance(DEVICE_CODE_LIFE);
    start(test).await;
    test.clock.advance(DEVICE_CODE_LIFE);
    start(test).await;
    let rows = crate::raw::number(test, "SELECT COUNT(*) FROM device_codes").await;
    assert_eq!(rows, 2, "what is long over is forgotten");
}

pub(crate) async fn a_device_and_its_code_are_kept_as_hashes(test: &TestStore) {
    let started = start(test).await;
    for (column, secret) in [
        ("device_hash", started.device_code.expose().to_owned()),
        ("user_code_hash", started.user_code.to_string()),
    ] {
        let sql = format!("SELECT {column} FROM device_codes");
        let kept = crate::raw::text(test, &sql).await;
        assert!(kept.len() == 64 && !kept.contains(&secret), "{column}");
    }
}
