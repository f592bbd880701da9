//! What a change of role bindings changes for one identity.

use crate::{Capability, CapabilitySet, Grant, Micros, Uidp, capabilities_at};

/// What is gained and lost at a group and everything below it, but where another difference says
/// otherwise for a group below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub group: Uidp,
    /// Held there after, and not before.
    pub gained: CapabilitySet,
    /// Held there before, and not after.
    pub lost: CapabilitySet,
}

/// How what is held differs between `before` and `after`, all the grants of one identity: nothing
/// above the groups that are named, and in byte order, so that each stands before those below it. A
/// group where nothing differs is named only below one where something does.
pub fn differences(before: &[Grant], after: &[Grant], now: Micros) -> Vec<Difference> {
    // What is held changes on the way down at the group of a grant and nowhere else.
    let mut groups: Vec<&Uidp> = before
        .iter()
        .chain(after)
        .map(|grant| &grant.group)
        .collect();
    groups.sort_unstable();
    groups.dedup();
    let mut all: Vec<Difference> = Vec::new();
    for group in groups {
        let (held, will_hold) = (
            capabilities_at(before, group, now),
            capabilities_at(after, group, now),
        );
        let (gained, lost) = (will_hold.difference(&held), held.difference(&will_hold));
        // Those above it stand before it, the nearest last.
        let above = all.iter().rev().find(|above| above.group.reaches(group));
        let (none, nothing) = (CapabilitySet::empty(), CapabilitySet::empty());
        let inherited = above.map_or((&none, &nothing), |above| (&above.gained, &above.lost));
        if inherited != (&gained, &lost) {
            all.push(Difference {
                group: group.clone(),
                gained,
                lost,
            });
        }
    }
    all
}

/// A role that may be bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleToBind {
    /// The role.
    pub role: Uidp,
    /// Its name, the last thing by which one is chosen.
    pub name: String,
    /// What it contains.
    pub capabilities: CapabilitySet,
}

/// The role that, bound at `at`, allows `what` there and gives the least beside it to an identity
/// that holds `grants`: least is what is gained, then what the role contains. `None` when no role
/// contains it. A binding at any other group would reach further, or not as far as `at`.
pub fn least_role<'a>(
    grants: &[Grant],
    what: Capability,
    at: &Uidp,
    now: Micros,
    roles: &'a [RoleToBind],
) -> Option<&'a RoleToBind> {
    let held = capabilities_at(grants, at, now);
    roles
        .iter()
        .filter(|role| role.capabilities.contains(what))
        .min_by_key(|role| {
            let gained = role.capabilities.difference(&held).len();
            (gained, role.capabilities.len(), &role.name, &role.role)
        })
}
