//! Rule 3.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use bailiwick_domain::{
    CapabilitySet, Micros, RootBinding, Uidp, editor, has_owner, owner, viewer,
};

fn binding(person: u8, capabilities: CapabilitySet) -> RootBinding {
    RootBinding {
        identity: Uidp::root([person; 20]),
        capabilities,
        ends_at: None,
        can_sign_in: true,
    }
}

#[test]
fn one_owner_for_good_is_enough() {
    let owned = [
        binding(1, viewer().capabilities),
        binding(2, owner().capabilities),
    ];
    assert!(has_owner(owned));
    assert!(!has_owner([]));
}

#[test]
fn an_owner_for_a_time_or_who_cannot_sign_in_does_not_count() {
    let ends = RootBinding {
        ends_at: Some(Micros(i64::MAX)),
        ..binding(1, owner().capabilities)
    };
    let shut_out = RootBinding {
        can_sign_in: false,
        ..binding(2, owner().capabilities)
    };
    assert!(!has_owner([ends, shut_out]));
}

#[test]
fn several_roles_of_one_person_count_together_and_those_of_two_do_not() {
    let rest = owner().capabilities.difference(&editor().capabilities);
    let parts = |other| [binding(1, rest), binding(other, editor().capabilities)];
    assert!(has_owner(parts(1)));
    assert!(!has_owner(parts(2)));
}
