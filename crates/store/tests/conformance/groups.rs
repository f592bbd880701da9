//! Creating, renaming and deleting, also by many at once.

use bailiwick_domain::{
    CreateGroupError, DeleteGroupError, GROUP_DEPTH_MAX, UpdateGroupError, viewer,
};
use bailiwick_store::{Deletion, Failure, GroupChange};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::group;

fn renamed(name: &str) -> GroupChange {
    GroupChange {
        name: Some(name.parse().unwrap()),
        description: None,
        device_sign_in: None,
    }
}

pub(crate) async fn of_fifty_siblings_of_one_name_one_is_made(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&owner, "acme").await;
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (store, owner) = (test.store.clone(), owner.clone());
            let parent = organization.clone();
            tokio::spawn(async move {
                let made = store
                    .groups(&owner)
                    .create_folder(parent, group("dev"))
                    .await;
                made.map(|made| made.uid)
            })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => won += 1,
            Err(error) => assert!(
                matches!(error, Failure::Rule(CreateGroupError::NameTaken)),
                "{error}"
            ),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(test.store.count_groups().await.unwrap(), 2);
}

pub(crate) async fn of_fifty_siblings_renamed_alike_one_has_the_name(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&owner, "acme").await;
    let mut folders = Vec::new();
    for at in 0..50 {
        let folder = test.folder(&owner, &organization, &format!("f{at}")).await;
        folders.push(folder.uid);
    }
    let tasks: Vec<_> = folders
        .into_iter()
        .map(|uid| {
            let (store, owner) = (test.store.clone(), owner.clone());
            tokio::spawn(async move {
                let renamed = store.groups(&owner).update(uid, renamed("prod")).await;
                match renamed {
                    Ok(_) => 1,
                    Err(Failure::Rule(UpdateGroupError::NameTaken)) => 0,
                    Err(error) => panic!("{error}"),
                }
            })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        won += task.await.unwrap();
    }
    assert_eq!(won, 1);
}

pub(crate) async fn a_name_is_free_elsewhere_and_again_after_deletion(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&owner, "acme").await;
    let dev = test.folder(&owner, &organization, "dev").await.uid;
    test.folder(&owner, &dev, "dev").await;
    let prod = test.folder(&owner, &organization, "prod").await.uid;
    let groups = test.store.groups(&owner);
    let taken = groups.update(prod.clone(), renamed("dev")).await;
    assert!(matches!(
        taken,
        Err(Failure::Rule(UpdateGroupError::NameTaken))
    ));
    groups.update(prod.clone(), renamed("prod")).await.unwrap();
    groups.delete(prod.clone(), Deletion::Empty).await.unwrap();
    let again = test.folder(&owner, &organization, "prod").await.uid;
    assert_ne!(again, prod, "an id is never given twice");
    let second = groups.create_organization(group("acme"), true).await;
    assert!(matches!(
        second,
        Err(Failure::Rule(CreateGroupError::NameTaken))
    ));
}

pub(crate) async fn folders_nest_to_the_limit_and_no_deeper(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let mut at = test.organization(&owner, "acme").await;
    while at.depth() < GROUP_DEPTH_MAX {
        let below = test.folder(&owner, &at, "down").await;
        assert_eq!(below.path.len(), at.depth());
        at = below.uid;
    }
    let groups = test.store.groups(&owner);
    let deeper = groups.create_folder(at, group("down")).await;
    assert!(matches!(
        deeper,
        Err(Failure::Rule(CreateGroupError::TooDeep))
    ));
}

pub(crate) async fn a_group_that_is_not_empty_names_ten_and_counts_the_rest(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&owner, "acme").await;
    let groups = test.store.groups(&owner);
    for at in (0..13).rev() {
        let name = format!("f{at:02}");
        let folder = test.folder(&owner, &organization, &name).await;
        // What lies deeper is not what stands in the way.
        test.folder(&owner, &folder.uid, "below").await;
        let inside = 13 - at;
        let Err(Failure::Rule(refused)) =
            groups.delete(organization.clone(), Deletion::Empty).await
        else {
            panic!("{inside} folders went with their parent");
        };
        let expected: Vec<_> = (at..13).take(10).map(|at| format!("f{at:02}")).collect();
        let more = inside.max(10) - 10;
        assert_eq!(
            refused,
            DeleteGroupError::NotEmpty {
                names: expected,
                more
            }
        );
    }
}

pub(crate) async fn deleting_a_group_takes_its_bindings_with_it(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&owner, "acme").await;
    let folder = test.folder(&owner, &organization, "dev").await.uid;
    let kept = test.folder(&owner, &organization, "kept").await.uid;
    for at in [&folder, &kept] {
        crate::raw::bind(test, guest.identity(), viewer(), at, None).await;
    }
    test.store
        .groups(&owner)
        .delete(folder.clone(), Deletion::Empty)
        .await
        .unwrap();
    let held = test.store.held_bindings(&guest).await.unwrap();
    let at: Vec<_> = held.iter().map(|held| &held.group).collect();
    assert_eq!(at, [&kept]);
    let count = format!("SELECT COUNT(*) FROM role_bindings WHERE group_uid = '{folder}'");
    assert_eq!(crate::raw::number(test, &count).await, 0);
    assert!(test.store.groups(&guest).get(&folder).await.is_err());
}

pub(crate) async fn nothing_is_made_in_a_folder_that_is_being_deleted(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&owner, "acme").await;
    for at in 0..20 {
        let folder = test
            .folder(&owner, &organization, &format!("f{at}"))
            .await
            .uid;
        let (store, caller, uid) = (test.store.clone(), owner.clone(), folder.clone());
        let deleting =
            tokio::spawn(async move { store.groups(&caller).delete(uid, Deletion::Empty).await });
        let (store, caller, uid) = (test.store.clone(), owner.clone(), folder.clone());
        let making = tokio::spawn(async move {
            let made = store.groups(&caller).create_folder(uid, group("in")).await;
            made.map(|made| made.uid)
        });
        let (deleted, made) = (deleting.await.unwrap(), making.await.unwrap());
        assert_ne!(deleted.is_ok(), made.is_ok(), "{deleted:?} {made:?}");
    }
    let orphans = "SELECT COUNT(*) FROM groups g WHERE g.parent <> ''
                   AND NOT EXISTS (SELECT 1 FROM groups p WHERE p.uid = g.parent)";
    assert_eq!(crate::raw::number(test, orphans).await, 0);
}

pub(crate) async fn an_update_changes_what_it_names_and_no_more(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&owner, "acme").await;
    let made = test.folder(&owner, &organization, "dev").await;
    test.clock.advance(std::time::Duration::from_secs(1));
    let described = GroupChange {
        name: None,
        description: Some("for trying things".parse().unwrap()),
        device_sign_in: None,
    };
    let groups = test.store.groups(&owner);
    let after = groups.update(made.uid.clone(), described).await.unwrap();
    assert_eq!(
        (after.name.as_str(), after.description.as_str()),
        ("dev", "for trying things")
    );
    assert_eq!(after.create_time, made.create_time);
    assert!(after.update_time > made.update_time);
    let after = groups
        .update(made.uid.clone(), renamed("new"))
        .await
        .unwrap();
    assert_eq!(
        (after.name.as_str(), after.description.as_str()),
        ("new", "for trying things")
    );
    assert_eq!(groups.get(&made.uid).await.unwrap(), after);
}
