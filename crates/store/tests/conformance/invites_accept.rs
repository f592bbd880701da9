//! Answering invites: who may accept one, how often, and why not.

use std::time::Duration;

use bailiwick_domain::{AcceptInviteError, BuiltInRole, InviteState, Uidp, editor, owner, viewer};
use bailiwick_store::{
    Accepted, AuthorizedLogin, Caller, Clock as _, Issued, NewInvite, NewOwnerInvite, Person,
    Secret,
};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::{group, login, person, redemption};

use crate::invites::{HOUR, addressed, bind, invite, link, ruled};

async fn accept(
    test: &TestStore,
    by: &Caller,
    code: &Secret,
) -> Result<Accepted, AcceptInviteError> {
    ruled(test.store.invite_of(code.clone()).accept(by).await)
}

/// What accepting and inspecting answer alike.
async fn refused(test: &TestStore, by: &Caller, code: &Secret) -> AcceptInviteError {
    let accepted = accept(test, by, code).await.unwrap_err();
    let inspected = test.store.invite_of(code.clone());
    let shown = match ruled(inspected.inspect(Some(by)).await) {
        Ok(inspected) => inspected.answer.unwrap().unwrap_err(),
        Err(error) => error,
    };
    assert_eq!(shown, accepted);
    accepted
}

/// How often an invite was used, and how many role bindings there are.
async fn used(test: &TestStore) -> (i64, i64) {
    (
        crate::raw::number(
            test,
            "SELECT COALESCE(CAST(SUM(uses) AS BIGINT), 0) FROM group_invites",
        )
        .await,
        crate::raw::number(test, "SELECT COUNT(*) FROM role_bindings").await,
    )
}

/// Signs in a person whose provider vouches for no address.
async fn without_address(test: &TestStore, name: &str) -> Caller {
    let code = test
        .store
        .authorize_login(AuthorizedLogin {
            login: login("dev"),
            person: Person {
                email: None,
                ..person(name)
            },
        })
        .await
        .unwrap();
    let (secret, _) = test.store.redeem_code(redemption(&code)).await.unwrap();
    let session = test.store.session(&secret).await.unwrap().unwrap();
    Caller::of_session(&session, "test-request")
}

pub(crate) async fn who_accepts_holds_the_role_and_is_known(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let new = addressed(viewer(), &folder, "Guest@EXAMPLE.com");
    // Where mail is sent, the code waits for it.
    let mute = crate::outbox::mute(test).await;
    let made = mute.group_invites(&mine).create(new).await.unwrap();
    let revision = crate::raw::revision(test, &organization).await;
    let accepted = accept(test, &guest, &made.code).await.unwrap();
    assert_eq!(accepted.invite.group, folder);
    assert_eq!(
        crate::raw::revision(test, &organization).await,
        revision + 1
    );
    assert!(test.store.groups(&guest).get(&folder).await.is_ok());
    assert!(test.store.groups(&guest).get(&organization).await.is_err());
    let bound = test.store.role_bindings(&mine).get(&accepted.binding).await;
    let bound = bound.unwrap();
    assert_eq!((bound.role, bound.ends_at), (viewer().uid().clone(), None));
    assert_eq!(bound.identity.email.as_deref(), Some("guest@example.com"));
    let invites = test.store.group_invites(&mine);
    let uid = &made.invite.uid;
    let shown = invites.get(uid, &[InviteState::Accepted]).await.unwrap();
    assert_eq!(shown.uses, 1);
    assert_eq!(shown.acceptances[0].identity.uid, *guest.identity());
    assert_eq!(shown.acceptances[0].accept_time, test.clock.now());
    assert!(invites.get(uid, &[InviteState::Pending]).await.is_err());
    let trail = test.store.audit_rows(Some(&organization)).await.unwrap();
    let row = trail.last().unwrap();
    assert_eq!(
        (row.actor.as_str(), row.action.as_str(), row.target.as_str()),
        (
            guest.identity().as_str(),
            "group_invites.accept",
            uid.as_str()
        )
    );
    assert!(!crate::raw::holds(test, made.code.expose()).await);
    // Again, by the same person and by another.
    let already = AcceptInviteError::AlreadyMember(folder.clone());
    assert_eq!(refused(test, &guest, &made.code).await, already);
    let other = test.sign_in("other@example.com").await.caller;
    assert_eq!(
        refused(test, &other, &made.code).await,
        AcceptInviteError::Used
    );
}

pub(crate) async fn of_two_hundred_who_accept_at_once_one_wins(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let once = NewInvite {
        single_use: true,
        ..link(viewer(), &organization)
    };
    let Issued { invite, code } = invite(test, &mine, once).await.unwrap();
    let mut people = Vec::new();
    for at in 0..200 {
        people.push(test.sign_in(&format!("p{at}@example.com")).await.caller);
    }
    let tasks: Vec<_> = people
        .into_iter()
        .map(|caller| {
            let (store, code) = (test.store.clone(), code.clone());
            tokio::spawn(async move { store.invite_of(code).accept(&caller).await })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match ruled(task.await.unwrap()) {
            Ok(_) => won += 1,
            Err(refusal) => assert_eq!(refusal, AcceptInviteError::Used),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(used(test).await, (1, 2));
    let sql = "SELECT COUNT(*) FROM group_invite_acceptances";
    assert_eq!(crate::raw::number(test, sql).await, 1);
    let invites = test.store.group_invites(&mine);
    let shown = invites.get(&invite.uid, &[InviteState::Accepted]).await;
    assert_eq!(shown.unwrap().acceptances.len(), 1);
}

pub(crate) async fn a_link_for_many_takes_everyone_once(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let made = invite(test, &mine, link(viewer(), &organization)).await;
    let Issued { invite, code } = made.unwrap();
    for at in 0..12 {
        let guest = test.sign_in(&format!("p{at}@example.com")).await.caller;
        test.clock.advance(Duration::from_micros(1));
        accept(test, &guest, &code).await.unwrap();
        let again = refused(test, &guest, &code).await;
        assert_eq!(
            again,
            AcceptInviteError::AlreadyMember(organization.clone())
        );
    }
    assert_eq!(used(test).await, (12, 13));
    let invites = test.store.group_invites(&mine);
    let shown = invites.get(&invite.uid, &[InviteState::Pending]).await;
    let shown = shown.unwrap();
    assert_eq!((shown.uses, shown.acceptances.len()), (12, 10));
    let last = shown.acceptances[0].identity.email.as_deref();
    assert_eq!(last, Some("p11@example.com"), "the last first");
    // Whoever left may come back.
    let guest = test.sign_in("p3@example.com").await.caller;
    let held = test.store.held_bindings(&guest).await.unwrap();
    let bindings = test.store.role_bindings(&guest);
    bindings.delete(held[0].binding.clone()).await.unwrap();
    accept(test, &guest, &code).await.unwrap();
    // However many there are, there is an end.
    let sql = format!(
        "UPDATE group_invites SET uses = {}",
        bailiwick_domain::INVITE_USES_MAX - 1
    );
    crate::raw::execute(test, &sql).await;
    for (name, expected) in [("last", true), ("too-late", false)] {
        let guest = test.sign_in(&format!("{name}@example.com")).await.caller;
        assert_eq!(
            accept(test, &guest, &code).await.is_ok(),
            expected,
            "{name}"
        );
    }
}

pub(crate) async fn an_invite_is_dead_at_its_instant(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let other = test.sign_in("other@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let made = invite(test, &mine, link(viewer(), &organization)).await;
    let code = made.unwrap().code;
    test.clock.advance(HOUR - Duration::from_micros(1));
    accept(test, &guest, &code).await.unwrap();
    test.clock.advance(Duration::from_micros(1));
    let expired = refused(test, &other, &code).await;
    assert_eq!(expired, AcceptInviteError::Expired);
    let anyone = test.store.invite_of(code);
    assert_eq!(
        ruled(anyone.inspect(None).await),
        Err(AcceptInviteError::Expired)
    );
}

pub(crate) async fn only_the_mailbox_that_is_meant_may_accept(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    for (at, (wanted, own, may)) in [
        ("ada@example.com", "ADA@EXAMPLE.COM", true),
        ("ada@bücher.example", "ada@xn--bcher-kva.example", true),
        ("ada@example.com", "a.da@example.com", false),
        ("ada@example.com", "ada+x@example.com", false),
        ("ada@example.com", "ada@example.org", false),
        ("mike@example.com", "mıke@example.com", false),
        ("kim@example.com", "\u{212a}im@example.com", false),
        ("ada@example.com", "ada\u{200b}@example.com", false),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = format!("f{at}");
        let folder = test.folder(&mine, &organization, &folder).await.uid;
        let new = addressed(viewer(), &folder, wanted);
        let code = invite(test, &mine, new).await.unwrap().code;
        let guest = test.sign_in(own).await.caller;
        let before = used(test).await;
        let answer = accept(test, &guest, &code).await;
        if may {
            assert!(answer.is_ok(), "{wanted:?} {own:?}: {answer:?}");
        } else {
            let refusal = answer.unwrap_err();
            let vouched = AcceptInviteError::EmailNotVouched;
            assert!(
                refusal == AcceptInviteError::WrongAccount || refusal == vouched,
                "{wanted:?} {own:?}: {refusal:?}"
            );
            assert_eq!(used(test).await, before);
        }
    }
    let new = addressed(viewer(), &organization, "silent@example.com");
    let code = invite(test, &mine, new).await.unwrap().code;
    let silent = without_address(test, "silent@example.com").await;
    let refusal = refused(test, &silent, &code).await;
    assert_eq!(refusal, AcceptInviteError::EmailNotVouched);
    // A link for anyone asks for no address.
    let code = invite(test, &mine, link(viewer(), &organization)).await;
    assert!(accept(test, &silent, &code.unwrap().code).await.is_ok());
}

pub(crate) async fn who_holds_it_already_uses_nothing_up(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let once = NewInvite {
        single_use: true,
        ..link(viewer(), &folder)
    };
    let code = invite(test, &mine, once).await.unwrap().code;
    let already = AcceptInviteError::AlreadyMember(folder.clone());
    assert_eq!(refused(test, &mine, &code).await, already, "as owner above");
    let for_a_time = bind(test, &mine, &guest, viewer(), &folder, Some(HOUR)).await;
    // For longer than they hold it, it is something new.
    let accepted = accept(test, &guest, &code).await.unwrap();
    assert_ne!(accepted.binding, for_a_time);
    let held = test.store.held_bindings(&guest).await.unwrap();
    assert_eq!(held.len(), 1, "in the place of the shorter one");
    assert_eq!(held[0].ends_at, None);
    let shorter = NewInvite {
        ends_at: Some(test.clock.now().later(HOUR)),
        ..link(viewer(), &folder)
    };
    let code = invite(test, &mine, shorter).await.unwrap().code;
    assert_eq!(refused(test, &guest, &code).await, already, "never less");
    let other = test.sign_in("other@example.com").await.caller;
    accept(test, &other, &code).await.unwrap();
    test.clock.advance(HOUR);
    assert!(test.store.groups(&other).get(&folder).await.is_err());
    assert!(test.store.groups(&guest).get(&folder).await.is_ok());
}

/// Somebody invites, then something happens to them.
async fn after(test: &TestStore, role: &'static BuiltInRole, what: &str) -> AcceptInviteError {
    let mine = test.sign_in("owner@example.com").await.caller;
    let inviter = test.sign_in("inviter@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, &format!("of {what}")).await;
    let uid = bind(test, &mine, &inviter, owner(), &organization, None).await;
    let code = invite(test, &inviter, link(role, &organization)).await;
    let code = code.unwrap().code;
    let bindings = test.store.role_bindings(&mine);
    match what {
        "demoted" => {
            bind(test, &mine, &inviter, editor(), &organization, None).await;
            bindings.delete(uid).await.unwrap();
        }
        "for a time" => {
            bindings.delete(uid).await.unwrap();
            bind(test, &mine, &inviter, owner(), &organization, Some(HOUR)).await;
        }
        "suspended" => {
            let host = test.store.as_host();
            host.suspend(inviter.identity().clone(), false)
                .await
                .unwrap();
        }
        _ => bindings.delete(uid).await.unwrap(),
    }
    let before = used(test).await;
    let refusal = refused(test, &guest, &code).await;
    assert_eq!(used(test).await, before);
    let anyone = test.store.invite_of(code.clone());
    assert_eq!(ruled(anyone.inspect(None).await), Err(refusal.clone()));
    // Somebody who may gives it a new code.
    let invites = test.store.group_invites(&mine);
    let page = invites.list(&crate::invites_list::all()).await.unwrap();
    let found = page.rows.iter().find(|row| row.group == organization);
    let renewed = invites.reissue(found.unwrap().uid.clone(), None).await;
    assert!(accept(test, &guest, &renewed.unwrap().code).await.is_ok());
    refusal
}

pub(crate) async fn an_inviter_who_could_not_invite_today_invites_nobody(test: &TestStore) {
    for (role, what) in [
        (viewer(), "demoted"),
        (owner(), "for a time"),
        (viewer(), "gone"),
        (viewer(), "suspended"),
    ] {
        let refusal = after(test, role, what).await;
        assert_eq!(refusal, AcceptInviteError::InviterLostRight, "{what}");
    }
    // Their provider is no longer configured.
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("third@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let code = invite(test, &mine, link(viewer(), &organization)).await;
    let code = code.unwrap().code;
    let store = test.open_elsewhere().await.unwrap();
    assert_eq!(
        ruled(store.invite_of(code).accept(&guest).await),
        Err(AcceptInviteError::InviterLostRight)
    );
}

pub(crate) async fn declining_closes_what_is_for_one(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let other = test.sign_in("other@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let decline = async |by: &Caller, code: &Secret| {
        ruled(test.store.invite_of(code.clone()).decline(by).await)
    };
    let new = addressed(viewer(), &organization, "guest@example.com");
    let made = invite(test, &mine, new).await.unwrap();
    assert_eq!(
        decline(&other, &made.code).await,
        Err(AcceptInviteError::WrongAccount)
    );
    assert_eq!(decline(&guest, &made.code).await, Ok(()));
    assert_eq!(
        refused(test, &guest, &made.code).await,
        AcceptInviteError::Declined
    );
    assert_eq!(
        decline(&guest, &made.code).await,
        Err(AcceptInviteError::Declined)
    );
    let invites = test.store.group_invites(&mine);
    let shown = invites
        .get(&made.invite.uid, &[InviteState::Declined])
        .await;
    assert!(shown.is_ok());
    // One for many is left to the others.
    let made = invite(test, &mine, link(viewer(), &organization)).await;
    let code = made.unwrap().code;
    let revision = crate::raw::revision(test, &organization).await;
    assert_eq!(decline(&guest, &code).await, Ok(()));
    assert_eq!(crate::raw::revision(test, &organization).await, revision);
    assert!(accept(test, &other, &code).await.is_ok());
}

pub(crate) async fn a_role_that_is_gone_gives_nothing(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let made = invite(test, &mine, link(viewer(), &organization)).await;
    let made = made.unwrap();
    let sql = format!(
        "UPDATE group_invites SET role_uid = '{}'",
        Uidp::root([7; 20])
    );
    crate::raw::execute(test, &sql).await;
    assert_eq!(
        refused(test, &guest, &made.code).await,
        AcceptInviteError::RoleGone
    );
    let invites = test.store.group_invites(&mine);
    let shown = invites.get(&made.invite.uid, &[InviteState::Pending]).await;
    assert_eq!(shown.unwrap().role_now, None, "and is listed all the same");
    let renewed = ruled(invites.reissue(made.invite.uid.clone(), None).await);
    assert_eq!(
        renewed.unwrap_err(),
        bailiwick_domain::ReissueInviteError::RoleGone
    );
    invites.revoke(made.invite.uid).await.unwrap();
}

pub(crate) async fn the_host_invites_the_first_owner(test: &TestStore) {
    let host = test.store.as_host();
    let organization = host.create_organization(group("acme")).await.unwrap().uid;
    let invite = host
        .owner_invite(NewOwnerInvite {
            organization: organization.clone(),
            email: Some("first@example.com".parse().unwrap()),
            life: HOUR,
        })
        .await
        .unwrap();
    let first = test.sign_in("first@example.com").await.caller;
    accept(test, &first, &invite.code).await.unwrap();
    assert_eq!(host.ownerless().await.unwrap(), []);
    test.folder(&first, &organization, "dev").await;
}

pub(crate) async fn looking_at_an_invite_changes_nothing(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let other = test.sign_in("other@example.com").await.caller;
    let organization = test.organization(&mine, "acme").await;
    let folder = test.folder(&mine, &organization, "dev").await.uid;
    let new = addressed(viewer(), &folder, "guest@example.com");
    let code = invite(test, &mine, new).await.unwrap().code;
    let revision = crate::raw::revision(test, &organization).await;
    let rows = test
        .store
        .audit_rows(Some(&organization))
        .await
        .unwrap()
        .len();
    let code = test.store.invite_of(code);
    let seen = code.inspect(None).await.unwrap();
    assert_eq!(
        seen.invite.path,
        [(organization.clone(), "acme".to_owned())]
    );
    assert_eq!((seen.is_yours, seen.answer), (false, None));
    let seen = code.inspect(Some(&guest)).await.unwrap();
    assert_eq!((seen.is_yours, seen.answer), (true, Some(Ok(()))));
    let seen = code.inspect(Some(&other)).await.unwrap();
    let wrong = Err(AcceptInviteError::WrongAccount);
    assert_eq!((seen.is_yours, seen.answer), (false, Some(wrong)));
    assert_eq!(crate::raw::revision(test, &organization).await, revision);
    let after = test.store.audit_rows(Some(&organization)).await.unwrap();
    assert_eq!(after.len(), rows);
}
