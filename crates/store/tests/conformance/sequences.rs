//! Rules 2 and 3 over whole sequences of writes by one person, as the store lets them through:
//! nobody rises above that person, nobody above that person falls, and nothing outlives them.

use std::collections::BTreeMap;
use std::time::Duration;

use bailiwick_domain::{
    BuiltInRole, Capability, CapabilitySet, Grant, Micros, Uidp, capabilities_at, editor, owner,
    viewer,
};
use bailiwick_store::{BindingChange, Caller, Clock as _, Deletion, NewBinding, NewRole};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::group;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use sqlx::Row as _;

const PEOPLE: usize = 4;
/// A step of the clock, and of every end.
const STEP: Duration = Duration::from_secs(60);

#[derive(Debug, Clone)]
enum Write {
    Bind(Index, u8, Index, Option<u8>),
    Unbind(Index),
    Rebind(Index, Option<u8>, Option<Option<u8>>),
    EditRole(Index, u8),
    DeleteRole(Index),
    Delete(Index),
    Make(Index),
    Wait,
}

/// Who holds what where at the start, and what the first of them tries then.
#[derive(Debug, Clone)]
struct World {
    below: Vec<Index>,
    bindings: Vec<(Index, u8, Index, Option<u8>)>,
    writes: Vec<Write>,
}

fn world() -> impl Strategy<Value = World> {
    let at = any::<Index>;
    let end = || prop::option::weighted(0.4, 1..8u8);
    let write = prop_oneof![
        6 => (at(), 0..5u8, at(), end()).prop_map(|(who, role, at, end)| Write::Bind(who, role, at, end)),
        4 => at().prop_map(Write::Unbind),
        4 => (at(), prop::option::of(0..5u8), prop::option::weighted(0.3, end()))
            .prop_map(|(which, role, end)| Write::Rebind(which, role, end)),
        3 => (at(), 0..4u8).prop_map(|(which, set)| Write::EditRole(which, set)),
        1 => at().prop_map(Write::DeleteRole),
        1 => at().prop_map(Write::Delete),
        1 => at().prop_map(Write::Make),
        1 => Just(Write::Wait),
    ];
    (
        vec(at(), 2..6),
        vec((at(), 0..5u8, at(), end()), 2..10),
        vec(write, 5..25),
    )
        .prop_map(|(below, bindings, writes)| World {
            below,
            bindings,
            writes,
        })
}

type Grants = BTreeMap<Uidp, Vec<Grant>>;

/// Every role binding there is, by the person.
async fn grants(test: &TestStore) -> Grants {
    let mut connection = test.database.connect().await;
    let rows = sqlx::query(
        "SELECT b.uid, b.group_uid, b.role_uid, b.identity_uid, b.ends_at, r.capabilities
         FROM role_bindings b LEFT JOIN roles r ON r.uid = b.role_uid",
    )
    .fetch_all(&mut connection);
    let mut all = Grants::new();
    for row in rows.await.unwrap() {
        let uidp = |column: &str| {
            row.try_get::<String, _>(column)
                .unwrap()
                .parse::<Uidp>()
                .unwrap()
        };
        let role = uidp("role_uid");
        all.entry(uidp("identity_uid")).or_default().push(Grant {
            binding: uidp("uid"),
            group: uidp("group_uid"),
            capabilities: match BuiltInRole::by_uid(&role) {
                Some(role) => role.capabilities,
                None => {
                    let bytes: Vec<u8> = row.try_get("capabilities").unwrap();
                    CapabilitySet::from_bytes(bytes.try_into().unwrap())
                }
            },
            role,
            ends_at: row
                .try_get::<Option<i64>, _>("ends_at")
                .unwrap()
                .map(Micros),
        });
    }
    all
}

fn held(grants: &Grants, who: &Uidp, at: &Uidp, when: Micros) -> CapabilitySet {
    grants
        .get(who)
        .map_or(CapabilitySet::empty(), |own| capabilities_at(own, at, when))
}

async fn check(test: &TestStore, world: &World, counts: &mut (usize, usize)) {
    let tag = test.store.count_groups().await.unwrap();
    let maker = test.sign_in("maker@example.com").await.caller;
    let mut people = Vec::new();
    for at in 0..PEOPLE {
        people.push(
            test.sign_in(&format!("p{tag}-{at}@example.com"))
                .await
                .caller,
        );
    }
    let mut nodes = vec![test.organization(&maker, &format!("o{tag}")).await];
    for (at, below) in world.below.iter().enumerate() {
        let parent = below.get(&nodes).clone();
        nodes.push(test.folder(&maker, &parent, &format!("f{at}")).await.uid);
    }
    let roles = roles(test, &maker, &nodes).await;
    let start = test.clock.now();
    let ends = |end: &Option<u8>| end.map(|steps| start.later(STEP * u32::from(steps)));
    for (who, role, at, end) in &world.bindings {
        let who = who.get(&people).identity();
        let at = at.get(&nodes);
        // What is above the role's own group it would not be bound at.
        let role = &roles[usize::from(*role)];
        let at = role
            .parent()
            .filter(|home| !home.reaches(at))
            .unwrap_or_else(|| at.clone());
        crate::raw::bind_uid(test, who, role, &at, ends(end)).await;
    }
    let caller = &people[0];
    let before = grants(test).await;
    for write in &world.writes {
        match run(test, caller, &people, &nodes, &roles, write, &ends).await {
            true => counts.0 += 1,
            false => counts.1 += 1,
        }
    }
    let after = grants(test).await;
    let now = test.clock.now();
    let own = caller.identity();
    for person in people.iter().chain([&maker]) {
        let who = person.identity();
        for node in &nodes {
            for step in 0..10 {
                let when = now.later(STEP * step);
                let callers = held(&before, own, node, when);
                let (was, is) = (
                    held(&before, who, node, when),
                    held(&after, who, node, when),
                );
                let gained = is.difference(&was).difference(&callers);
                assert!(gained.is_empty(), "{who} gained {gained:?} at {node}");
                let lost = was.difference(&is).difference(&callers);
                assert!(
                    who == own || lost.is_empty(),
                    "{who} lost {lost:?} at {node}"
                );
            }
        }
    }
    assert_eq!(test.store.as_host().ownerless().await.unwrap(), []);
}

/// What a custom role may come to hold.
fn sets() -> [CapabilitySet; 4] {
    let mut manager = viewer().capabilities;
    manager.extend([
        Capability::ROLES_UPDATE,
        Capability::ROLES_DELETE,
        Capability::ROLE_BINDINGS_UPDATE,
    ]);
    let few = [Capability::GROUPS_LIST, Capability::ROLES_LIST];
    [
        few.into_iter().collect(),
        manager,
        editor().capabilities,
        owner().capabilities,
    ]
}

/// Three built-in roles and two custom ones, one of the organization and one of a folder.
async fn roles(test: &TestStore, maker: &Caller, nodes: &[Uidp]) -> Vec<Uidp> {
    let mut roles: Vec<Uidp> = BuiltInRole::all()[..3]
        .iter()
        .map(|role| role.uid().clone())
        .collect();
    for (node, set) in [(&nodes[0], sets()[1]), (&nodes[1], sets()[3])] {
        let new = NewRole {
            capabilities: set,
            ..crate::roles::role(node, "custom", &[])
        };
        let made = crate::roles::make(test, maker, new).await.unwrap();
        roles.push(made.role.uid);
    }
    roles
}

/// The role bindings of the organization.
async fn there(test: &TestStore, nodes: &[Uidp]) -> Vec<Uidp> {
    let all = grants(test).await.into_values().flatten();
    all.filter(|grant| nodes[0].reaches(&grant.group))
        .map(|grant| grant.binding)
        .collect()
}

/// Whether the store let it through.
async fn run(
    test: &TestStore,
    caller: &Caller,
    people: &[Caller],
    nodes: &[Uidp],
    roles: &[Uidp],
    write: &Write,
    ends: &impl Fn(&Option<u8>) -> Option<Micros>,
) -> bool {
    let bindings = test.store.role_bindings(caller);
    let groups = test.store.groups(caller);
    match write {
        Write::Bind(who, role, at, end) => {
            let binding = NewBinding {
                identity: who.get(people).identity().clone(),
                role: roles[usize::from(*role)].clone(),
                group: at.get(nodes).clone(),
                ends_at: ends(end),
            };
            bindings.create(binding).await.is_ok()
        }
        Write::Unbind(which) => {
            let all = there(test, nodes).await;
            bindings.delete(which.get(&all).clone()).await.is_ok()
        }
        Write::Rebind(which, role, end) => {
            let all = there(test, nodes).await;
            let change = BindingChange {
                identity: None,
                role: role.map(|role| roles[usize::from(role)].clone()),
                ends_at: end.as_ref().map(ends),
            };
            let changed = bindings.update(which.get(&all).clone(), change).await;
            changed.is_ok()
        }
        Write::EditRole(which, set) => {
            let custom = which.get(&roles[3..]).clone();
            let change = crate::roles::holding(sets()[usize::from(*set)]);
            let changed = test.store.roles(caller).update(custom, change).await;
            changed.is_ok()
        }
        Write::DeleteRole(which) => {
            let custom = which.get(&roles[3..]).clone();
            test.store.roles(caller).delete(custom).await.is_ok()
        }
        Write::Delete(at) if at.index(nodes.len()) > 0 => {
            let node = at.get(nodes).clone();
            groups.delete(node, Deletion::Subtree).await.is_ok()
        }
        Write::Make(at) => {
            let name = format!("n{}", test.clock.now().0);
            let made = groups
                .create_folder(at.get(nodes).clone(), group(&name))
                .await;
            test.clock.advance(Duration::from_micros(1));
            made.is_ok()
        }
        // An organization that is gone proves nothing more.
        Write::Delete(_) | Write::Wait => {
            test.clock.advance(STEP);
            false
        }
    }
}

pub(crate) async fn nobody_rises_above_a_writer_and_nobody_above_them_falls(test: &TestStore) {
    let soak = std::env::var("BAILIWICK_SOAK").is_ok_and(|soak| soak == "1");
    let mut runner = TestRunner::new(Config {
        cases: if soak { 2000 } else { 60 },
        failure_persistence: None,
        ..Config::default()
    });
    let runtime = tokio::runtime::Handle::current();
    let counts = std::cell::RefCell::new((0, 0));
    tokio::task::block_in_place(|| {
        let checked = runner.run(&world(), |world| {
            runtime.block_on(check(test, &world, &mut counts.borrow_mut()));
            Ok(())
        });
        checked.unwrap();
    });
    let (done, refused) = counts.into_inner();
    assert!(done > 50 && refused > 50, "{done} done, {refused} refused");
}
