//! Opening a database that is there already.

use bailiwick_store::{Deletion, Example, OpenError, SigningKey};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::person;

pub(crate) async fn a_development_database_is_never_served_otherwise(test: &TestStore) {
    let refused = test.open_again(false).await;
    assert!(
        matches!(refused, Err(OpenError::Development)),
        "{refused:?}"
    );
    assert!(
        test.open_again(true).await.is_ok(),
        "the attempt changes nothing"
    );
}

pub(crate) async fn another_database_is_never_served_for_development(test: &TestStore) {
    let sql = "UPDATE meta SET value = '0' WHERE name = 'development'";
    crate::raw::execute(test, sql).await;
    let refused = test.open_again(true).await;
    assert!(
        matches!(refused, Err(OpenError::NotDevelopment)),
        "{refused:?}"
    );
    assert!(
        test.open_again(false).await.is_ok(),
        "the attempt changes nothing"
    );
}

pub(crate) async fn a_newer_schema_is_refused(test: &TestStore) {
    let versions = "SELECT MAX(version) FROM schema_version";
    let known = crate::raw::number(test, versions).await;
    let newer = format!(
        "INSERT INTO schema_version (version) VALUES ({})",
        known + 1
    );
    crate::raw::execute(test, &newer).await;
    let refused = test.open_again(true).await;
    let Err(error @ OpenError::Newer { .. }) = refused else {
        panic!("{refused:?}");
    };
    assert!(
        error.to_string().contains("start a newer bailiwick"),
        "{error}"
    );
    assert_eq!(crate::raw::number(test, versions).await, known + 1);
}

pub(crate) async fn what_was_written_is_there_after_reopening(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await;
    let organization = test.organization(&owner.caller, "acme").await;
    let folder = test.folder(&owner.caller, &organization, "dev").await;
    let code = test.code("late@example.com").await;
    let trail = test.store.audit_rows(Some(&organization)).await.unwrap();
    let again = test.open_again(true).await.unwrap();
    let session = again.session(&owner.secret).await.unwrap().unwrap();
    assert_eq!(session.public_id, owner.session.public_id);
    let found = again.groups(&owner.caller).get(&folder.uid).await.unwrap();
    assert_eq!(found, folder);
    assert_eq!(again.audit_rows(Some(&organization)).await.unwrap(), trail);
    let redemption = bailiwick_testkit::store::redemption(&code);
    assert!(
        again.redeem_code(redemption).await.is_ok(),
        "a code outlives a restart"
    );
}

pub(crate) async fn every_start_finds_the_same_keys(test: &TestStore) {
    let key = |kid: &str| SigningKey {
        kid: kid.to_owned(),
        pkcs8: vec![1, 2, 3],
    };
    for kid in ["first", "second"] {
        test.store.add_first_signing_key(key(kid)).await.unwrap();
    }
    let secret = test.store.server_secret("page_token_key").await.unwrap();
    let other = test.store.server_secret("another").await.unwrap();
    assert_ne!(secret, other);
    let again = test.open_again(true).await.unwrap();
    assert_eq!(again.signing_keys().await.unwrap(), [key("first")]);
    assert_eq!(again.server_secret("page_token_key").await.unwrap(), secret);
    let shown = format!("{:?}", again.signing_keys().await.unwrap());
    assert!(
        !shown.contains("1, 2, 3"),
        "a key is never written out: {shown}"
    );
}

pub(crate) async fn the_example_fills_an_empty_database_only(test: &TestStore) {
    let example = || Example {
        organization: "example".parse().unwrap(),
        folders: vec!["dev".parse().unwrap(), "prod".parse().unwrap()],
        people: vec![(person("owner@example.com"), bailiwick_domain::owner())],
    };
    for _ in 0..2 {
        test.store.seed(example()).await.unwrap();
        assert_eq!(test.store.count_groups().await.unwrap(), 3);
    }
    let owner = test.sign_in("owner@example.com").await.caller;
    let held = test.store.held_bindings(&owner).await.unwrap();
    assert_eq!((held.len(), &*held[0].role_name), (1, "owner"));
    let root = held[0].group.clone();
    test.store
        .groups(&owner)
        .delete(root.clone(), Deletion::Empty)
        .await
        .unwrap_err();
    let rows = test.store.audit_rows(Some(&root)).await.unwrap();
    assert_eq!(rows[0].actor, "host");
}
