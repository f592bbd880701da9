//! Rule 1, at every operation on groups, and where rights come from and go to.

use bailiwick_domain::{
    Capability, CreateGroupError, DeleteGroupError, GetGroupError, Uidp, UpdateGroupError, editor,
    owner, viewer,
};
use bailiwick_store::{Caller, Deletion, Failure, GroupChange};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::group;

#[derive(Debug, PartialEq)]
enum Outcome {
    Done,
    NotFound,
    Forbidden(Capability),
}

/// What each operation answers at a folder: get, create below, update, delete.
async fn try_all(test: &TestStore, caller: &Caller, at: &Uidp) -> [Outcome; 4] {
    let groups = test.store.groups(caller);
    let get = match groups.get(at).await {
        Ok(_) => Outcome::Done,
        Err(Failure::Rule(GetGroupError::NotFound)) => Outcome::NotFound,
        Err(error) => panic!("{error}"),
    };
    let create = match groups.create_folder(at.clone(), group("new")).await {
        Ok(made) => {
            groups.delete(made.uid, Deletion::Empty).await.unwrap();
            Outcome::Done
        }
        Err(Failure::Rule(CreateGroupError::ParentNotFound)) => Outcome::NotFound,
        Err(Failure::Rule(CreateGroupError::Forbidden(what))) => Outcome::Forbidden(what),
        Err(error) => panic!("{error}"),
    };
    let update = match groups.update(at.clone(), GroupChange::default()).await {
        Ok(_) => Outcome::Done,
        Err(Failure::Rule(UpdateGroupError::NotFound)) => Outcome::NotFound,
        Err(Failure::Rule(UpdateGroupError::Forbidden(what))) => Outcome::Forbidden(what),
        Err(error) => panic!("{error}"),
    };
    let delete = match groups.delete(at.clone(), Deletion::Empty).await {
        Ok(()) => Outcome::Done,
        Err(Failure::Rule(DeleteGroupError::NotFound)) => Outcome::NotFound,
        Err(Failure::Rule(DeleteGroupError::Forbidden(what))) => Outcome::Forbidden(what),
        Err(error) => panic!("{error}"),
    };
    [get, create, update, delete]
}

const UNSEEN: [Outcome; 4] = [const { Outcome::NotFound }; 4];
const READ_ONLY: [Outcome; 4] = [
    Outcome::Done,
    Outcome::Forbidden(Capability::GROUPS_CREATE),
    Outcome::Forbidden(Capability::GROUPS_UPDATE),
    Outcome::Forbidden(Capability::GROUPS_DELETE),
];

pub(crate) async fn what_is_not_seen_is_not_found(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let beside = test.folder(&mine, &organization, "prod").await.uid;
    let below = test.folder(&mine, &folder, "web").await.uid;
    let stranger = test.sign_in("stranger@example.com").await.caller;
    test.organization(&stranger, "elsewhere").await;
    let guest = test.sign_in("guest@example.com").await.caller;
    crate::raw::bind(test, guest.identity(), owner(), &folder, None).await;
    for (who, at) in [
        (&stranger, &organization),
        (&stranger, &folder),
        (&guest, &organization),
        (&guest, &beside),
        (&mine, &folder.child([7; 8]).unwrap()),
        (&mine, &Uidp::root([7; 20])),
    ] {
        assert_eq!(try_all(test, who, at).await, UNSEEN, "{at}");
    }
    let groups = test.store.groups(&guest);
    let shown = groups.get(&below).await.unwrap();
    let names: Vec<_> = shown.path.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(
        names,
        ["acme", "dev"],
        "the way down is named, unseen parts too"
    );
}

pub(crate) async fn what_is_seen_but_not_allowed_names_the_capability(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    for (email, role) in [("v@example.com", viewer()), ("e@example.com", editor())] {
        let guest = test.sign_in(email).await.caller;
        crate::raw::bind(test, guest.identity(), role, &organization, None).await;
        for at in [&organization, &folder] {
            assert_eq!(try_all(test, &guest, at).await, READ_ONLY, "{email}");
        }
    }
    let all_done = [const { Outcome::Done }; 4];
    assert_eq!(try_all(test, &mine, &folder).await, all_done);
}

pub(crate) async fn a_right_that_was_taken_away_is_gone_at_once(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    crate::raw::bind(test, guest.identity(), owner(), &organization, None).await;
    test.folder(&guest, &folder, "while it lasts").await;
    let taken = format!(
        "DELETE FROM role_bindings WHERE identity_uid = '{}'",
        guest.identity()
    );
    crate::raw::execute(test, &taken).await;
    assert_eq!(try_all(test, &guest, &folder).await, UNSEEN);
}

pub(crate) async fn organizations_are_made_where_that_is_open_and_belong_to_their_maker(
    test: &TestStore,
) {
    let maker = test.sign_in("maker@example.com").await.caller;
    let groups = test.store.groups(&maker);
    let closed = groups.create_organization(group("acme"), false).await;
    assert!(matches!(
        closed,
        Err(Failure::Rule(CreateGroupError::OrganizationsClosed))
    ));
    assert_eq!(test.store.count_groups().await.unwrap(), 0);
    let made = groups
        .create_organization(group("acme"), true)
        .await
        .unwrap();
    let held = test.store.held_bindings(&maker).await.unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!((&held[0].group, &*held[0].role_name), (&made.uid, "owner"));
    assert_eq!(
        (held[0].group_name.as_str(), held[0].ends_at),
        ("acme", None)
    );
    assert_eq!(held[0].capabilities, owner().capabilities);
}
