//! Rule 3: an organization keeps an owner who can sign in.

use std::time::Duration;

use bailiwick_domain::{
    BuiltInRole, DeleteBindingError, HostUnbindError, SuspendIdentityError, Uidp, owner, viewer,
};
use bailiwick_store::{Caller, Clock as _, Failure, NewBinding, SignInError};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::group;

/// Binds as the owner does.
async fn bind(test: &TestStore, by: &Caller, to: &Caller, role: &BuiltInRole, at: &Uidp) -> Uidp {
    let binding = NewBinding {
        identity: to.identity().clone(),
        role: role.uid().clone(),
        group: at.clone(),
        ends_at: None,
    };
    let made = test.store.role_bindings(by).create(binding).await;
    made.unwrap().uid
}

/// The binding that making the organization gave.
async fn own_binding(test: &TestStore, caller: &Caller, at: &Uidp) -> Uidp {
    let held = test.store.held_bindings(caller).await.unwrap();
    let own = held.iter().find(|held| held.group == *at).unwrap();
    own.binding.clone()
}

async fn leave(test: &TestStore, caller: &Caller, uid: &Uidp) -> Result<(), DeleteBindingError> {
    let left = test.store.role_bindings(caller).delete(uid.clone()).await;
    left.map_err(|failure| match failure {
        Failure::Rule(rule) => rule,
        Failure::Store(error) => panic!("{error}"),
    })
}

pub(crate) async fn the_last_owner_does_not_leave(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let own = own_binding(test, &mine, &organization).await;
    let refused = Err(DeleteBindingError::LastOwner);
    assert_eq!(leave(test, &mine, &own).await, refused);
    // An owner of a folder, a viewer of everything, and an owner for a time do not do.
    bind(test, &mine, &guest, owner(), &folder).await;
    bind(test, &mine, &guest, viewer(), &organization).await;
    let ends = NewBinding {
        identity: guest.identity().clone(),
        role: owner().uid().clone(),
        group: organization.clone(),
        ends_at: Some(test.clock.now().later(Duration::from_secs(60))),
    };
    let for_a_time = test.store.role_bindings(&mine).create(ends).await.unwrap();
    assert_eq!(leave(test, &mine, &own).await, refused);
    leave(test, &mine, &for_a_time.uid).await.unwrap();
    let second = bind(test, &mine, &guest, owner(), &organization).await;
    leave(test, &mine, &own).await.unwrap();
    assert_eq!(leave(test, &guest, &second).await, refused);
}

pub(crate) async fn of_two_owners_who_remove_each_other_at_once_one_stays(test: &TestStore) {
    let soak = std::env::var("BAILIWICK_SOAK").is_ok_and(|soak| soak == "1");
    let rounds = if soak { 1000 } else { 100 };
    let one = test.sign_in("one@example.com").await.caller;
    let other = test.sign_in("other@example.com").await.caller;
    for round in 0..rounds {
        let organization = test.organization(&one, &format!("o{round}")).await;
        let of_one = own_binding(test, &one, &organization).await;
        let of_other = bind(test, &one, &other, owner(), &organization).await;
        // Each removes the other, or both leave: every second round.
        let (first, second) = match round % 2 {
            0 => (of_other.clone(), of_one.clone()),
            _ => (of_one.clone(), of_other.clone()),
        };
        let tasks = [(one.clone(), first), (other.clone(), second)].map(|(caller, uid)| {
            let store = test.store.clone();
            tokio::spawn(async move { store.role_bindings(&caller).delete(uid).await })
        });
        let mut done = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => done += 1,
                Err(Failure::Rule(
                    DeleteBindingError::LastOwner | DeleteBindingError::NotFound,
                )) => {}
                Err(error) => panic!("round {round}: {error}"),
            }
        }
        assert_eq!(done, 1, "round {round}");
    }
    assert_eq!(test.store.as_host().ownerless().await.unwrap(), []);
}

pub(crate) async fn who_cannot_sign_in_is_no_owner(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let own = own_binding(test, &mine, &organization).await;
    bind(test, &mine, &guest, owner(), &organization).await;
    let host = test.store.as_host();
    host.suspend(guest.identity().clone(), false).await.unwrap();
    let refused = Err(DeleteBindingError::LastOwner);
    assert_eq!(
        leave(test, &mine, &own).await,
        refused,
        "the other is suspended"
    );
    let suspended = host.suspend(mine.identity().clone(), false).await;
    let Err(Failure::Rule(SuspendIdentityError::LastOwner(left))) = suspended else {
        panic!("{suspended:?}");
    };
    assert_eq!(left, ["acme"]);
    assert!(test.store.groups(&mine).get(&organization).await.is_ok());
    host.restore(guest.identity().clone()).await.unwrap();
    // Nobody has ever seen this person.
    let unseen = NewBinding {
        identity: Uidp::root([9; 20]),
        role: owner().uid().clone(),
        group: organization.clone(),
        ends_at: None,
    };
    test.store
        .role_bindings(&mine)
        .create(unseen)
        .await
        .unwrap();
    host.suspend(guest.identity().clone(), false).await.unwrap();
    assert_eq!(leave(test, &mine, &own).await, refused);
    // The configuration no longer knows the provider.
    let store = test.open_elsewhere().await.unwrap();
    let left = store.as_host().ownerless().await.unwrap();
    assert_eq!(left, [(organization, "acme".to_owned())]);
}

pub(crate) async fn the_host_makes_organizations_and_owners(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let host = test.store.as_host();
    let made = host.create_organization(group("acme")).await.unwrap();
    let left = host.ownerless().await.unwrap();
    assert_eq!(left, [(made.uid.clone(), "acme".to_owned())]);
    let again = host.create_organization(group("acme")).await;
    assert!(matches!(again, Err(Failure::Rule(_))));
    let binding = NewBinding {
        identity: mine.identity().clone(),
        role: owner().uid().clone(),
        group: made.uid.clone(),
        ends_at: None,
    };
    let bound = host.bind(binding.clone()).await.unwrap();
    assert_eq!(host.bind(binding).await.unwrap(), bound);
    assert_eq!(host.ownerless().await.unwrap(), []);
    test.folder(&mine, &made.uid, "dev").await;
    let found = host.find_group("acme/dev").await.unwrap().unwrap();
    assert_eq!(found.uid.parent(), Some(made.uid.clone()));
    assert!(host.find_group("acme/prod").await.unwrap().is_none());
    let refused = host.unbind(bound.clone(), false).await;
    assert!(matches!(
        refused,
        Err(Failure::Rule(HostUnbindError::LastOwner))
    ));
    host.unbind(bound, true).await.unwrap();
    let rows = test.store.audit_rows(Some(&made.uid)).await.unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.actor.as_str(),
                row.action.as_str(),
                row.refusal.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("host", "groups.create", ""),
            ("host", "role_bindings.create", ""),
            (mine.identity().as_str(), "groups.create", ""),
            ("host", "role_bindings.delete", "LAST_OWNER"),
            ("host", "role_bindings.delete", ""),
        ]
    );
}

pub(crate) async fn an_organization_without_an_owner_can_still_be_worked_in(test: &TestStore) {
    let guest = test.sign_in("guest@example.com").await.caller;
    let made = test
        .store
        .as_host()
        .create_organization(group("acme"))
        .await;
    let organization = made.unwrap().uid;
    let ends = test.clock.now().later(Duration::from_secs(60));
    let binding = NewBinding {
        identity: guest.identity().clone(),
        role: owner().uid().clone(),
        group: organization.clone(),
        ends_at: Some(ends),
    };
    let bound = test.store.as_host().bind(binding).await.unwrap();
    test.folder(&guest, &organization, "dev").await;
    leave(test, &guest, &bound).await.unwrap();
}

pub(crate) async fn who_is_suspended_is_gone_at_the_next_request(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await;
    let organization = test.organization(&mine, "acme").await;
    bind(test, &mine, &guest.caller, owner(), &organization).await;
    let code = test.code("guest@example.com").await;
    let host = test.store.as_host();
    host.suspend(guest.caller.identity().clone(), false)
        .await
        .unwrap();
    assert!(test.store.session(&guest.secret).await.unwrap().is_none());
    let groups = test.store.groups(&guest.caller);
    assert!(
        groups.get(&organization).await.is_err(),
        "with a request on its way"
    );
    assert!(
        groups
            .create_folder(organization.clone(), group("in"))
            .await
            .is_err()
    );
    assert!(
        test.store
            .held_bindings(&guest.caller)
            .await
            .unwrap()
            .is_empty()
    );
    let redemption = bailiwick_testkit::store::redemption(&code);
    assert!(test.store.redeem_code(redemption).await.is_err());
    let later = bailiwick_testkit::store::redemption(&test.code("guest@example.com").await);
    assert!(matches!(
        test.store.redeem_code(later).await,
        Err(Failure::Rule(SignInError::Suspended))
    ));
    let known = host.find_identities("guest@example.com").await.unwrap();
    assert_eq!(known.len(), 1);
    assert!(known[0].suspended);
    host.restore(guest.caller.identity().clone()).await.unwrap();
    assert!(
        test.store.session(&guest.secret).await.unwrap().is_none(),
        "it has ended"
    );
    let back = test.sign_in("guest@example.com").await.caller;
    assert!(test.store.groups(&back).get(&organization).await.is_ok());
    let trail = test.store.audit_rows(Some(&organization)).await.unwrap();
    let told: Vec<_> = trail.iter().map(|row| row.action.as_str()).collect();
    assert!(told.contains(&"identities.suspend") && told.contains(&"identities.restore"));
    let nobody = host.suspend(Uidp::root([9; 20]), false).await;
    assert!(matches!(
        nobody,
        Err(Failure::Rule(SuspendIdentityError::NotFound))
    ));
}

pub(crate) async fn an_owner_invite_is_kept_as_a_hash(test: &TestStore) {
    // Where mail is sent, the code waits for it.
    let mute = crate::outbox::mute(test).await;
    let host = mute.as_host();
    let organization = host.create_organization(group("acme")).await.unwrap().uid;
    let invite = host
        .owner_invite(bailiwick_store::NewOwnerInvite {
            organization: organization.clone(),
            email: Some("a@example.com".parse().unwrap()),
            life: Duration::from_secs(3600),
        })
        .await
        .unwrap();
    let code = invite.code.expose();
    assert!(code.starts_with("bwi_") && code.len() == 4 + 43, "{code}");
    assert!(!crate::raw::holds(test, code).await);
    assert!(crate::raw::holds(test, &invite.code.hash()).await);
    assert_eq!(
        invite.expire_time.since(test.clock.now()),
        Duration::from_secs(3600)
    );
    let trail = test.store.audit_rows(Some(&organization)).await.unwrap();
    let last = trail.last().unwrap();
    assert_eq!(last.action, "group_invites.create");
    assert!(last.detail.contains(&invite.key_id) && !last.detail.contains(code));
}
