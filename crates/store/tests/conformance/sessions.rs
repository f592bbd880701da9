//! Sessions of the console.

use std::time::Duration;

use bailiwick_store::{Clock as _, SESSION_ABSOLUTE, SESSION_IDLE, Secret};
use bailiwick_testkit::TestStore;

const MICROSECOND: Duration = Duration::from_micros(1);

async fn lives(test: &TestStore, secret: &Secret) -> bool {
    test.store.session(secret).await.unwrap().is_some()
}

async fn last_seen(test: &TestStore) -> i64 {
    crate::raw::number(test, "SELECT last_seen_time FROM sessions").await
}

pub(crate) async fn an_unused_session_ends_at_its_instant(test: &TestStore) {
    let (one, other) = (
        test.sign_in("a@x.example").await,
        test.sign_in("b@x.example").await,
    );
    test.clock.advance(SESSION_IDLE - MICROSECOND);
    assert!(lives(test, &one.secret).await);
    test.clock.advance(MICROSECOND);
    assert!(!lives(test, &other.secret).await);
    assert!(lives(test, &one.secret).await, "it was used a moment ago");
    test.clock.advance(SESSION_IDLE);
    assert!(!lives(test, &one.secret).await);
}

pub(crate) async fn a_used_session_ends_at_its_absolute_end(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    let end = person.session.expire_time;
    assert_eq!(end, person.session.create_time.later(SESSION_ABSOLUTE));
    while test.clock.now().later(SESSION_IDLE) < end {
        test.clock.advance(SESSION_IDLE - MICROSECOND);
        assert!(lives(test, &person.secret).await);
    }
    test.clock.set(end.earlier(MICROSECOND));
    assert!(lives(test, &person.secret).await);
    test.clock.set(end);
    assert!(!lives(test, &person.secret).await);
}

pub(crate) async fn last_seen_is_written_at_most_once_a_minute_and_only_forward(test: &TestStore) {
    let minute = Duration::from_secs(60);
    let person = test.sign_in("a@x.example").await;
    let began = last_seen(test).await;
    assert_eq!(began, test.clock.now().0);
    test.clock.advance(minute - MICROSECOND);
    assert!(lives(test, &person.secret).await);
    assert_eq!(last_seen(test).await, began, "not yet");
    test.clock.advance(MICROSECOND);
    assert!(lives(test, &person.secret).await);
    let touched = last_seen(test).await;
    assert_eq!(touched, test.clock.now().0);
    test.clock.set(person.session.create_time);
    assert!(lives(test, &person.secret).await);
    assert_eq!(last_seen(test).await, touched, "a clock that jumped back");
}

pub(crate) async fn an_ended_session_is_dead_and_ends_alone(test: &TestStore) {
    let (here, there) = (
        test.sign_in("a@x.example").await,
        test.sign_in("a@x.example").await,
    );
    assert_eq!(here.session.identity, there.session.identity);
    assert_ne!(here.session.public_id, there.session.public_id);
    for _ in 0..2 {
        let ended = test.store.end_session(&here.caller, &here.secret).await;
        ended.unwrap();
        assert!(!lives(test, &here.secret).await);
        assert!(lives(test, &there.secret).await);
    }
    let public = Secret::from_client(there.session.public_id.as_str());
    assert!(!lives(test, &public).await, "the public id opens nothing");
    let hash = Secret::from_client(&there.secret.hash());
    assert!(
        !lives(test, &hash).await,
        "nor does what the database holds"
    );
}

pub(crate) async fn a_suspended_person_has_no_session(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    crate::raw::execute(test, "UPDATE identities SET suspended = 1").await;
    assert!(!lives(test, &person.secret).await);
    crate::raw::execute(test, "UPDATE identities SET suspended = 0").await;
    assert!(lives(test, &person.secret).await);
}

pub(crate) async fn a_second_sign_in_renews_the_person_and_not_the_id(test: &TestStore) {
    use bailiwick_testkit::store::{login, person, redemption};
    let first = test.sign_in("a@x.example").await;
    let mut renamed = person("a@x.example");
    renamed.name = "A. New Name".to_owned();
    renamed.email = None;
    let authorized = bailiwick_store::AuthorizedLogin {
        login: login("dev"),
        person: renamed,
    };
    let code = test.store.authorize_login(authorized).await.unwrap();
    let (secret, _) = test.store.redeem_code(redemption(&code)).await.unwrap();
    let second = test.store.session(&secret).await.unwrap().unwrap();
    assert_eq!(second.identity, first.session.identity);
    assert_eq!((second.name.as_str(), second.email), ("A. New Name", None));
    let before = test.store.session(&first.secret).await.unwrap().unwrap();
    let own = before.email.as_deref();
    assert_eq!(own, Some("a@x.example"), "the address is the sign-in's own");
    let people = crate::raw::number(test, "SELECT COUNT(*) FROM identities").await;
    assert_eq!(people, 1);
}

pub(crate) async fn ones_own_sessions_are_listed_with_where_they_are(test: &TestStore) {
    let first = test.sign_in("a@x.example").await;
    test.sign_in("b@x.example").await;
    test.clock.advance(Duration::from_secs(60));
    let second = test.sign_in("a@x.example").await;
    let listed = test.store.sessions(&first.caller).await.unwrap();
    let ids: Vec<_> = listed.iter().map(|session| &session.public_id).collect();
    assert_eq!(ids, [&second.session.public_id, &first.session.public_id]);
    assert_eq!(listed[0].browser, "Firefox on Linux");
    assert_eq!(listed[0].address, "192.0.2.1");
    assert_eq!(listed[1].last_seen_time, first.session.create_time);
    test.clock.advance(SESSION_IDLE - Duration::from_secs(60));
    let listed = test.store.sessions(&second.caller).await.unwrap();
    assert_eq!(listed.len(), 1, "the first has ended at this instant");
}

pub(crate) async fn one_ends_ones_own_sessions_and_nobody_elses(test: &TestStore) {
    let (here, there) = (
        test.sign_in("a@x.example").await,
        test.sign_in("a@x.example").await,
    );
    let other = test.sign_in("b@x.example").await;
    let id = there.session.public_id.clone();
    let tried = test.store.end_session_named(&other.caller, &id).await;
    tried.unwrap();
    assert!(lives(test, &there.secret).await, "it is somebody else's");
    for _ in 0..2 {
        let ended = test.store.end_session_named(&here.caller, &id).await;
        ended.unwrap();
        assert!(!lives(test, &there.secret).await);
        assert!(lives(test, &here.secret).await);
    }
    let rows = test.store.audit_rows(None).await.unwrap();
    let ends = rows.iter().filter(|row| row.action == "sessions.end");
    assert_eq!(ends.count(), 1, "what changes nothing leaves no row");
}

pub(crate) async fn all_others_end_and_the_one_that_asks_stays(test: &TestStore) {
    let here = test.sign_in("a@x.example").await;
    let others = [
        test.sign_in("a@x.example").await,
        test.sign_in("a@x.example").await,
    ];
    let somebody = test.sign_in("b@x.example").await;
    let kept = &here.session.public_id;
    let ended = test.store.end_other_sessions(&here.caller, kept).await;
    ended.unwrap();
    assert!(lives(test, &here.secret).await);
    assert!(lives(test, &somebody.secret).await);
    for other in others {
        assert!(!lives(test, &other.secret).await);
    }
}

pub(crate) async fn without_their_provider_nobody_has_a_session_or_a_grant(test: &TestStore) {
    let person = test.sign_in("a@x.example").await;
    crate::clients::issued(test, &person).await;
    assert_eq!(
        test.store
            .client_grants(&person.caller)
            .await
            .unwrap()
            .len(),
        1
    );
    let elsewhere = test.open_elsewhere().await.unwrap();
    assert!(elsewhere.session(&person.secret).await.unwrap().is_none());
    let left = elsewhere.sessions(&person.caller).await.unwrap();
    assert!(left.is_empty());
    let left = elsewhere.client_grants(&person.caller).await.unwrap();
    assert!(left.is_empty());
}
