//! One stream of operations, two databases, the same answers. Ids are random and so differ: each
//! is replaced by a number in the order of its first appearance.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::HashMap;
use std::fmt::Debug;
use std::time::Duration;

use bailiwick_domain::{BuiltInRole, Capability, Uidp};
use bailiwick_store::{
    Caller, Clock as _, Deletion, GroupChange, ListGroups, ListRoleBindings, NewBinding, Order,
    OrderField, PageAsk, Question, Scope,
};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::group;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};

const PEOPLE: usize = 3;

/// What somebody does. Groups and bindings are meant by their place among those made so far.
#[derive(Debug, Clone)]
enum Op {
    Organization(u8),
    Folder(Index, u8),
    Rename(Index, u8),
    Describe(Index, u8),
    Delete(Index, bool),
    Bind(usize, u8, Index, Option<u8>),
    Unbind(Index),
    Get(Index),
    Summary(Index),
    List(Index, u8, Option<u8>, u32),
    ListBindings(Index, u8, u32),
    Check(usize, u8, Index),
    Suspend(usize),
    Restore(usize),
    Wait(u8),
}

fn op() -> impl Strategy<Value = Op> {
    let (at, name) = (any::<Index>, || 0..5u8);
    prop_oneof![
        2 => name().prop_map(Op::Organization),
        6 => (at(), name()).prop_map(|(at, name)| Op::Folder(at, name)),
        2 => (at(), name()).prop_map(|(at, name)| Op::Rename(at, name)),
        1 => (at(), name()).prop_map(|(at, name)| Op::Describe(at, name)),
        2 => (at(), any::<bool>()).prop_map(|(at, force)| Op::Delete(at, force)),
        6 => (0..PEOPLE, 0..5u8, at(), prop::option::of(0..6u8))
            .prop_map(|(who, role, at, end)| Op::Bind(who, role, at, end)),
        3 => at().prop_map(Op::Unbind),
        1 => at().prop_map(Op::Get),
        1 => at().prop_map(Op::Summary),
        4 => (at(), 0..6u8, prop::option::of(name()), 1..4u32)
            .prop_map(|(at, scope, search, size)| Op::List(at, scope, search, size)),
        3 => (at(), 0..6u8, 1..4u32).prop_map(|(at, scope, size)| Op::ListBindings(at, scope, size)),
        2 => (0..PEOPLE, 0..4u8, at()).prop_map(|(who, what, at)| Op::Check(who, what, at)),
        1 => (0..PEOPLE).prop_map(Op::Suspend),
        1 => (0..PEOPLE).prop_map(Op::Restore),
        1 => (0..6u8).prop_map(Op::Wait),
    ]
}

/// One of the two.
struct Twin {
    test: TestStore,
    people: Vec<Caller>,
    groups: Vec<Uidp>,
    bindings: Vec<Uidp>,
    numbers: HashMap<String, usize>,
}

impl Twin {
    async fn new(test: TestStore) -> Self {
        let mut people = Vec::new();
        for at in 0..PEOPLE {
            people.push(test.sign_in(&format!("p{at}@example.com")).await.caller);
        }
        Self {
            test,
            people,
            groups: vec![Uidp::root([7; 20])],
            bindings: vec![Uidp::root([7; 20]).child([7; 8]).unwrap()],
            numbers: HashMap::new(),
        }
    }

    /// An answer as text, with a number for each id.
    fn plain(&mut self, answer: &impl Debug) -> String {
        let text = format!("{answer:?}");
        let mut plain = String::new();
        let mut run = String::new();
        for letter in text.chars().chain([' ']) {
            if letter.is_ascii_hexdigit() {
                run.push(letter);
                continue;
            }
            if [16, 40].contains(&run.len()) {
                let next = self.numbers.len();
                let number = self.numbers.entry(run.clone()).or_insert(next);
                plain.push_str(&format!("#{number}"));
            } else {
                plain.push_str(&run);
            }
            run.clear();
            plain.push(letter);
        }
        plain
    }

    async fn run(&mut self, who: usize, op: &Op) -> String {
        // Nothing is made at the same instant, so that times sort everything.
        self.test.clock.advance(Duration::from_micros(10));
        let caller = self.people[who].clone();
        let store = self.test.store.clone();
        let groups = store.groups(&caller);
        let bindings = store.role_bindings(&caller);
        let known = |at: &Index| at.get(&self.groups).clone();
        match op {
            Op::Organization(name) => {
                let made = groups.create_organization(group(&named(*name)), true).await;
                self.groups
                    .extend(made.as_ref().ok().map(|row| row.uid.clone()));
                self.plain(&made)
            }
            Op::Folder(at, name) => {
                let made = groups.create_folder(known(at), group(&named(*name))).await;
                self.groups
                    .extend(made.as_ref().ok().map(|row| row.uid.clone()));
                self.plain(&made)
            }
            Op::Rename(at, name) => {
                let change = GroupChange {
                    name: Some(named(*name).parse().unwrap()),
                    description: None,
                    device_sign_in: None,
                };
                let changed = groups.update(known(at), change).await;
                self.plain(&changed)
            }
            Op::Describe(at, text) => {
                let change = GroupChange {
                    name: None,
                    description: Some(named(*text).parse().unwrap()),
                    device_sign_in: None,
                };
                let changed = groups.update(known(at), change).await;
                self.plain(&changed)
            }
            Op::Delete(at, force) => {
                let deletion = match force {
                    true => Deletion::Subtree,
                    false => Deletion::Empty,
                };
                let gone = groups.delete(known(at), deletion).await;
                self.plain(&gone)
            }
            Op::Bind(to, role, at, end) => {
                let far = |end: u8| Duration::from_micros(40 * u64::from(end));
                let role = BuiltInRole::all().get(usize::from(*role));
                let binding = NewBinding {
                    identity: self.people[*to].identity().clone(),
                    role: role.map_or(Uidp::root([9; 20]), |role| role.uid().clone()),
                    group: known(at),
                    ends_at: end.map(|end| self.test.clock.now().later(far(end))),
                };
                let made = bindings.create(binding).await;
                self.bindings
                    .extend(made.as_ref().ok().map(|row| row.uid.clone()));
                self.plain(&made)
            }
            Op::Unbind(at) => {
                let gone = bindings.delete(at.get(&self.bindings).clone()).await;
                self.plain(&gone)
            }
            Op::Get(at) => {
                let found = groups.get(&known(at)).await;
                self.plain(&found)
            }
            Op::Summary(at) => {
                let found = groups.summary(&known(at)).await;
                self.plain(&found)
            }
            Op::List(at, scope, search, size) => {
                let list = ListGroups {
                    scope: scope_of(*scope, known(at)),
                    name: None,
                    search: search.map(named),
                    page: page(OrderField::CreateTime, *size),
                };
                let found = groups.list(&list).await;
                self.plain(&found)
            }
            Op::ListBindings(at, scope, size) => {
                let list = ListRoleBindings {
                    scope: scope_of(*scope, known(at)),
                    identity: None,
                    group: None,
                    role: None,
                    reaching: None,
                    search: None,
                    ending_within: None,
                    page: page(OrderField::CreateTime, *size),
                };
                let found = bindings.list(&list).await;
                self.plain(&found)
            }
            Op::Check(about, what, at) => {
                let all = [
                    Capability::GROUPS_LIST,
                    Capability::GROUPS_DELETE,
                    Capability::ROLE_BINDINGS_CREATE,
                    Capability::GULFSTREAM,
                ];
                let question = Question {
                    identity: self.people[*about].identity().clone(),
                    capability: all[usize::from(*what)],
                    group: known(at),
                };
                let answer = store.checks(&caller).ask(&[question]).await;
                self.plain(&answer)
            }
            Op::Suspend(about) => {
                let about = self.people[*about].identity().clone();
                let done = store.as_host().suspend(about, false).await;
                self.plain(&done)
            }
            Op::Restore(about) => {
                let about = self.people[*about].identity().clone();
                let done = store.as_host().restore(about).await;
                self.plain(&done)
            }
            Op::Wait(far) => {
                let far = Duration::from_micros(40 * u64::from(*far));
                self.test.clock.advance(far);
                String::new()
            }
        }
    }

    /// Everything that was written down.
    async fn trails(&mut self) -> String {
        let mut rows = self.test.store.audit_rows(None).await.unwrap();
        let roots: Vec<Uidp> = self
            .groups
            .iter()
            .filter(|uid| uid.is_root())
            .cloned()
            .collect();
        for root in roots {
            rows.extend(self.test.store.audit_rows(Some(&root)).await.unwrap());
        }
        let left = self.test.store.as_host().ownerless().await.unwrap();
        self.plain(&(rows, left, self.groups.clone()))
    }
}

fn named(at: u8) -> String {
    format!("n{at}")
}

fn page(field: OrderField, size: u32) -> PageAsk {
    PageAsk {
        order: Order {
            field,
            descending: size == 2,
        },
        after: None,
        size,
        skip: u32::from(size == 3),
    }
}

fn scope_of(scope: u8, at: Uidp) -> Scope {
    match scope {
        0 => Scope::All,
        1 => Scope::ChildrenOf(at),
        2 => Scope::DescendantsOf(at),
        3 => Scope::AncestorsOf(at),
        4 => Scope::Topmost,
        _ => Scope::Ids(vec![at]),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_stream_of_operations_gives_equal_answers_on_both_databases() {
    let soak = std::env::var("BAILIWICK_SOAK").is_ok_and(|soak| soak == "1");
    let mut runner = TestRunner::new(Config {
        cases: if soak { 500 } else { 15 },
        failure_persistence: None,
        ..Config::default()
    });
    let runtime = tokio::runtime::Handle::current();
    let mut answered: HashMap<&str, usize> = HashMap::new();
    tokio::task::block_in_place(|| {
        let counted = std::cell::RefCell::new(&mut answered);
        let checked = runner.run(&vec((0..PEOPLE, op()), 20..60), |ops| {
            runtime.block_on(async {
                let mut twins = [
                    Twin::new(TestStore::sqlite().await).await,
                    Twin::new(TestStore::postgres().await).await,
                ];
                for (who, op) in &ops {
                    let one = twins[0].run(*who, op).await;
                    let other = twins[1].run(*who, op).await;
                    assert_eq!(one, other, "{op:?}");
                    let kind = if one.starts_with("Ok") {
                        "done"
                    } else {
                        "refused"
                    };
                    *counted.borrow_mut().entry(kind).or_default() += 1;
                }
                let one = twins[0].trails().await;
                assert_eq!(one, twins[1].trails().await);
            });
            Ok(())
        });
        checked.unwrap();
    });
    for kind in ["done", "refused"] {
        assert!(
            answered[kind] > 50,
            "{answered:?}: the stream says too little"
        );
    }
}
