//! Pure: what the server says a person holds, as the domain's grants.

use bailiwick_api::session::HeldRole;
use bailiwick_domain::{CapabilitySet, Grant, Micros, Uidp};

/// The grants. A set that this build cannot read counts as empty: less is offered, never more.
pub(super) fn of(held: &[HeldRole]) -> Vec<Grant> {
    held.iter()
        .map(|held| Grant {
            binding: held.binding.clone(),
            group: held.group.uid.clone(),
            role: held.role.uid.clone(),
            capabilities: CapabilitySet::from_wire(&held.capability_set)
                .unwrap_or_else(|_| CapabilitySet::empty()),
            ends_at: held.ends_at.map(Micros),
        })
        .collect()
}

/// Those that hold at `at`, the nearest first.
pub(super) fn reaching<'a>(
    held: impl Iterator<Item = &'a HeldRole>,
    at: &Uidp,
    now: Micros,
) -> Vec<HeldRole> {
    let is_live = |held: &HeldRole| held.ends_at.is_none_or(|end| now.0 < end);
    let mut found: Vec<HeldRole> = Vec::new();
    for held in held.filter(|held| is_live(held) && held.group.uid.reaches(at)) {
        let depth = held.group.uid.depth();
        let after = found
            .iter()
            .position(|other| other.group.uid.depth() < depth);
        found.insert(after.unwrap_or(found.len()), held.clone());
    }
    found
}

#[cfg(test)]
mod tests {
    use bailiwick_api::session::Named;
    use bailiwick_domain::{Capability, allows, viewer};

    use super::*;

    fn held(group: &Uidp, ends_at: Option<i64>) -> HeldRole {
        let named = |uid: &Uidp| Named {
            uid: uid.clone(),
            name: String::new(),
        };
        HeldRole {
            group: named(group),
            role: named(&Uidp::root([9; 20])),
            binding: Uidp::root([8; 20]),
            capability_set: viewer().capabilities.to_wire(),
            ends_at,
        }
    }

    #[test]
    fn what_is_held_decides_as_on_the_server() {
        let acme = Uidp::root([1; 20]);
        let dev = acme.child([2; 8]).unwrap();
        let grants = of(&[held(&dev, Some(50))]);
        let list = Capability::GROUPS_LIST;
        assert!(allows(&grants, list, &dev, Micros(49)));
        assert!(!allows(&grants, list, &dev, Micros(50)));
        assert!(!allows(&grants, list, &acme, Micros(49)));
        assert!(!allows(
            &grants,
            Capability::GROUPS_DELETE,
            &dev,
            Micros(49)
        ));
    }

    #[test]
    fn an_unreadable_set_gives_nothing() {
        let acme = Uidp::root([1; 20]);
        let mut unreadable = held(&acme, None);
        unreadable.capability_set = "?".to_owned();
        assert!(!allows(
            &of(&[unreadable]),
            Capability::GROUPS_LIST,
            &acme,
            Micros(0)
        ));
    }

    #[test]
    fn the_nearest_role_comes_first_and_an_ended_one_not_at_all() {
        let acme = Uidp::root([1; 20]);
        let dev = acme.child([2; 8]).unwrap();
        let other = acme.child([3; 8]).unwrap();
        let all = [
            held(&acme, None),
            held(&dev, None),
            held(&other, None),
            held(&dev, Some(1)),
        ];
        let found = reaching(all.iter(), &dev, Micros(1));
        let places: Vec<&Uidp> = found.iter().map(|held| &held.group.uid).collect();
        assert_eq!(places, [&dev, &acme]);
    }
}
