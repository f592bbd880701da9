//! What an invite is at an instant, and who may accept it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use bailiwick_domain::{
    AcceptInviteError, For, Grant, InviteClose, InviteState, Invited, InviterNow, Mailbox, Micros,
    Offer, Promise, Uidp, editor, invite_expiry, masked, owner, viewer,
};

const NOW: Micros = Micros(1_000);

fn group() -> Uidp {
    Uidp::root([1; 20])
}

fn holder(role: &bailiwick_domain::BuiltInRole) -> Vec<Grant> {
    vec![Grant {
        binding: group().child([9; 8]).unwrap(),
        group: group(),
        role: role.uid().clone(),
        capabilities: role.capabilities,
        ends_at: None,
    }]
}

fn offer(audience: For, inviter: InviterNow) -> Offer {
    Offer {
        state: InviteState::Pending,
        audience,
        promise: Promise {
            capabilities: Some(viewer().capabilities),
            group: group(),
            ends_at: None,
        },
        inviter,
    }
}

fn person(address: Option<&str>, grants: Vec<Grant>) -> Invited {
    Invited {
        mailbox: address.map(|text| text.parse::<Mailbox>().unwrap().key().clone()),
        grants,
        accepted_before: false,
    }
}

fn meant_for(address: &str) -> For {
    For::Mailbox(address.parse::<Mailbox>().unwrap().key().clone())
}

#[test]
fn an_invite_is_dead_at_the_very_instant_and_closed_whatever_the_time() {
    let at = |close, now| InviteState::at(close, Micros(10), Micros(now));
    assert_eq!(at(None, 9), InviteState::Pending);
    assert_eq!(at(None, 10), InviteState::Expired);
    for now in [9, 10, 11] {
        assert_eq!(at(Some(InviteClose::Revoked), now), InviteState::Revoked);
        assert_eq!(at(Some(InviteClose::Accepted), now), InviteState::Accepted);
        assert_eq!(at(Some(InviteClose::Declined), now), InviteState::Declined);
    }
}

#[test]
fn an_invite_never_outlives_what_it_gives() {
    let hour = Duration::from_secs(3600);
    let end = NOW.later(Duration::from_secs(60));
    assert_eq!(invite_expiry(NOW, hour, None), NOW.later(hour));
    assert_eq!(invite_expiry(NOW, hour, Some(end)), end);
}

#[test]
fn it_is_for_whom_it_is_meant_and_says_what_stands_in_the_way() {
    let host = || InviterNow::Host;
    let stranger = person(Some("bob@example.com"), Vec::new());
    let unvouched = person(None, Vec::new());
    let of = |audience: For, person: &Invited| offer(audience, host()).may_be_accepted(person, NOW);
    assert_eq!(of(For::Anyone, &unvouched), Ok(()));
    assert_eq!(of(meant_for("BOB@Example.com"), &stranger), Ok(()));
    assert_eq!(
        of(meant_for("ada@example.com"), &stranger),
        Err(AcceptInviteError::WrongAccount)
    );
    assert_eq!(
        of(meant_for("bob@example.com"), &unvouched),
        Err(AcceptInviteError::EmailNotVouched)
    );
    assert_eq!(
        of(For::Nobody, &stranger),
        Err(AcceptInviteError::WrongAccount)
    );
}

#[test]
fn what_no_other_account_could_help_with_is_said_first() {
    let wrong = person(Some("bob@example.com"), Vec::new());
    let with = |state| Offer {
        state,
        ..offer(meant_for("ada@example.com"), InviterNow::Gone)
    };
    for (state, refusal) in [
        (InviteState::Expired, AcceptInviteError::Expired),
        (InviteState::Revoked, AcceptInviteError::Revoked),
        (InviteState::Accepted, AcceptInviteError::Used),
        (InviteState::Declined, AcceptInviteError::Declined),
        (InviteState::Pending, AcceptInviteError::InviterLostRight),
    ] {
        assert_eq!(with(state).may_be_accepted(&wrong, NOW), Err(refusal));
    }
    let mut roleless = with(InviteState::Pending);
    roleless.promise.capabilities = None;
    assert_eq!(
        roleless.may_be_accepted(&wrong, NOW),
        Err(AcceptInviteError::RoleGone)
    );
}

#[test]
fn who_holds_all_of_it_is_told_so_and_who_holds_less_is_not() {
    let by_owner = || InviterNow::Person(holder(owner()));
    let member = person(None, holder(editor()));
    let already = Err(AcceptInviteError::AlreadyMember(group()));
    assert_eq!(
        offer(For::Anyone, by_owner()).may_be_accepted(&member, NOW),
        already
    );
    let mut more = offer(For::Anyone, by_owner());
    more.promise.capabilities = Some(owner().capabilities);
    assert_eq!(more.may_be_accepted(&member, NOW), Ok(()));
    // Who is a member and not meant learns that they are not meant.
    assert_eq!(
        offer(meant_for("ada@example.com"), by_owner()).may_be_accepted(&member, NOW),
        Err(AcceptInviteError::EmailNotVouched)
    );
}

#[test]
fn a_masked_address_gives_away_no_more_than_it_says() {
    for (address, mask) in [
        ("ada@example.com", "a…@e….com"),
        ("a@b.co.uk", "a…@b….uk"),
        ("ä@ü.example", "ä…@ü….example"),
    ] {
        assert_eq!(masked(address), mask);
    }
    assert_eq!(masked("ada@localhost"), "a…");
}
