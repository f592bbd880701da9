//! The audit trail and the revision: written with the write, or not at all.

use bailiwick_domain::{Uidp, viewer};
use bailiwick_store::{Caller, GroupChange};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::group;

async fn numbers(test: &TestStore, organization: Option<&Uidp>) -> Vec<i64> {
    let rows = test.store.audit_rows(organization).await.unwrap();
    rows.iter().map(|row| row.seq).collect()
}

pub(crate) async fn rows_are_numbered_without_gaps_in_each_organization(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let one = test.organization(&owner, "one").await;
    let other = test.organization(&owner, "other").await;
    let tasks: Vec<_> = (0..60)
        .map(|at| {
            let (store, owner) = (test.store.clone(), owner.clone());
            let parent = if at % 2 == 0 {
                one.clone()
            } else {
                other.clone()
            };
            // Every third is refused: ten names are wanted twice.
            let name = format!("f{}", if at % 3 == 0 { 0 } else { at });
            tokio::spawn(async move {
                let made = store
                    .groups(&owner)
                    .create_folder(parent, group(&name))
                    .await;
                i64::from(made.is_ok())
            })
        })
        .collect();
    let mut made = 0;
    for task in tasks {
        made += task.await.unwrap();
    }
    assert_eq!(made, 42);
    let mut written = 0;
    for organization in [&one, &other] {
        let found = numbers(test, Some(organization)).await;
        let count = i64::try_from(found.len()).unwrap();
        assert_eq!(found, (1..=count).collect::<Vec<_>>());
        assert_eq!(crate::raw::revision(test, organization).await, count);
        written += count;
    }
    assert_eq!(written, made + 2);
}

pub(crate) async fn a_refused_write_leaves_nothing_behind(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let stranger = test.sign_in("stranger@example.com").await.caller;
    let organization = test.organization(&owner, "acme").await;
    let folder = test.folder(&owner, &organization, "dev").await.uid;
    crate::raw::bind(test, guest.identity(), viewer(), &organization, None).await;
    let state = async || {
        let mut rows = test.store.audit_rows(Some(&organization)).await.unwrap();
        rows.extend(test.store.audit_rows(None).await.unwrap());
        let revision = crate::raw::revision(test, &organization).await;
        let shown = test.store.groups(&owner).get(&folder).await.unwrap();
        (
            rows,
            revision,
            shown,
            test.store.count_groups().await.unwrap(),
        )
    };
    let before = state().await;
    test.clock.advance(std::time::Duration::from_secs(1));
    let change = || GroupChange {
        name: Some("changed".parse().unwrap()),
        description: None,
    };
    for caller in [&guest, &stranger] {
        let groups = test.store.groups(caller);
        let made = groups.create_folder(folder.clone(), group("new")).await;
        let updated = groups.update(folder.clone(), change()).await;
        let deleted = groups.delete(folder.clone()).await;
        assert!(made.is_err() && updated.is_err() && deleted.is_err());
    }
    let groups = test.store.groups(&owner);
    let made = groups
        .create_folder(organization.clone(), group("dev"))
        .await;
    let deleted = groups.delete(organization.clone()).await;
    let organized = groups.create_organization(group("acme"), true).await;
    assert!(made.is_err() && deleted.is_err() && organized.is_err());
    assert_eq!(state().await, before);
}

pub(crate) async fn every_write_counts_one_revision_and_tells_who_what_and_under_which_request(
    test: &TestStore,
) {
    let person = test.sign_in("owner@example.com").await;
    let caller = Caller::of_session(&person.session, "request-7");
    let organization = test.organization(&caller, "acme").await;
    let folder = test.folder(&caller, &organization, "dev").await.uid;
    let groups = test.store.groups(&caller);
    let change = GroupChange {
        name: Some("prod".parse().unwrap()),
        description: Some("\"quoted\" \\ and <b>".parse().unwrap()),
    };
    groups.update(folder.clone(), change).await.unwrap();
    assert_eq!(crate::raw::revision(test, &organization).await, 3);
    groups.delete(folder.clone()).await.unwrap();
    assert_eq!(crate::raw::revision(test, &organization).await, 4);
    groups.delete(organization.clone()).await.unwrap();
    let rows = test.store.audit_rows(Some(&organization)).await.unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.seq,
                row.action.as_str(),
                row.target.as_str(),
                row.detail.as_str(),
            )
        })
        .collect();
    let (root, folder) = (organization.as_str(), folder.as_str());
    assert_eq!(
        told,
        [
            (1, "groups.create", root, r#"{"name":"acme"}"#),
            (2, "groups.create", folder, r#"{"name":"dev"}"#),
            (
                3,
                "groups.update",
                folder,
                r#"{"description":"\"quoted\" \\ and <b>","name":"prod"}"#
            ),
            (4, "groups.delete", folder, r#"{"name":"prod"}"#),
            (5, "groups.delete", root, r#"{"name":"acme"}"#),
        ],
        "the trail outlives the organization"
    );
    for row in rows {
        assert_eq!(row.actor, caller.identity().as_str());
        assert_eq!(row.request_id, "request-7");
        assert_eq!(row.time, test.store.now());
        assert_eq!(row.organization, organization.as_str());
    }
}

pub(crate) async fn a_session_leaves_rows_and_no_secret(test: &TestStore) {
    let person = test.sign_in("a@example.com").await;
    let ended = test.store.end_session(&person.caller, &person.secret).await;
    ended.unwrap();
    let rows = test.store.audit_rows(None).await.unwrap();
    let actions: Vec<_> = rows.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions, ["sessions.create", "sessions.end"]);
    assert_eq!(numbers(test, None).await, [1, 2]);
    let text = format!("{rows:?}");
    for secret in [person.secret.expose(), &person.secret.hash()] {
        assert!(!text.contains(secret));
    }
    let file = std::fs::read(test.file()).unwrap();
    let log = std::fs::read(test.file().with_extension("sqlite-wal")).unwrap();
    let secret = person.secret.expose().as_bytes();
    for bytes in [file, log] {
        let found = bytes.windows(secret.len()).any(|window| window == secret);
        assert!(!found, "the cookie's secret stands in the database");
    }
}
