//! What takes a sign-in of the last 15 minutes, and what does not.

use std::time::Duration;

use bailiwick_domain::{
    BuiltInRole, ChangeError, ChangesError, CreateBindingError, CreateInviteError,
    DeleteGroupError, Refusal, ReissueInviteError, STEP_UP_WITHIN, Uidp, UpdateBindingError,
    UpdateRoleError, editor, owner, viewer,
};
use bailiwick_store::{AccessChange, BindingChange, Clock as _, Deletion, Failure, NewBinding};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::SignedIn;

use crate::invites::{addressed, invite, link};
use crate::roles::{holding, make, role};

const MICROSECOND: Duration = Duration::from_micros(1);
const HOUR: Duration = Duration::from_secs(3600);

fn binding(to: &SignedIn, role: &BuiltInRole, group: &Uidp) -> NewBinding {
    NewBinding {
        identity: to.caller.identity().clone(),
        role: role.uid().clone(),
        group: group.clone(),
        ends_at: None,
    }
}

fn is_step_up<T, E: Refusal>(result: Result<T, Failure<E>>) -> bool {
    match result {
        Err(Failure::Rule(rule)) => rule.reason() == "STEP_UP_REQUIRED",
        _ => false,
    }
}

pub(crate) async fn an_owner_is_made_after_a_recent_sign_in_alone(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await;
    let guest = test.sign_in("guest@example.com").await;
    let root = test.organization(&mine.caller, "acme").await;
    let bindings = test.store.role_bindings(&mine.caller);
    let viewing = bindings.create(binding(&guest, viewer(), &root)).await;
    let viewing = viewing.unwrap().uid;
    let something = [bailiwick_domain::Capability::GROUPS_LIST];
    let custom = make(test, &mine.caller, role(&root, "custom", &something)).await;
    let custom = custom.unwrap().role.uid;
    let pending = invite(test, &mine.caller, link(owner(), &root)).await;
    let pending = pending.unwrap().invite.uid;

    test.clock.advance(STEP_UP_WITHIN + MICROSECOND);
    let (invites, roles) = (
        test.store.group_invites(&mine.caller),
        test.store.roles(&mine.caller),
    );
    let to_owner = BindingChange {
        role: Some(owner().uid().clone()),
        ..BindingChange::default()
    };
    let made = bindings.create(binding(&guest, owner(), &root)).await;
    assert!(matches!(
        made,
        Err(Failure::Rule(CreateBindingError::StepUp(_)))
    ));
    let changed = bindings.update(viewing.clone(), to_owner.clone()).await;
    assert!(matches!(
        changed,
        Err(Failure::Rule(UpdateBindingError::StepUp(_)))
    ));
    let invited = invite(test, &mine.caller, addressed(owner(), &root, "b@x.example")).await;
    assert!(matches!(invited, Err(CreateInviteError::StepUp(_))));
    let again = invites.reissue(pending.clone(), None).await;
    assert!(matches!(
        again,
        Err(Failure::Rule(ReissueInviteError::StepUp(_)))
    ));
    assert!(is_step_up(invites.extend(pending, HOUR).await));
    let widened = roles
        .update(custom.clone(), holding(owner().capabilities))
        .await;
    assert!(matches!(
        widened,
        Err(Failure::Rule(UpdateRoleError::StepUp(_)))
    ));

    let mine = test.sign_in("owner@example.com").await;
    let bindings = test.store.role_bindings(&mine.caller);
    assert!(bindings.update(viewing, to_owner).await.is_ok());
    let roles = test.store.roles(&mine.caller);
    let widened = roles.update(custom, holding(owner().capabilities)).await;
    assert!(widened.is_ok());
}

pub(crate) async fn an_organization_is_deleted_after_a_recent_sign_in_alone(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await;
    let root = test.organization(&mine.caller, "acme").await;
    let folder = test.folder(&mine.caller, &root, "dev").await.uid;
    test.clock.advance(STEP_UP_WITHIN + MICROSECOND);
    let groups = test.store.groups(&mine.caller);
    let refused = groups.delete(root.clone(), Deletion::Subtree).await;
    assert!(matches!(
        refused,
        Err(Failure::Rule(DeleteGroupError::StepUp(_)))
    ));
    let rows = test.store.audit_rows(Some(&root)).await.unwrap();
    assert_eq!(rows.last().unwrap().refusal, "STEP_UP_REQUIRED");
    let folders = groups.delete(folder, Deletion::Subtree).await;
    assert!(folders.is_ok(), "a folder is none");
    let mine = test.sign_in("owner@example.com").await;
    let groups = test.store.groups(&mine.caller);
    assert!(groups.delete(root, Deletion::Empty).await.is_ok());
}

pub(crate) async fn a_preview_takes_no_recent_sign_in_and_making_it_does(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await;
    let guest = test.sign_in("guest@example.com").await;
    let root = test.organization(&mine.caller, "acme").await;
    test.clock.advance(STEP_UP_WITHIN + MICROSECOND);
    let change = vec![AccessChange::CreateBinding(binding(&guest, owner(), &root))];
    let changes = test.store.changes(&mine.caller);
    let effect = changes.preview(root.clone(), change.clone()).await.unwrap();
    assert_eq!((effect.owner_count, effect.refusals.len()), (2, 0));
    let refused = changes.apply(root.clone(), change.clone(), None).await;
    assert!(matches!(
        refused,
        Err(Failure::Rule(ChangesError::Refused {
            index: 0,
            error: ChangeError::CreateBinding(CreateBindingError::StepUp(_)),
        }))
    ));
    let mine = test.sign_in("owner@example.com").await;
    let changes = test.store.changes(&mine.caller);
    assert_eq!(
        changes.apply(root, change, None).await.unwrap().owner_count,
        2
    );
}

pub(crate) async fn what_makes_no_owner_takes_no_recent_sign_in(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await;
    let guest = test.sign_in("guest@example.com").await;
    let root = test.organization(&mine.caller, "acme").await;
    let folder = test.folder(&mine.caller, &root, "dev").await.uid;
    let bindings = test.store.role_bindings(&mine.caller);
    let owning = bindings.create(binding(&guest, owner(), &root)).await;
    let owning = owning.unwrap().uid;
    test.clock.advance(STEP_UP_WITHIN + MICROSECOND);
    for (role, group) in [(editor(), &root), (owner(), &folder)] {
        let made = bindings.create(binding(&guest, role, group)).await;
        assert!(made.is_ok(), "{made:?}");
    }
    let invited = invite(test, &mine.caller, link(owner(), &folder)).await;
    assert!(invited.is_ok());
    let end = |far| BindingChange {
        ends_at: Some(Some(test.clock.now().later(far))),
        ..BindingChange::default()
    };
    let shortened = bindings.update(owning.clone(), end(2 * HOUR)).await;
    assert!(shortened.is_ok(), "an owner for a shorter time is no gain");
    assert!(is_step_up(
        bindings.update(owning.clone(), end(3 * HOUR)).await
    ));
    assert!(bindings.delete(owning).await.is_ok());
}
