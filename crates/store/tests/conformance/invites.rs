//! Making, renewing and revoking invites: an invite is a promised role binding.

use std::time::Duration;

use bailiwick_domain::{
    BatchInviteError, BuiltInRole, Capability, CreateInviteError, EmailError, InviteState,
    ReissueInviteError, RevokeInviteError, Uidp, editor, gulfstream, owner, viewer,
};
use bailiwick_store::{
    Caller, Clock as _, Failure, Issued, NewBinding, NewInvite, NewInvites, Secret,
};
use bailiwick_testkit::TestStore;

pub(crate) const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// A link for anyone, for an hour.
pub(crate) fn link(role: &BuiltInRole, group: &Uidp) -> NewInvite {
    NewInvite {
        group: group.clone(),
        role: role.uid().clone(),
        email: None,
        life: HOUR,
        single_use: false,
        ends_at: None,
    }
}

/// An invite for an address, for an hour.
pub(crate) fn addressed(role: &BuiltInRole, group: &Uidp, email: &str) -> NewInvite {
    NewInvite {
        email: Some(email.parse().unwrap()),
        ..link(role, group)
    }
}

/// What the rules answer.
pub(crate) fn ruled<T, E>(result: Result<T, Failure<E>>) -> Result<T, E> {
    result.map_err(|failure| match failure {
        Failure::Rule(rule) => rule,
        Failure::Store(error) => panic!("{error}"),
    })
}

pub(crate) async fn invite(
    test: &TestStore,
    by: &Caller,
    new: NewInvite,
) -> Result<Issued, CreateInviteError> {
    ruled(test.store.group_invites(by).create(new).await)
}

pub(crate) async fn bind(
    test: &TestStore,
    by: &Caller,
    to: &Caller,
    role: &BuiltInRole,
    group: &Uidp,
    far: Option<Duration>,
) -> Uidp {
    let binding = NewBinding {
        identity: to.identity().clone(),
        role: role.uid().clone(),
        group: group.clone(),
        ends_at: far.map(|far| test.clock.now().later(far)),
    };
    let made = test.store.role_bindings(by).create(binding).await;
    made.unwrap().uid
}

pub(crate) async fn an_invite_is_kept_as_a_hash_and_its_key_opens_nothing(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let made = invite(test, &mine, link(viewer(), &organization)).await;
    let Issued { invite, code } = made.unwrap();
    assert!(code.expose().starts_with("bwi_"));
    assert_eq!(code.expose().len(), bailiwick_domain::INVITE_CODE_LENGTH);
    assert_eq!(invite.state(test.clock.now()), InviteState::Pending);
    let kept = crate::raw::text(test, "SELECT code_hash FROM group_invites").await;
    assert_eq!(kept, code.hash());
    let trail = test.store.audit_rows(Some(&organization)).await.unwrap();
    let row = trail.last().unwrap();
    assert_eq!(
        (row.action.as_str(), row.target.as_str()),
        ("group_invites.create", invite.uid.as_str())
    );
    for row in &trail {
        assert!(!row.detail.contains(code.expose()), "{row:?}");
        assert!(!row.detail.contains(&code.hash()), "{row:?}");
    }
    let upper = code.expose().to_ascii_uppercase();
    for wrong in [
        invite.key_id.as_str(),
        &format!("bwi_{}", invite.key_id),
        &code.hash(),
        &upper,
        &code.expose()[..46],
        &format!("{}A", code.expose()),
        invite.uid.as_str(),
        "",
    ] {
        let accepted = test.store.invite_of(Secret::from_client(wrong));
        let refused = ruled(accepted.accept(&guest).await);
        assert_eq!(
            refused,
            Err(bailiwick_domain::AcceptInviteError::Unknown),
            "{wrong}"
        );
    }
}

pub(crate) async fn nobody_invites_to_what_they_could_not_bind(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let refused = invite(test, &guest, link(viewer(), &organization)).await;
    assert_eq!(refused.unwrap_err(), CreateInviteError::GroupNotFound);
    // An editor binds roles, and yet invites nobody.
    bind(test, &mine, &guest, editor(), &organization, None).await;
    let refused = invite(test, &guest, link(viewer(), &folder)).await;
    assert_eq!(
        refused.unwrap_err(),
        CreateInviteError::Forbidden(Capability::GROUP_INVITES_CREATE)
    );
    // An owner for an hour gives nothing for longer.
    bind(test, &mine, &guest, owner(), &folder, Some(HOUR)).await;
    let refused = invite(test, &guest, link(viewer(), &folder)).await;
    assert!(
        refused.is_ok(),
        "as an editor for good, they hold all of it"
    );
    let refused = invite(test, &guest, link(owner(), &folder)).await;
    assert!(matches!(refused, Err(CreateInviteError::BeyondReach(_))));
    let until = |far| NewInvite {
        ends_at: Some(test.clock.now().later(far)),
        life: DAY,
        ..link(owner(), &folder)
    };
    let refused = invite(test, &guest, until(HOUR + Duration::from_micros(1))).await;
    assert!(matches!(refused, Err(CreateInviteError::BeyondReach(_))));
    let made = invite(test, &guest, until(HOUR)).await.unwrap().invite;
    assert_eq!(
        Some(made.expire_time),
        made.ends_at,
        "it never outlives what it gives"
    );
    let refused = invite(test, &guest, until(Duration::ZERO)).await;
    assert_eq!(refused.unwrap_err(), CreateInviteError::Ended);
    let refused = invite(test, &mine, link(gulfstream(), &folder)).await;
    assert_eq!(refused.unwrap_err(), CreateInviteError::RoleReserved);
    let unknown = NewInvite {
        role: Uidp::root([7; 20]),
        ..link(viewer(), &folder)
    };
    let refused = invite(test, &mine, unknown).await;
    assert_eq!(refused.unwrap_err(), CreateInviteError::RoleNotFound);
    test.clock.advance(HOUR);
    let refused = invite(test, &guest, link(viewer(), &folder)).await;
    assert_eq!(
        refused.unwrap_err(),
        CreateInviteError::Forbidden(Capability::GROUP_INVITES_CREATE),
        "dead at the instant"
    );
}

pub(crate) async fn a_mailbox_is_invited_to_a_role_once(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let made = invite(test, &mine, addressed(viewer(), &folder, "ada@example.com")).await;
    let first = made.unwrap().invite;
    assert!(first.single_use, "an address accepts once");
    let again = invite(test, &mine, addressed(viewer(), &folder, "ADA@Example.COM")).await;
    assert_eq!(again.unwrap_err(), CreateInviteError::AlreadyInvited);
    for other in [
        addressed(editor(), &folder, "ada@example.com"),
        addressed(viewer(), &organization, "ada@example.com"),
        addressed(viewer(), &folder, "a.da@example.com"),
    ] {
        assert!(
            invite(test, &mine, other.clone()).await.is_ok(),
            "{other:?}"
        );
    }
    test.clock.advance(HOUR);
    let expired = invite(test, &mine, addressed(viewer(), &folder, "ada@example.com")).await;
    let second = expired.unwrap().invite;
    let invites = test.store.group_invites(&mine);
    invites.revoke(second.uid).await.unwrap();
    let revoked = invite(test, &mine, addressed(viewer(), &folder, "ada@example.com")).await;
    assert!(revoked.is_ok());
    // Whoever holds all of it already need not be invited.
    let taken = invite(
        test,
        &mine,
        addressed(viewer(), &folder, "owner@example.com"),
    )
    .await;
    assert_eq!(taken.unwrap_err(), CreateInviteError::AlreadyMember);
    // Who was bound without an act of their own is not betrayed.
    let guest = test.sign_in("guest@example.com").await.caller;
    bind(test, &mine, &guest, viewer(), &folder, None).await;
    let unknown = invite(
        test,
        &mine,
        addressed(viewer(), &folder, "guest@example.com"),
    )
    .await;
    assert!(unknown.is_ok());
}

pub(crate) async fn a_batch_answers_every_address_in_its_order(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    invite(
        test,
        &mine,
        addressed(viewer(), &organization, "ada@example.com"),
    )
    .await
    .unwrap();
    let batch = |emails: &[&str]| NewInvites {
        group: organization.clone(),
        role: viewer().uid().clone(),
        emails: emails.iter().map(|email| email.parse()).collect(),
        life: DAY,
        ends_at: None,
    };
    let invites = test.store.group_invites(&mine);
    let before = crate::raw::revision(test, &organization).await;
    let results = invites
        .create_batch(batch(&[
            "new@example.com",
            "nobody",
            "ada@EXAMPLE.com",
            "owner@example.com",
            "New@example.com",
            "other@example.com",
        ]))
        .await
        .unwrap();
    let plain: Vec<_> = results
        .iter()
        .map(|result| match result {
            Ok(issued) => Ok(issued.invite.email.as_deref().unwrap()),
            Err(error) => Err(error.clone()),
        })
        .collect();
    assert_eq!(
        plain,
        [
            Ok("new@example.com"),
            Err(BatchInviteError::Invalid(EmailError::NoAt)),
            Err(BatchInviteError::AlreadyInvited),
            Err(BatchInviteError::AlreadyMember),
            Err(BatchInviteError::Duplicate),
            Ok("other@example.com"),
        ]
    );
    assert_eq!(
        crate::raw::revision(test, &organization).await,
        before + 1,
        "one transaction"
    );
    let codes: std::collections::BTreeSet<_> = results
        .iter()
        .flatten()
        .map(|issued| issued.code.expose().to_owned())
        .collect();
    assert_eq!(codes.len(), 2);
    let trail = test.store.audit_rows(Some(&organization)).await.unwrap();
    let actions: Vec<_> = trail.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(
        actions[actions.len() - 3..],
        [
            "group_invites.create",
            "group_invites.create",
            "group_invites.batch_create"
        ]
    );
    // None need be invited: nothing is written.
    let again = invites.create_batch(batch(&["new@example.com"])).await;
    assert!(again.unwrap()[0].is_err());
    assert_eq!(crate::raw::revision(test, &organization).await, before + 1);
    let guest = test.sign_in("guest@example.com").await.caller;
    let refused = test.store.group_invites(&guest);
    let refused = ruled(refused.create_batch(batch(&["x@example.com"])).await);
    assert_eq!(refused.unwrap_err(), CreateInviteError::GroupNotFound);
}

pub(crate) async fn a_new_code_kills_the_old_one(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let second = test.sign_in("second@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    bind(test, &mine, &second, owner(), &organization, None).await;
    let first = invite(test, &mine, link(viewer(), &organization)).await;
    let first = first.unwrap();
    let uid = first.invite.uid.clone();
    let renewed = test.store.group_invites(&second);
    let reissued = renewed.reissue(uid.clone(), None).await.unwrap();
    assert_eq!(reissued.invite.expire_time, first.invite.expire_time);
    assert_ne!(reissued.invite.key_id, first.invite.key_id);
    let bailiwick_store::InviterRow::Person { uid: inviter, .. } = &reissued.invite.inviter else {
        panic!("{reissued:?}");
    };
    assert_eq!(inviter, second.identity());
    let old = test.store.invite_of(first.code.clone());
    assert!(ruled(old.accept(&guest).await).is_err());
    // A later end alone leaves the code.
    let extended = test.store.group_invites(&mine);
    let extended = extended.extend(uid.clone(), DAY).await.unwrap();
    assert_eq!(extended.expire_time, test.clock.now().later(DAY));
    assert_eq!(extended.key_id, reissued.invite.key_id);
    test.clock.advance(DAY);
    let expired = test.store.invite_of(reissued.code);
    assert_eq!(
        ruled(expired.accept(&guest).await),
        Err(bailiwick_domain::AcceptInviteError::Expired)
    );
    let alive = test.store.group_invites(&mine);
    let alive = alive.reissue(uid.clone(), None).await.unwrap();
    assert_eq!(
        alive.invite.expire_time,
        test.clock.now().later(bailiwick_domain::TTL_DEFAULT)
    );
    test.store
        .invite_of(alive.code)
        .accept(&guest)
        .await
        .unwrap();
}

pub(crate) async fn renewing_takes_what_inviting_takes(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let made = invite(test, &mine, link(owner(), &folder)).await.unwrap();
    let uid = made.invite.uid;
    let both = async |by: &Caller| {
        let invites = test.store.group_invites(by);
        let reissued = ruled(invites.reissue(uid.clone(), None).await).map(|_| ());
        let extended = ruled(invites.extend(uid.clone(), DAY).await).map(|_| ());
        assert_eq!(reissued, extended);
        reissued
    };
    assert_eq!(both(&guest).await, Err(ReissueInviteError::NotFound));
    bind(test, &mine, &guest, editor(), &organization, None).await;
    assert_eq!(
        both(&guest).await,
        Err(ReissueInviteError::Forbidden(
            Capability::GROUP_INVITES_CREATE
        ))
    );
    bind(test, &mine, &guest, owner(), &folder, Some(HOUR)).await;
    let refused = both(&guest).await;
    assert!(matches!(refused, Err(ReissueInviteError::BeyondReach(_))));
    assert_eq!(both(&mine).await, Ok(()));
    let invites = test.store.group_invites(&mine);
    invites.revoke(uid.clone()).await.unwrap();
    assert_eq!(both(&mine).await, Err(ReissueInviteError::Closed));
    let nothing = ruled(invites.reissue(folder.child([7; 8]).unwrap(), None).await);
    assert_eq!(nothing.unwrap_err(), ReissueInviteError::NotFound);
}

pub(crate) async fn a_revoked_invite_is_dead_at_once(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let shown = test.sign_in("viewer@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    bind(test, &mine, &shown, viewer(), &organization, None).await;
    let made = invite(test, &mine, link(viewer(), &organization)).await;
    let Issued { invite, code } = made.unwrap();
    let revoke = async |by: &Caller| {
        let invites = test.store.group_invites(by);
        ruled(invites.revoke(invite.uid.clone()).await)
    };
    assert_eq!(revoke(&guest).await, Err(RevokeInviteError::NotFound));
    assert_eq!(
        revoke(&shown).await,
        Err(RevokeInviteError::Forbidden(
            Capability::GROUP_INVITES_DELETE
        ))
    );
    // What somebody promised for longer than one holds it is not one's to take.
    bind(test, &mine, &guest, owner(), &organization, Some(HOUR)).await;
    let refused = revoke(&guest).await;
    assert!(matches!(refused, Err(RevokeInviteError::BeyondReach(_))));
    assert_eq!(revoke(&mine).await, Ok(()));
    let accepted = ruled(test.store.invite_of(code).accept(&shown).await);
    assert_eq!(accepted, Err(bailiwick_domain::AcceptInviteError::Revoked));
    let revision = crate::raw::revision(test, &organization).await;
    assert_eq!(revoke(&mine).await, Ok(()), "again is no error");
    let nothing = test.store.group_invites(&mine);
    let nothing = nothing.revoke(organization.child([7; 8]).unwrap()).await;
    assert!(nothing.is_ok());
    assert_eq!(crate::raw::revision(test, &organization).await, revision);
}

pub(crate) async fn a_group_takes_its_invites_along(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let made = invite(test, &mine, link(owner(), &folder)).await.unwrap();
    test.store
        .invite_of(made.code.clone())
        .accept(&guest)
        .await
        .unwrap();
    // Who holds less, or not for as long, does not take invites away with their folder.
    let held = test.store.held_bindings(&guest).await.unwrap();
    let bindings = test.store.role_bindings(&mine);
    bindings.delete(held[0].binding.clone()).await.unwrap();
    bind(test, &mine, &guest, owner(), &folder, Some(HOUR)).await;
    let deletion = bailiwick_store::Deletion::Empty;
    let refused = test
        .store
        .groups(&guest)
        .delete(folder.clone(), deletion)
        .await;
    assert!(matches!(
        refused,
        Err(Failure::Rule(
            bailiwick_domain::DeleteGroupError::BeyondReach(_)
        ))
    ));
    test.store
        .groups(&mine)
        .delete(folder, deletion)
        .await
        .unwrap();
    for table in ["group_invites", "group_invite_acceptances"] {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(crate::raw::number(test, &sql).await, 0, "{table}");
    }
    let gone = ruled(test.store.invite_of(made.code).accept(&guest).await);
    assert_eq!(gone, Err(bailiwick_domain::AcceptInviteError::Unknown));
}
