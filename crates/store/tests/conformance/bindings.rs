//! Rule 2 at every operation on role bindings, and what else can be wrong with one.

use std::time::Duration;

use bailiwick_domain::{
    BuiltInRole, Capability, CreateBindingError, DeleteBindingError, DeleteGroupError,
    GetBindingError, Uidp, editor, gulfstream, owner, viewer,
};
use bailiwick_store::{Caller, Clock as _, Deletion, Failure, NewBinding, RoleBindingRow};
use bailiwick_testkit::TestStore;

const HOUR: Duration = Duration::from_secs(3600);

fn binding(to: &Caller, role: &BuiltInRole, group: &Uidp) -> NewBinding {
    NewBinding {
        identity: to.identity().clone(),
        role: role.uid().clone(),
        group: group.clone(),
        ends_at: None,
    }
}

fn until(test: &TestStore, binding: NewBinding, far: Duration) -> NewBinding {
    NewBinding {
        ends_at: Some(test.clock.now().later(far)),
        ..binding
    }
}

async fn bind(
    test: &TestStore,
    by: &Caller,
    binding: NewBinding,
) -> Result<RoleBindingRow, CreateBindingError> {
    let made = test.store.role_bindings(by).create(binding).await;
    made.map_err(|failure| match failure {
        Failure::Rule(rule) => rule,
        Failure::Store(error) => panic!("{error}"),
    })
}

async fn unbind(test: &TestStore, by: &Caller, uid: &Uidp) -> Result<(), DeleteBindingError> {
    let gone = test.store.role_bindings(by).delete(uid.clone()).await;
    gone.map_err(|failure| match failure {
        Failure::Rule(rule) => rule,
        Failure::Store(error) => panic!("{error}"),
    })
}

pub(crate) async fn who_is_bound_holds_it_and_who_is_unbound_does_not(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let made = bind(test, &mine, binding(&guest, viewer(), &folder)).await;
    let made = made.unwrap();
    assert_eq!(made.group_name, "dev");
    assert_eq!(made.role_now, Some(viewer().into()));
    assert!(test.store.groups(&guest).get(&folder).await.is_ok());
    assert!(test.store.groups(&guest).get(&organization).await.is_err());
    let bindings = test.store.role_bindings(&mine);
    assert_eq!(bindings.get(&made.uid).await.unwrap(), made);
    unbind(test, &mine, &made.uid).await.unwrap();
    assert!(test.store.groups(&guest).get(&folder).await.is_err());
    let gone = bindings.get(&made.uid).await;
    assert!(matches!(
        gone,
        Err(Failure::Rule(GetBindingError::NotFound))
    ));
}

pub(crate) async fn nobody_binds_what_they_do_not_hold_there(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let other = test.sign_in("other@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let beside = test.folder(&mine, &organization, "prod").await.uid;
    bind(test, &mine, binding(&guest, editor(), &folder))
        .await
        .unwrap();
    // An editor may write bindings, and yet makes no owner, not even of themself.
    for to in [&guest, &other] {
        let refused = bind(test, &guest, binding(to, owner(), &folder)).await;
        let Err(CreateBindingError::BeyondReach(beyond)) = refused else {
            panic!("{refused:?}");
        };
        assert!(beyond.0.contains(Capability::GROUPS_DELETE));
        assert!(!beyond.0.contains(Capability::GROUPS_LIST));
    }
    bind(test, &guest, binding(&other, editor(), &folder))
        .await
        .unwrap();
    for (at, expected) in [
        (&beside, CreateBindingError::GroupNotFound),
        (&organization, CreateBindingError::GroupNotFound),
        (
            &folder.child([7; 8]).unwrap(),
            CreateBindingError::GroupNotFound,
        ),
        (&Uidp::root([7; 20]), CreateBindingError::GroupNotFound),
    ] {
        let refused = bind(test, &guest, binding(&other, viewer(), at)).await;
        assert_eq!(refused, Err(expected), "{at}");
    }
    let shown = test.sign_in("viewer@example.com").await.caller;
    bind(test, &mine, binding(&shown, viewer(), &folder))
        .await
        .unwrap();
    assert_eq!(
        bind(test, &shown, binding(&shown, viewer(), &folder)).await,
        Err(CreateBindingError::Forbidden(
            Capability::ROLE_BINDINGS_CREATE
        ))
    );
}

pub(crate) async fn nobody_takes_what_they_do_not_hold_themselves(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let second = test.sign_in("second@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    bind(test, &mine, binding(&guest, editor(), &organization))
        .await
        .unwrap();
    let stronger = bind(test, &mine, binding(&second, owner(), &folder)).await;
    let stronger = stronger.unwrap().uid;
    let refused = unbind(test, &guest, &stronger).await;
    assert!(matches!(refused, Err(DeleteBindingError::BeyondReach(_))));
    let equal = bind(test, &mine, binding(&second, editor(), &folder)).await;
    unbind(test, &guest, &equal.unwrap().uid).await.unwrap();
    // Everyone may leave, by whatever role.
    unbind(test, &second, &stronger).await.unwrap();
    let stranger = test.sign_in("stranger@example.com").await.caller;
    let kept = bind(test, &mine, binding(&second, viewer(), &folder)).await;
    let kept = kept.unwrap().uid;
    assert_eq!(
        unbind(test, &stranger, &kept).await,
        Err(DeleteBindingError::NotFound)
    );
    let shown = test.sign_in("viewer@example.com").await.caller;
    bind(test, &mine, binding(&shown, viewer(), &folder))
        .await
        .unwrap();
    assert_eq!(
        unbind(test, &shown, &kept).await,
        Err(DeleteBindingError::Forbidden(
            Capability::ROLE_BINDINGS_DELETE
        ))
    );
}

pub(crate) async fn no_grant_outlives_the_hold_of_who_gives_it(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let other = test.sign_in("other@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let for_an_hour = until(test, binding(&guest, owner(), &organization), HOUR);
    bind(test, &mine, for_an_hour).await.unwrap();
    let wanted = binding(&other, viewer(), &folder);
    for too_long in [
        wanted.clone(),
        until(test, wanted.clone(), HOUR + Duration::from_micros(1)),
    ] {
        let refused = bind(test, &guest, too_long).await;
        assert!(matches!(refused, Err(CreateBindingError::BeyondReach(_))));
    }
    bind(test, &guest, until(test, wanted.clone(), HOUR))
        .await
        .unwrap();
    // Nor do they take what somebody holds for longer, alone or with its folder.
    let for_good = bind(test, &mine, binding(&mine, viewer(), &folder)).await;
    let refused = unbind(test, &guest, &for_good.unwrap().uid).await;
    assert!(matches!(refused, Err(DeleteBindingError::BeyondReach(_))));
    let refused = test.store.groups(&guest);
    let refused = refused.delete(folder.clone(), Deletion::Subtree).await;
    assert!(matches!(
        refused,
        Err(Failure::Rule(DeleteGroupError::BeyondReach(_)))
    ));
    test.clock.advance(HOUR);
    assert_eq!(
        bind(test, &guest, until(test, wanted, HOUR)).await,
        Err(CreateBindingError::GroupNotFound),
        "dead at the instant"
    );
    assert!(test.store.groups(&other).get(&folder).await.is_err());
}

pub(crate) async fn a_binding_that_makes_no_sense_is_refused(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let good = binding(&guest, viewer(), &organization);
    let unknown = NewBinding {
        role: Uidp::root([7; 20]),
        ..good.clone()
    };
    assert_eq!(
        bind(test, &mine, unknown).await,
        Err(CreateBindingError::RoleNotFound)
    );
    assert_eq!(
        bind(test, &mine, binding(&guest, gulfstream(), &organization)).await,
        Err(CreateBindingError::RoleReserved)
    );
    let now = NewBinding {
        ends_at: Some(test.clock.now()),
        ..good
    };
    assert_eq!(bind(test, &mine, now).await, Err(CreateBindingError::Ended));
}

pub(crate) async fn the_same_binding_twice_is_one(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let wanted = until(test, binding(&guest, viewer(), &organization), HOUR);
    let first = bind(test, &mine, wanted.clone()).await.unwrap();
    let revision = crate::raw::revision(test, &organization).await;
    assert_eq!(bind(test, &mine, wanted.clone()).await.unwrap(), first);
    assert_eq!(crate::raw::revision(test, &organization).await, revision);
    let longer = until(test, wanted.clone(), HOUR * 2);
    assert_eq!(
        bind(test, &mine, longer.clone()).await,
        Err(CreateBindingError::OtherEnd)
    );
    test.clock.advance(HOUR);
    let again = bind(test, &mine, longer).await.unwrap();
    assert_ne!(again.uid, first.uid, "what has ended makes way");
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (store, mine) = (test.store.clone(), mine.clone());
            let wanted = binding(&guest, editor(), &organization);
            tokio::spawn(async move { store.role_bindings(&mine).create(wanted).await })
        })
        .collect();
    let mut made = std::collections::BTreeSet::new();
    for task in tasks {
        made.insert(task.await.unwrap().unwrap().uid);
    }
    assert_eq!(made.len(), 1, "at once, too");
}

pub(crate) async fn removing_what_is_not_there_is_no_write(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let nothing = organization.child([7; 8]).unwrap();
    let before = test.store.audit_rows(Some(&organization)).await.unwrap();
    unbind(test, &mine, &nothing).await.unwrap();
    let after = test.store.audit_rows(Some(&organization)).await.unwrap();
    assert_eq!(after, before);
    for unseen in [
        Uidp::root([7; 20]),
        Uidp::root([7; 20]).child([7; 8]).unwrap(),
        nothing.child([7; 8]).unwrap(),
    ] {
        assert_eq!(
            unbind(test, &mine, &unseen).await,
            Err(DeleteBindingError::NotFound),
            "{unseen}"
        );
    }
}

pub(crate) async fn binding_a_stranger_does_not_tell_who_they_are(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let stranger = test.sign_in("stranger@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let elsewhere = test.organization(&stranger, "elsewhere").await;
    let made = bind(test, &mine, binding(&stranger, viewer(), &organization)).await;
    let made = made.unwrap();
    let shown = |row: &RoleBindingRow| {
        let who = row.identity.clone();
        [who.name, who.email, who.issuer, who.subject]
    };
    let nothing = [const { None }; 4];
    assert_eq!(shown(&made), nothing);
    let bindings = test.store.role_bindings(&mine);
    assert_eq!(shown(&bindings.get(&made.uid).await.unwrap()), nothing);
    let own = test.store.role_bindings(&stranger).get(&made.uid).await;
    assert!(shown(&own.unwrap()).iter().all(Option::is_some));
    // Somebody who is there by an act of their own is known to the others.
    let there = bind(test, &stranger, binding(&mine, owner(), &elsewhere)).await;
    bind(test, &mine, binding(&stranger, viewer(), &elsewhere))
        .await
        .unwrap();
    let page = test
        .store
        .role_bindings(&mine)
        .list(&crate::visible::all_bindings())
        .await
        .unwrap();
    let known: Vec<_> = page
        .rows
        .iter()
        .filter(|row| row.identity.uid == *stranger.identity())
        .map(|row| (row.group == elsewhere, row.identity.email.is_some()))
        .collect();
    assert_eq!(known.len(), 3);
    assert!(known.iter().all(|(there, known)| there == known));
    assert!(there.is_ok());
}

pub(crate) async fn the_deepest_group_has_bindings_too(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let mut at = test.organization(&mine, "acme").await;
    while at.depth() < bailiwick_domain::GROUP_DEPTH_MAX {
        at = test.folder(&mine, &at, "down").await.uid;
    }
    let made = bind(test, &mine, binding(&guest, viewer(), &at))
        .await
        .unwrap();
    assert!(test.store.groups(&guest).get(&at).await.is_ok());
    let held = test.store.held_bindings(&guest).await.unwrap();
    assert_eq!(held[0].binding, made.uid);
    unbind(test, &mine, &made.uid).await.unwrap();
}

pub(crate) async fn a_subtree_goes_with_all_that_is_in_it(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let below = test.folder(&mine, &folder, "web").await.uid;
    let kept = test.folder(&mine, &organization, "dev-too").await.uid;
    for at in [&below, &kept] {
        bind(test, &mine, binding(&guest, viewer(), at))
            .await
            .unwrap();
    }
    let groups = test.store.groups(&mine);
    let summary = groups.summary(&folder).await.unwrap();
    assert_eq!(
        (summary.children, summary.descendants, summary.bound),
        (1, 1, Some((1, 1)))
    );
    let whole = groups.summary(&organization).await.unwrap();
    assert_eq!(
        (whole.children, whole.descendants, whole.bound),
        (2, 3, Some((3, 2)))
    );
    groups
        .delete(folder.clone(), Deletion::Subtree)
        .await
        .unwrap();
    for gone in [&folder, &below] {
        assert!(groups.get(gone).await.is_err());
    }
    assert!(groups.get(&kept).await.is_ok());
    let held = test.store.held_bindings(&guest).await.unwrap();
    assert_eq!(held.len(), 1);
    let orphans = "SELECT COUNT(*) FROM role_bindings b
                   WHERE NOT EXISTS (SELECT 1 FROM groups g WHERE g.uid = b.group_uid)";
    assert_eq!(crate::raw::number(test, orphans).await, 0);
    let rows = test.store.audit_rows(Some(&organization)).await.unwrap();
    assert_eq!(
        rows.last().unwrap().detail,
        r#"{"groups":"2","name":"dev"}"#
    );
    // The organization itself, with its last owner: rule 3 is about organizations that stand.
    groups
        .delete(organization, Deletion::Subtree)
        .await
        .unwrap();
    assert_eq!(test.store.count_groups().await.unwrap(), 0);
}
