//! The built-in roles.

use bailiwick_domain::{
    BuiltInRole, Capability, CapabilitySet, Uidp, editor, gulfstream, owner, viewer,
};

#[expect(clippy::unwrap_used, reason = "a test's helper")]
fn has(role: &BuiltInRole, name: &str) -> bool {
    role.capabilities
        .contains(Capability::from_name(name).unwrap())
}

#[test]
fn every_role_has_what_the_weaker_one_has_and_more() {
    for (weaker, stronger) in [(viewer(), editor()), (editor(), owner())] {
        assert!(weaker.capabilities.is_subset_of(&stronger.capabilities));
        assert!(weaker.capabilities.len() < stronger.capabilities.len());
    }
}

#[test]
fn the_roles_have_what_the_document_of_2023_adds() {
    // Today's sets have 51, 62 and 138. The document adds policy.list, clusters.list and
    // records.list to all, four writes of role bindings and clusters to the editor, and so on.
    let lens = [viewer(), editor(), owner()].map(|role| role.capabilities.len());
    assert_eq!(lens, [51 + 3, 62 + 3 + 3 + 2, 138 + 3 + 2 + 3]);
    for (name, in_viewer, in_editor, in_owner) in [
        ("records.list", true, true, true),
        ("clusters.list", true, true, true),
        ("clusters.create", false, true, true),
        ("clusters.update", false, false, false),
        ("clusters.discover", false, false, false),
        ("policy.list", true, true, true),
        ("policy.update", false, false, true),
        ("role_bindings.list", true, true, true),
        ("role_bindings.create", false, true, true),
        ("role_bindings.update", false, true, true),
        ("group_invites.list", true, true, true),
        ("group_invites.create", false, false, true),
        ("groups.update", false, false, true),
        ("roles.create", false, false, true),
        ("identity.list", true, true, true),
        ("gulfstream", false, false, false),
    ] {
        assert_eq!(has(viewer(), name), in_viewer, "{name}");
        assert_eq!(has(editor(), name), in_editor, "{name}");
        assert_eq!(has(owner(), name), in_owner, "{name}");
    }
}

#[test]
fn gulfstream_alone_is_reserved_and_shares_nothing_with_the_others() {
    let only: CapabilitySet = [Capability::GULFSTREAM].into_iter().collect();
    assert_eq!(gulfstream().capabilities, only);
    for role in BuiltInRole::all() {
        assert_eq!(role.reserved, role.name == "gulfstream");
    }
}

#[test]
fn a_role_has_one_id_for_ever_and_is_found_by_it() {
    for (role, name, uid) in [
        (owner(), "owner", "ee9b30d21ed991ddcd0b9242f9290c1d85248c8e"),
        (
            editor(),
            "editor",
            "9ccc1ec59d5d110797af3924e2cdb82c487d3061",
        ),
        (
            viewer(),
            "viewer",
            "c3cdf5332d4d454a97d6b16b9abdd9aa592d5406",
        ),
        (
            gulfstream(),
            "gulfstream",
            "1c0e79356159537d1c3a80c9bc8040884239d23d",
        ),
    ] {
        assert_eq!(role.name, name);
        assert_eq!(role.uid().as_str(), uid);
        assert!(std::ptr::eq(BuiltInRole::by_name(name).unwrap(), role));
        assert!(std::ptr::eq(BuiltInRole::by_uid(role.uid()).unwrap(), role));
    }
    assert_eq!(BuiltInRole::all().len(), 4);
    assert!(BuiltInRole::by_name("Owner").is_none());
    assert!(BuiltInRole::by_uid(&Uidp::root([0; 20])).is_none());
}
