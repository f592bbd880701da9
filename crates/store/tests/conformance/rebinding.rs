//! Rules 2 and 3 where a role binding is changed, and many at once.

use std::time::Duration;

use bailiwick_domain::{
    BINDING_LIFE_MAX, BatchBindingError, Capability, CreateBindingError, Uidp, UpdateBindingError,
    editor, gulfstream, owner, viewer,
};
use bailiwick_store::{BindingChange, Caller, Clock as _, Failure, NewBinding, RoleBindingRow};
use bailiwick_testkit::TestStore;

use crate::roles::bound;

const HOUR: Duration = Duration::from_secs(3600);

async fn change(
    test: &TestStore,
    by: &Caller,
    uid: &Uidp,
    to: BindingChange,
) -> Result<RoleBindingRow, UpdateBindingError> {
    let bindings = test.store.role_bindings(by);
    bindings.update(uid.clone(), to).await.map_err(rule)
}

fn rule<E>(failure: Failure<E>) -> E {
    match failure {
        Failure::Rule(rule) => rule,
        Failure::Store(error) => panic!("{error}"),
    }
}

fn to_role(role: &bailiwick_domain::BuiltInRole) -> BindingChange {
    BindingChange {
        role: Some(role.uid().clone()),
        ..BindingChange::default()
    }
}

fn to_end(test: &TestStore, far: Duration) -> BindingChange {
    BindingChange {
        ends_at: Some(Some(test.clock.now().later(far))),
        ..BindingChange::default()
    }
}

async fn bind(test: &TestStore, by: &Caller, binding: NewBinding) -> Uidp {
    let made = test.store.role_bindings(by).create(binding).await;
    made.unwrap().uid
}

async fn own(test: &TestStore, caller: &Caller) -> Uidp {
    let held = test.store.held_bindings(caller).await.unwrap();
    held[0].binding.clone()
}

pub(crate) async fn a_changed_binding_gives_the_new_role_until_the_new_end(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let uid = bind(test, &mine, bound(&guest, viewer().uid(), &organization)).await;
    let before = test.store.role_bindings(&mine).get(&uid).await.unwrap();
    assert_eq!(before.creator, mine.identity().as_str());
    let revision = crate::raw::revision(test, &organization).await;
    let same = BindingChange {
        identity: Some(guest.identity().clone()),
        role: Some(viewer().uid().clone()),
        ends_at: Some(None),
    };
    assert_eq!(change(test, &mine, &uid, same).await.unwrap(), before);
    assert_eq!(crate::raw::revision(test, &organization).await, revision);
    test.clock.advance(HOUR);
    let both = BindingChange {
        role: Some(editor().uid().clone()),
        ..to_end(test, HOUR)
    };
    let after = change(test, &mine, &uid, both).await.unwrap();
    assert_eq!(&after.role, editor().uid());
    assert_eq!((after.create_time, &after.uid), (before.create_time, &uid));
    assert_ne!(after.etag(), before.etag());
    let kept = change(test, &mine, &uid, to_role(viewer())).await.unwrap();
    assert_eq!(kept.ends_at, after.ends_at, "what is not named stays");
    let groups = test.store.groups(&guest);
    assert!(groups.get(&organization).await.is_ok());
    test.clock.advance(HOUR);
    assert!(groups.get(&organization).await.is_err(), "at its end");
    let for_ever = BindingChange {
        ends_at: Some(None),
        ..BindingChange::default()
    };
    change(test, &mine, &uid, for_ever).await.unwrap();
    assert!(groups.get(&organization).await.is_ok(), "without an end");
}

pub(crate) async fn a_change_that_makes_no_sense_is_refused(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let uid = bind(test, &mine, bound(&guest, viewer().uid(), &organization)).await;
    bind(test, &mine, bound(&guest, editor().uid(), &organization)).await;
    let other = BindingChange {
        identity: Some(mine.identity().clone()),
        ..BindingChange::default()
    };
    let unknown = BindingChange {
        role: Some(organization.child([9; 8]).unwrap()),
        ..BindingChange::default()
    };
    for (to, error) in [
        (other, UpdateBindingError::IdentityFixed),
        (unknown, UpdateBindingError::RoleNotFound),
        (to_role(gulfstream()), UpdateBindingError::RoleReserved),
        (to_role(editor()), UpdateBindingError::Exists),
        (to_end(test, Duration::ZERO), UpdateBindingError::Ended),
        (
            to_end(test, BINDING_LIFE_MAX + HOUR),
            UpdateBindingError::EndTooFar,
        ),
    ] {
        assert_eq!(change(test, &mine, &uid, to).await, Err(error));
    }
    let nothing = organization.child([8; 8]).unwrap();
    let refused = change(test, &mine, &nothing, to_role(editor())).await;
    assert_eq!(refused, Err(UpdateBindingError::NotFound));
    let refused = change(test, &guest, &uid, to_role(owner())).await;
    assert!(matches!(refused, Err(UpdateBindingError::BeyondReach(_))));
    let created = NewBinding {
        ends_at: Some(test.clock.now().later(BINDING_LIFE_MAX + HOUR)),
        ..bound(&guest, owner().uid(), &organization)
    };
    let created = test.store.role_bindings(&mine).create(created).await;
    assert_eq!(rule(created.unwrap_err()), CreateBindingError::EndTooFar);
}

pub(crate) async fn nobody_changes_what_they_do_not_hold_before_or_after(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let worker = test.sign_in("editor@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let own = bind(test, &mine, bound(&worker, editor().uid(), &organization)).await;
    let boss = bind(test, &mine, bound(&guest, owner().uid(), &organization)).await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let weak = bind(test, &mine, bound(&guest, viewer().uid(), &folder)).await;
    for (uid, to) in [
        (&boss, to_role(viewer())),
        (&boss, to_end(test, HOUR)),
        (&weak, to_role(owner())),
        (&own, to_role(owner())),
    ] {
        let refused = change(test, &worker, uid, to).await;
        assert!(matches!(refused, Err(UpdateBindingError::BeyondReach(_))));
    }
    change(test, &worker, &weak, to_role(editor()))
        .await
        .unwrap();
    // Until an end of one's own one gives nothing for longer, not even to oneself.
    change(test, &worker, &own, to_end(test, HOUR))
        .await
        .unwrap();
    for (uid, to) in [
        (&own, to_end(test, HOUR + HOUR)),
        (&weak, to_role(viewer())),
    ] {
        let refused = change(test, &worker, uid, to).await;
        assert!(matches!(refused, Err(UpdateBindingError::BeyondReach(_))));
    }
    // To step down is to leave.
    change(test, &worker, &own, to_role(viewer()))
        .await
        .unwrap();
    let refused = change(test, &worker, &own, to_role(viewer())).await;
    let what = Capability::ROLE_BINDINGS_UPDATE;
    assert_eq!(refused, Err(UpdateBindingError::Forbidden(what)));
    let stranger = test.sign_in("stranger@example.com").await.caller;
    let refused = change(test, &stranger, &own, to_role(viewer())).await;
    assert_eq!(refused, Err(UpdateBindingError::NotFound));
}

pub(crate) async fn the_last_owner_neither_steps_down_nor_gets_an_end(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let other = test.sign_in("other@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let uid = own(test, &mine).await;
    for to in [to_role(editor()), to_end(test, HOUR)] {
        let refused = change(test, &mine, &uid, to).await;
        assert_eq!(refused, Err(UpdateBindingError::LastOwner));
    }
    bind(test, &mine, bound(&other, owner().uid(), &organization)).await;
    change(test, &mine, &uid, to_role(editor())).await.unwrap();
}

pub(crate) async fn of_two_owners_who_demote_each_other_at_once_one_stays(test: &TestStore) {
    let one = test.sign_in("one@example.com").await.caller;
    let other = test.sign_in("other@example.com").await.caller;
    for round in 0..30 {
        let organization = test.organization(&one, &format!("o{round}")).await;
        let held = test.store.held_bindings(&one).await.unwrap();
        let of_one = held.iter().find(|held| held.group == organization);
        let of_one = of_one.unwrap().binding.clone();
        let of_other = bind(test, &one, bound(&other, owner().uid(), &organization)).await;
        let to = match round % 2 {
            0 => to_role(editor()),
            _ => to_end(test, HOUR),
        };
        let tasks = [
            (one.clone(), of_one, to.clone()),
            (other.clone(), of_other, to),
        ]
        .map(|(caller, uid, to)| {
            let store = test.store.clone();
            tokio::spawn(async move { store.role_bindings(&caller).update(uid, to).await })
        });
        let mut done = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => done += 1,
                Err(Failure::Rule(UpdateBindingError::LastOwner)) => {}
                Err(error) => panic!("round {round}: {error}"),
            }
        }
        assert_eq!(done, 1, "round {round}");
    }
    assert_eq!(test.store.as_host().ownerless().await.unwrap(), []);
}

pub(crate) async fn of_several_bindings_all_are_made_or_none(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let bindings = test.store.role_bindings(&mine);
    let revision = crate::raw::revision(test, &organization).await;
    let refused = bindings.create_batch(vec![
        bound(&guest, viewer().uid(), &organization),
        bound(&guest, gulfstream().uid(), &folder),
    ]);
    let error = CreateBindingError::RoleReserved;
    assert_eq!(
        rule(refused.await.unwrap_err()),
        BatchBindingError { at: 1, error }
    );
    assert!(test.store.held_bindings(&guest).await.unwrap().is_empty());
    let wanted = vec![
        bound(&guest, viewer().uid(), &organization),
        bound(&guest, editor().uid(), &folder),
        bound(&guest, viewer().uid(), &organization),
    ];
    let made = bindings.create_batch(wanted.clone()).await.unwrap();
    assert_eq!(made[0], made[2], "the same twice is one");
    assert_eq!(made.len(), 3);
    let after = crate::raw::revision(test, &organization).await;
    assert_eq!(after, revision + 1, "one write");
    assert_eq!(bindings.create_batch(wanted).await.unwrap(), made);
    assert_eq!(crate::raw::revision(test, &organization).await, after);
    let elsewhere = test.organization(&mine, "elsewhere").await;
    let refused = bindings.create_batch(vec![
        bound(&guest, owner().uid(), &organization),
        bound(&guest, owner().uid(), &elsewhere),
    ]);
    assert_eq!(rule(refused.await.unwrap_err()).at, 1);
}
