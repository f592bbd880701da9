//! The audit trail and the revision: written with the write, or not at all.

use bailiwick_domain::{Uidp, owner, viewer};
use bailiwick_store::{Caller, Deletion, GroupChange};
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
    let (mut written, mut told) = (0, 0);
    for organization in [&one, &other] {
        let found = numbers(test, Some(organization)).await;
        let count = i64::try_from(found.len()).unwrap();
        assert_eq!(found, (1..=count).collect::<Vec<_>>());
        written += crate::raw::revision(test, organization).await;
        told += count;
    }
    assert_eq!(written, made + 2);
    assert_eq!(told, 60 + 2, "the refused ones are told too");
}

pub(crate) async fn a_refused_write_leaves_its_row_and_nothing_else(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let stranger = test.sign_in("stranger@example.com").await.caller;
    let organization = test.organization(&owner, "acme").await;
    let folder = test.folder(&owner, &organization, "dev").await.uid;
    crate::raw::bind(test, guest.identity(), viewer(), &organization, None).await;
    let state = async || {
        let revision = crate::raw::revision(test, &organization).await;
        let shown = test.store.groups(&owner).get(&folder).await.unwrap();
        (revision, shown, test.store.count_groups().await.unwrap())
    };
    let rows = async || test.store.audit_rows(Some(&organization)).await.unwrap();
    let rows_before = rows().await.len();
    let before = state().await;
    test.clock.advance(std::time::Duration::from_secs(1));
    let change = || GroupChange {
        name: Some("changed".parse().unwrap()),
        description: None,
        device_sign_in: None,
    };
    for caller in [&guest, &stranger] {
        let groups = test.store.groups(caller);
        let made = groups.create_folder(folder.clone(), group("new")).await;
        let updated = groups.update(folder.clone(), change()).await;
        let deleted = groups.delete(folder.clone(), Deletion::Empty).await;
        assert!(made.is_err() && updated.is_err() && deleted.is_err());
    }
    let groups = test.store.groups(&owner);
    let made = groups
        .create_folder(organization.clone(), group("dev"))
        .await;
    let deleted = groups.delete(organization.clone(), Deletion::Empty).await;
    let organized = groups.create_organization(group("acme"), true).await;
    assert!(made.is_err() && deleted.is_err() && organized.is_err());
    let nowhere = Uidp::root([7; 20]);
    let made_up = groups.create_folder(nowhere.clone(), group("new")).await;
    assert!(made_up.is_err());
    assert_eq!(state().await, before);
    let told: Vec<_> = rows()
        .await
        .split_off(rows_before)
        .into_iter()
        .map(|row| {
            assert_eq!(row.detail, "{}");
            (row.actor, row.action, row.target, row.refusal)
        })
        .collect();
    let (at_folder, at_root) = (folder.to_string(), organization.to_string());
    let mut expected = Vec::new();
    for (caller, reason) in [(&guest, "CAPABILITY_MISSING"), (&stranger, "NOT_FOUND")] {
        for action in ["groups.create", "groups.update", "groups.delete"] {
            expected.push((caller, action, &at_folder, reason));
        }
    }
    expected.push((&owner, "groups.create", &at_root, "NAME_TAKEN"));
    expected.push((&owner, "groups.delete", &at_root, "FAILED_PRECONDITION"));
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(caller, action, target, reason)| {
            (
                caller.identity().to_string(),
                action.to_owned(),
                target.clone(),
                reason.to_owned(),
            )
        })
        .collect();
    assert_eq!(told, expected);
    let trail = test.store.audit_rows(Some(&nowhere)).await.unwrap();
    assert_eq!(trail, [], "a made-up organization has no trail");
    let others = test.store.audit_rows(None).await.unwrap();
    let refused: Vec<_> = others
        .iter()
        .filter(|row| !row.refusal.is_empty())
        .map(|row| (row.target.as_str(), row.refusal.as_str()))
        .collect();
    assert_eq!(
        refused,
        [("", "NAME_TAKEN"), (nowhere.as_str(), "NOT_FOUND")]
    );
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
        device_sign_in: None,
    };
    groups.update(folder.clone(), change).await.unwrap();
    assert_eq!(crate::raw::revision(test, &organization).await, 3);
    groups
        .delete(folder.clone(), Deletion::Empty)
        .await
        .unwrap();
    assert_eq!(crate::raw::revision(test, &organization).await, 4);
    groups
        .delete(organization.clone(), Deletion::Empty)
        .await
        .unwrap();
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
    let made = format!(
        r#"{{"ends_at":"never","identity":"{}","name":"acme","role":"{}"}}"#,
        caller.identity(),
        owner().uid()
    );
    assert_eq!(
        told,
        [
            (1, "groups.create", root, made.as_str(),),
            (2, "groups.create", folder, r#"{"name":"dev"}"#),
            (
                3,
                "groups.update",
                folder,
                r#"{"description":"\"quoted\" \\ and <b>","name":"prod","name_before":"dev"}"#
            ),
            (
                4,
                "groups.delete",
                folder,
                r#"{"groups":"1","name":"prod"}"#
            ),
            (5, "groups.delete", root, r#"{"groups":"1","name":"acme"}"#),
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
    let stored = crate::raw::holds(test, person.secret.expose()).await;
    assert!(!stored, "the cookie's secret stands in the database");
    let hash = crate::raw::holds(test, person.session.identity.as_str()).await;
    assert!(hash, "what is stored would have been found");
}
