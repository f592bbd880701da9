//! The catalogue of capabilities, sets of them, and their wire forms.

use std::collections::BTreeSet;

use bailiwick_domain::{Capability, CapabilitySet, WireError};
use proptest::prelude::*;

fn any_capabilities() -> impl Strategy<Value = BTreeSet<Capability>> {
    let all: Vec<Capability> = Capability::all().collect();
    prop::sample::subsequence(all.clone(), 0..=all.len())
        .prop_map(|some| some.into_iter().collect())
}

fn set_of(capabilities: &BTreeSet<Capability>) -> CapabilitySet {
    capabilities.iter().copied().collect()
}

fn bits_of(set: &CapabilitySet) -> BTreeSet<u8> {
    set.iter().map(Capability::bit).collect()
}

proptest! {
    #[test]
    fn a_set_does_what_a_set_of_the_standard_library_does(
        one in any_capabilities(), other in any_capabilities(),
    ) {
        let (a, b) = (set_of(&one), set_of(&other));
        prop_assert_eq!(a.iter().collect::<Vec<_>>(), one.iter().copied().collect::<Vec<_>>());
        prop_assert_eq!(a.len(), one.len());
        prop_assert_eq!(a.is_empty(), one.is_empty());
        prop_assert_eq!(a.union(&b), set_of(&(&one | &other)));
        prop_assert_eq!(a.intersection(&b), set_of(&(&one & &other)));
        prop_assert_eq!(a.difference(&b), set_of(&(&one - &other)));
        prop_assert_eq!(a.is_subset_of(&b), one.is_subset(&other));
        prop_assert!(a.is_subset_of(&a.union(&b)));
        prop_assert_eq!(a == b, one == other);
        for capability in Capability::all() {
            prop_assert_eq!(a.contains(capability), one.contains(&capability));
        }
    }

    #[test]
    fn inserting_and_removing_change_one_capability_and_no_other(
        some in any_capabilities(), at in any::<prop::sample::Index>(),
    ) {
        let all: Vec<Capability> = Capability::all().collect();
        let capability = *at.get(&all);
        let (mut with, mut without) = (set_of(&some), set_of(&some));
        with.insert(capability);
        without.remove(capability);
        prop_assert_eq!(with, set_of(&(&some | &BTreeSet::from([capability]))));
        prop_assert_eq!(without, set_of(&(&some - &BTreeSet::from([capability]))));
    }

    #[test]
    fn a_set_is_read_back_from_each_of_its_forms(some in any_capabilities()) {
        let set = set_of(&some);
        let wire = set.to_wire();
        prop_assert_eq!(CapabilitySet::from_wire(&wire), Ok(set));
        prop_assert_eq!(CapabilitySet::from_wire(wire.trim_end_matches('=')), Ok(set));
        prop_assert_eq!(CapabilitySet::from_bytes(set.to_bytes()), set);
        prop_assert_eq!(CapabilitySet::from_numbers(set.numbers().map(u64::from)), set);
    }

    #[test]
    fn stored_bits_are_kept_if_and_only_if_they_are_in_the_catalogue(bytes in any::<[u8; 32]>()) {
        let known: BTreeSet<u8> = Capability::all().map(Capability::bit).collect();
        let stored: BTreeSet<u8> =
            (0..=255).filter(|&bit| bytes[usize::from(bit / 8)] >> (bit % 8) & 1 == 1).collect();
        let set = CapabilitySet::from_bytes(bytes);
        prop_assert_eq!(bits_of(&set), &stored & &known);
        prop_assert_eq!(set, set.iter().collect());
    }
}

#[test]
fn the_vectors_of_the_original_are_read_and_written() {
    let viewer_of_old = [
        3, 6, 10, 14, 23, 31, 38, 49, 54, 58, 62, 66, 69, 70, 72, 75, 77, 79, 81, 83, 87, 94, 100,
        101, 107, 108, 115, 119, 123,
    ];
    for (wire, bits) in [
        ("AAAAAAAAAHxEQgBAgIBESAiIGDBAiqlk", &viewer_of_old[..]),
        ("AAAAAAAAADIAAAAAAAAACA==", &[3]),
        ("AAAAAAAAAFwAAAAAAAAAAAAAAAAIAAAA", &[91]),
        ("AAAAAAAAADIAAAAAAAAAAA==", &[]),
    ] {
        let set = CapabilitySet::from_wire(wire).unwrap();
        assert_eq!(bits_of(&set), bits.iter().copied().collect());
        assert_eq!(set.to_wire(), wire);
    }
}

#[test]
fn a_malformed_set_is_refused() {
    for (wire, expected) in [
        ("", WireError::Length),
        ("AAAA", WireError::Length),
        // Not base64url.
        ("AAAAAAAAADIAAAAAAAAAC+==", WireError::Base64),
        (" AAAAAAAAADIAAAAAAAAACA==", WireError::Base64),
        // 65 bits in one word, 50 in two, 2^64 - 1 in one.
        ("AAAAAAAAAEEAAAAAAAAACA==", WireError::Length),
        ("AAAAAAAAADIAAAAAAAAACAAAAAAAAAAA", WireError::Length),
        ("__________8AAAAAAAAACA==", WireError::Length),
        // Seven bytes of a word.
        ("AAAAAAAAADIAAAAAAAAA", WireError::Length),
        // Bit 3 in a set of three bits.
        ("AAAAAAAAAAMAAAAAAAAACA==", WireError::Length),
    ] {
        assert_eq!(CapabilitySet::from_wire(wire), Err(expected), "{wire}");
    }
    assert!(CapabilitySet::from_wire("AAAAAAAAAAQAAAAAAAAACA==").is_ok());
}

#[test]
fn what_we_do_not_know_is_left_out_of_a_set_and_not_refused() {
    let groups_list: CapabilitySet = [Capability::GROUPS_LIST].into_iter().collect();
    // Bits 0 (never assigned), 3 and 320 (beyond what we can hold).
    let wire = "AAAAAAAAAUEAAAAAAAAACQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=";
    assert_eq!(CapabilitySet::from_wire(wire), Ok(groups_list));
    // 2 is `internal`, 1601 was registry.pull, and 65639 is 103 in sixteen bits.
    assert_eq!(
        CapabilitySet::from_numbers([2, 103, 1601, u64::MAX]),
        groups_list
    );
    assert!(CapabilitySet::from_numbers([65_639]).is_empty());
}

#[test]
fn the_catalogue_is_that_of_the_original_without_what_is_internal() {
    let all: Vec<Capability> = Capability::all().collect();
    assert_eq!(all.len(), 175);
    assert_eq!(
        all.iter()
            .filter(|capability| capability.is_deprecated())
            .count(),
        21
    );
    assert!(all.is_sorted_by_key(|capability| capability.number()));
    let keys: [fn(Capability) -> String; 5] = [
        |capability| capability.number().to_string(),
        |capability| capability.bit().to_string(),
        |capability| capability.name().to_owned(),
        |capability| capability.enum_name(),
        |capability| capability.about().to_owned(),
    ];
    for key in keys {
        assert_eq!(
            all.iter().copied().map(key).collect::<BTreeSet<_>>().len(),
            175
        );
    }
    for never_assigned in [0, 40, 41, 135, 136, 143] {
        assert_eq!(Capability::from_bit(never_assigned), None);
    }
    for internal in ["internal", "repo.internal.admin", "skills.write"] {
        assert_eq!(Capability::from_name(internal), None);
    }
    assert_eq!(Capability::from_bit(95), None);
    assert_eq!(Capability::from_number(2), None);
}

#[test]
fn a_capability_is_found_by_each_of_its_names() {
    for capability in Capability::all() {
        assert_eq!(Capability::from_name(capability.name()), Some(capability));
        assert_eq!(Capability::from_bit(capability.bit()), Some(capability));
        assert_eq!(
            Capability::from_number(capability.number()),
            Some(capability)
        );
        assert_eq!(
            Capability::from_enum_name(&capability.enum_name()),
            Some(capability)
        );
        let json = serde_json::to_string(&capability).unwrap();
        assert_eq!(json, format!("\"{}\"", capability.name()));
        assert_eq!(
            serde_json::from_str::<Capability>(&json).unwrap(),
            capability
        );
    }
    for stranger in [
        "",
        "groups",
        "groups.list ",
        "GROUPS.LIST",
        "CAP_IAM_GROUPS_LIST",
    ] {
        assert_eq!(Capability::from_name(stranger), None, "{stranger}");
        assert!(serde_json::from_value::<Capability>(stranger.into()).is_err());
    }
    for stranger in [
        "",
        "UNKNOWN",
        "CAP_GROUPS_LIST",
        "CAP_IAM_groups_list",
        "groups.list",
    ] {
        assert_eq!(Capability::from_enum_name(stranger), None, "{stranger}");
    }
}

#[test]
fn names_numbers_bits_and_enum_names_belong_together() {
    for (name, number, bit, enum_name) in [
        ("groups.list", 103, 3, "CAP_IAM_GROUPS_LIST"),
        (
            "group_invites.create",
            201,
            5,
            "CAP_IAM_GROUP_INVITES_CREATE",
        ),
        ("roles.update", 302, 9, "CAP_IAM_ROLES_UPDATE"),
        (
            "role_bindings.delete",
            404,
            15,
            "CAP_IAM_ROLE_BINDINGS_DELETE",
        ),
        (
            "account_associations.list",
            703,
            23,
            "CAP_IAM_ACCOUNT_ASSOCIATIONS_LIST",
        ),
        ("policy.create", 801, 25, "CAP_IAM_POLICY_CREATE"),
        (
            "policies.policy.create",
            2001,
            113,
            "CAP_POLICIES_POLICY_CREATE",
        ),
        ("identity.delete", 904, 32, "CAP_IAM_IDENTITY_DELETE"),
        (
            "identity_providers.list",
            1303,
            54,
            "CAP_IAM_IDENTITY_PROVIDERS_LIST",
        ),
        (
            "identity_providers.scim.manage",
            1305,
            191,
            "CAP_IAM_SCIM_MANAGE",
        ),
        (
            "subscriptions.create",
            1501,
            36,
            "CAP_EVENTS_SUBSCRIPTION_CREATE",
        ),
        ("clusters.discover", 505, 51, "CAP_TENANT_CLUSTERS_DISCOVER"),
        (
            "record_policy_results.list",
            633,
            50,
            "CAP_TENANT_RECORD_POLICY_RESULTS_LIST",
        ),
        ("vuln_reports.list", 660, 70, "CAP_TENANT_VULN_REPORTS_LIST"),
        ("vuln_report.list", 1661, 79, "CAP_VULN_REPORT_LIST"),
        ("workloads.list", 1203, 35, "CAP_TENANT_WORKLOADS_LIST"),
        (
            "libraries.remote_registries.delete",
            1884,
            221,
            "CAP_LIBRARIES_REMOTE_REGISTRIES_DELETE",
        ),
        ("gulfstream", 10_000, 47, "CAP_GULFSTREAM"),
    ] {
        let capability = Capability::from_name(name).unwrap();
        assert_eq!(capability.number(), number, "{name}");
        assert_eq!(capability.bit(), bit, "{name}");
        assert_eq!(capability.enum_name(), enum_name);
    }
}
