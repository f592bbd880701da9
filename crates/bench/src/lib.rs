//! What is measured, for the benchmarks in `benches/` and for `tests/third_opinion.rs`, which asks
//! another engine the same questions. Nothing depends on this crate. `docs/benchmarks.md` says how
//! to run it and what the figures mean.

use bailiwick_domain::{Capability, CapabilitySet, Grant, Micros, Uidp, editor, viewer};

/// One question to an engine, with all that the answer depends on.
#[derive(Clone, Debug)]
pub struct Question {
    /// What the caller holds.
    pub grants: Vec<Grant>,
    /// What they want to do.
    pub what: Capability,
    /// Where.
    pub at: Uidp,
    /// When.
    pub now: Micros,
}

/// A grant without an end. `number` tells it from others.
pub fn grant(number: u8, group: &Uidp, capabilities: CapabilitySet) -> Grant {
    Grant {
        // Never deeper than a binding may be.
        binding: Uidp::root([number; 20]),
        group: group.clone(),
        role: Uidp::root([number; 20]),
        capabilities,
        ends_at: None,
    }
}

/// The caller of the budget: ten bindings, and a folder eight levels deep. Five bindings are beside
/// the way to the folder and four on it. The last, at the organization, is the one that allows;
/// [`miss`] asks for what none of them has.
pub fn hit_last() -> Question {
    let mut way = vec![Uidp::root([1; 20])];
    for step in 0..7 {
        way.extend(way[step].child([1; 8]));
    }
    let beside = way[1..6].iter().filter_map(|node| node.child([2; 8]).ok());
    let editors = beside.map(|node| (node, editor().capabilities));
    let viewers = way[4..8]
        .iter()
        .map(|node| (node.clone(), viewer().capabilities));
    let last = (way[0].clone(), editor().capabilities);
    let bindings = editors.chain(viewers).chain([last]);
    Question {
        grants: (0..)
            .zip(bindings)
            .map(|(number, (group, capabilities))| grant(number, &group, capabilities))
            .collect(),
        what: Capability::ROLE_BINDINGS_CREATE,
        at: way.remove(7),
        now: Micros(0),
    }
}

/// The same caller at the same folder, asking for what only owners may.
pub fn miss() -> Question {
    Question {
        what: Capability::GROUPS_DELETE,
        ..hit_last()
    }
}

/// Ten bindings that all have what is asked for, each beside the way to the folder: nothing is
/// answered before the ids are compared.
pub fn out_of_reach() -> Question {
    let hit = hit_last();
    let way: Vec<Uidp> = hit.at.ancestors().collect();
    let beside = (0..10u8).filter_map(|number| {
        let node = way[usize::from(number) % way.len()].child([2 + number; 8]);
        node.ok()
            .map(|node| grant(number, &node, editor().capabilities))
    });
    Question {
        grants: beside.collect(),
        ..hit
    }
}

/// All questions that are measured, with their names.
pub fn questions() -> [(&'static str, Question); 3] {
    [
        ("hit last", hit_last()),
        ("no capability", miss()),
        ("out of reach", out_of_reach()),
    ]
}

#[cfg(test)]
mod tests {
    use super::questions;
    use bailiwick_domain::{Reason, allows, decide};

    #[test]
    fn the_budget_is_measured_on_what_it_says() {
        for (name, it) in questions() {
            assert_eq!((it.grants.len(), it.at.depth()), (10, 8), "{name}");
            let is_allowed = allows(&it.grants, it.what, &it.at, it.now);
            assert_eq!(is_allowed, name == "hit last", "{name}");
            let decision = decide(&it.grants, it.what, &it.at, it.now);
            let earlier = &decision.reasons()[..9];
            let granted = |reason: &Reason<'_>| matches!(reason, Reason::Granted(_));
            assert!(!earlier.iter().any(granted), "{name}");
        }
    }
}
