//! Rule 6: an expired thing is dead at its instant, not when a cleaner runs.

use std::time::Duration;

use bailiwick_domain::{CreateGroupError, Micros, viewer};
use bailiwick_store::{Clock as _, Failure, Secret};
use bailiwick_testkit::store::{group, login, redemption};
use bailiwick_testkit::{Backend, TestStore};

const MICROSECOND: Duration = Duration::from_micros(1);

pub(crate) async fn a_code_is_dead_at_its_instant(test: &TestStore) {
    let life = Duration::from_secs(60);
    for (age, lives) in [
        (life - MICROSECOND, true),
        (life, false),
        (life + MICROSECOND, false),
    ] {
        let code = test.code("a@example.com").await;
        test.clock.advance(age);
        let redeemed = test.store.redeem_code(redemption(&code)).await;
        assert_eq!(redeemed.is_ok(), lives, "after {age:?}");
    }
}

pub(crate) async fn a_login_is_dead_at_its_instant(test: &TestStore) {
    let life = Duration::from_secs(600);
    for (age, lives) in [
        (life - MICROSECOND, true),
        (life, false),
        (life + MICROSECOND, false),
    ] {
        let (state, browser) = (Secret::random().unwrap(), Secret::random().unwrap());
        let begun = test.store.begin_login(&state, &browser, login("dev")).await;
        begun.unwrap();
        test.clock.advance(age);
        let taken = test.store.take_login(&state, &browser, "dev").await;
        assert_eq!(taken.unwrap().is_some(), lives, "after {age:?}");
    }
}

pub(crate) async fn a_binding_is_dead_at_its_instant(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await;
    let guest = test.sign_in("guest@example.com").await;
    let organization = test.organization(&owner.caller, "acme").await;
    let end = test.clock.now().later(Duration::from_secs(3600));
    let identity = guest.caller.identity();
    crate::raw::bind(test, identity, viewer(), &organization, Some(end)).await;
    for (now, lives) in [
        (Micros(end.0 - 1), true),
        (end, false),
        (Micros(end.0 + 1), false),
    ] {
        test.clock.set(now);
        let groups = test.store.groups(&guest.caller);
        assert_eq!(groups.get(&organization).await.is_ok(), lives, "{now:?}");
        let held = test.store.held_bindings(&guest.caller).await.unwrap();
        assert_eq!(held.len(), usize::from(lives), "{now:?}");
    }
}

pub(crate) async fn a_right_that_ends_while_its_write_waits_for_its_turn_is_dead(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&owner, "acme").await;
    let end = test.clock.now().later(Duration::from_secs(60));
    let role = bailiwick_domain::owner();
    crate::raw::bind(test, guest.identity(), role, &organization, Some(end)).await;
    // Somebody else writes in the organization, and takes their time.
    let mut other = test.database.connect().await;
    let begin = match test.database.backend() {
        Backend::Sqlite => "BEGIN IMMEDIATE",
        Backend::Postgres => "BEGIN",
    };
    let hold =
        format!("{begin}; UPDATE groups SET revision = revision WHERE uid = '{organization}'");
    let held = sqlx::raw_sql(sqlx::AssertSqlSafe(hold));
    held.execute(&mut other).await.unwrap();
    let (store, parent) = (test.store.clone(), organization.clone());
    let waiting = tokio::spawn(async move {
        let made = store
            .groups(&guest)
            .create_folder(parent, group("late"))
            .await;
        made.map(|made| made.uid)
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!waiting.is_finished(), "it waits");
    test.clock.set(end);
    sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
    let late = waiting.await.unwrap();
    assert!(
        matches!(late, Err(Failure::Rule(CreateGroupError::ParentNotFound))),
        "{late:?}"
    );
}
