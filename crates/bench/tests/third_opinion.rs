//! Another engine, which knows nothing of ours, answers as ours does. And so does the obvious walk
//! from the group up to its organization.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cedar;

use bailiwick_bench::{Question, grant, questions};
use bailiwick_domain::{Capability, Grant, Micros, Uidp, allows};
use cedar::Cedar;
use proptest::collection::vec;
use proptest::prelude::*;

const CAPABILITIES: [Capability; 3] = [
    Capability::GROUPS_LIST,
    Capability::ROLE_BINDINGS_CREATE,
    Capability::GULFSTREAM,
];

fn walk(question: &Question) -> bool {
    let mut here = Some(question.at.clone());
    while let Some(group) = here {
        for grant in &question.grants {
            let has_it = grant.capabilities.iter().any(|held| held == question.what);
            let is_over = matches!(grant.ends_at, Some(end) if end <= question.now);
            if grant.group == group && has_it && !is_over {
                return true;
            }
        }
        here = group.parent();
    }
    false
}

/// Groups of two organizations with two children at each step, so that bindings often stand on the
/// way.
fn group() -> impl Strategy<Value = Uidp> {
    (
        prop::bool::weighted(0.1),
        vec(prop::bool::weighted(0.3), 0..8),
    )
        .prop_map(|(root, steps)| {
            steps
                .into_iter()
                .fold(Uidp::root([u8::from(root); 20]), |node, step| {
                    node.child([u8::from(step); 8]).unwrap()
                })
        })
}

fn grants() -> impl Strategy<Value = Vec<Grant>> {
    let capabilities = prop::sample::subsequence(CAPABILITIES.to_vec(), 0..=2);
    let ends_at = prop::option::of((0..4i64).prop_map(Micros));
    let grant = (group(), capabilities, ends_at).prop_map(|(group, capabilities, ends_at)| Grant {
        ends_at,
        ..grant(0, &group, capabilities.into_iter().collect())
    });
    vec(grant, 0..=12)
}

fn question() -> impl Strategy<Value = Question> {
    let what = prop::sample::select(CAPABILITIES.to_vec());
    let now = (0..4i64).prop_map(Micros);
    (grants(), what, group(), now).prop_map(|(grants, what, at, now)| Question {
        grants,
        what,
        at,
        now,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn cedar_the_walk_and_the_engine_answer_alike(question in question()) {
        let ours = allows(&question.grants, question.what, &question.at, question.now);
        prop_assert_eq!(Cedar::prepare(&question).allows(), ours);
        prop_assert_eq!(walk(&question), ours);
    }
}

#[test]
fn they_answer_alike_what_the_benchmark_asks() {
    for (name, question) in questions() {
        let ours = allows(&question.grants, question.what, &question.at, question.now);
        assert_eq!(Cedar::prepare(&question).allows(), ours, "{name}");
        assert_eq!(walk(&question), ours, "{name}");
    }
}
