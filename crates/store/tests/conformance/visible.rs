//! Rule 5: a list is exactly what single checks allow, for random trees and random bindings.

use std::time::Duration;

use bailiwick_domain::{BuiltInRole, Micros, Uidp};
use bailiwick_store::{
    Caller, Clock as _, GroupChange, GroupRow, ListGroups, Order, OrderField, PageAsk, Scope,
};
use bailiwick_testkit::TestStore;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// A tree, what one person holds in it, and how they ask.
#[derive(Debug, Clone)]
struct World {
    /// For each group: below which earlier one (or none), which name it wishes for, how many
    /// microseconds after the one before it was made, whether it is renamed afterwards.
    groups: Vec<(Option<prop::sample::Index>, u8, u8, bool)>,
    /// At which group, which role, and how far from now it ends.
    bindings: Vec<(prop::sample::Index, u8, Option<i8>)>,
    field: u8,
    descending: bool,
    size: u32,
    skip: u32,
    name: Option<u8>,
}

fn world() -> impl Strategy<Value = World> {
    let parent = prop::option::weighted(0.85, any::<prop::sample::Index>());
    let group = (parent, 0..4u8, 0..2u8, any::<bool>());
    let binding = (
        any::<prop::sample::Index>(),
        0..4u8,
        prop::option::of(-1..2i8),
    );
    (
        vec(group, 1..14),
        vec(binding, 0..6),
        0..4u8,
        any::<bool>(),
        1..5u32,
        0..4u32,
        prop::option::weighted(0.2, 0..4u8),
    )
        .prop_map(
            |(groups, bindings, field, descending, size, skip, name)| World {
                groups,
                bindings,
                field,
                descending,
                size,
                skip,
                name,
            },
        )
}

fn name(at: u8) -> String {
    char::from(b'a' + at).to_string()
}

/// Makes the groups; answers all of them and who asks.
async fn build(test: &TestStore, world: &World) -> (Vec<Uidp>, Caller) {
    let maker = test.sign_in("maker@example.com").await.caller;
    let tag = test.store.count_groups().await.unwrap();
    let mut made: Vec<Uidp> = Vec::new();
    for (at, (parent, wish, later, renamed)) in world.groups.iter().enumerate() {
        test.clock.advance(Duration::from_micros(u64::from(*later)));
        let below = parent
            .filter(|_| at > 0)
            .map(|parent| parent.get(&made).clone());
        let groups = test.store.groups(&maker);
        let made_here = match &below {
            None => test.organization(&maker, &format!("o{tag}-{at}")).await,
            Some(parent) => {
                let wished = bailiwick_testkit::store::group(&name(*wish));
                match groups.create_folder(parent.clone(), wished).await {
                    Ok(row) => row.uid,
                    Err(_) => test.folder(&maker, parent, &format!("n{at}")).await.uid,
                }
            }
        };
        if *renamed {
            test.clock.advance(Duration::from_micros(1));
            let change = GroupChange {
                description: Some("touched".parse().unwrap()),
                name: None,
            };
            groups.update(made_here.clone(), change).await.unwrap();
        }
        made.push(made_here);
    }
    let person = test
        .sign_in(&format!("person{tag}@example.com"))
        .await
        .caller;
    for (at, role, ends) in &world.bindings {
        let ends = ends.map(|far| Micros(test.clock.now().0 + i64::from(far)));
        let role = &BuiltInRole::all()[usize::from(*role)];
        crate::raw::bind(test, person.identity(), role, at.get(&made), ends).await;
    }
    (made, person)
}

fn is_in(scope: &Scope, row: &GroupRow, visible: &[GroupRow]) -> bool {
    match scope {
        Scope::All => true,
        Scope::ChildrenOf(parent) => row.uid.parent().as_ref() == Some(parent),
        Scope::DescendantsOf(top) => row.uid.is_below(top),
        Scope::AncestorsOf(bottom) => bottom.is_below(&row.uid),
        Scope::Ids(uids) => uids.contains(&row.uid),
        Scope::InRoot => row.uid.is_root(),
        Scope::Topmost => !visible.iter().any(|other| row.uid.is_below(&other.uid)),
    }
}

fn sort(rows: &mut [GroupRow], order: Order) {
    rows.sort_by_key(|row| {
        let (text, number) = match order.field {
            OrderField::Uid => (String::new(), 0),
            OrderField::Name => (row.name.clone(), 0),
            OrderField::CreateTime => (String::new(), row.create_time.0),
            OrderField::UpdateTime => (String::new(), row.update_time.0),
        };
        (text, number, row.uid.clone())
    });
    if order.descending {
        rows.reverse();
    }
}

async fn check(test: &TestStore, world: &World) {
    let (made, person) = build(test, world).await;
    let groups = test.store.groups(&person);
    let mut visible = Vec::new();
    for uid in &made {
        visible.extend(groups.get(uid).await.ok());
    }
    let fields = [
        OrderField::Uid,
        OrderField::Name,
        OrderField::CreateTime,
        OrderField::UpdateTime,
    ];
    let order = Order {
        field: fields[usize::from(world.field)],
        descending: world.descending,
    };
    let nowhere = made[0].child([7; 8]).unwrap();
    let mut scopes = vec![Scope::All, Scope::Topmost, Scope::InRoot];
    for uid in made.iter().chain([&nowhere]) {
        scopes.push(Scope::ChildrenOf(uid.clone()));
        scopes.push(Scope::DescendantsOf(uid.clone()));
        scopes.push(Scope::AncestorsOf(uid.clone()));
    }
    scopes.push(Scope::Ids(made.iter().step_by(2).cloned().collect()));
    for scope in scopes {
        let wanted = world.name.map(name);
        let mut expected: Vec<_> = visible
            .iter()
            .filter(|row| is_in(&scope, row, &visible))
            .filter(|row| wanted.as_ref().is_none_or(|name| row.name == *name))
            .cloned()
            .collect();
        sort(&mut expected, order);
        let total = u64::try_from(expected.len()).unwrap();
        let expected: Vec<_> = expected.into_iter().skip(world.skip as usize).collect();
        let mut list = ListGroups {
            scope,
            name: wanted,
            search: None,
            page: PageAsk {
                order,
                after: None,
                size: world.size,
                skip: world.skip,
            },
        };
        let mut found = Vec::new();
        loop {
            let page = groups.list(&list).await.unwrap();
            assert_eq!(page.total, Some(total), "{list:?}");
            let full = page.rows.len() == world.size as usize;
            assert!(full || page.next.is_none(), "{list:?}");
            found.extend(page.rows);
            list.page.skip = 0;
            list.page.after = page.next;
            if list.page.after.is_none() {
                break;
            }
        }
        assert_eq!(found, expected, "{list:?}");
    }
}

pub(crate) async fn a_list_holds_what_single_checks_allow(test: &TestStore) {
    let mut runner = TestRunner::new(Config {
        cases: 60,
        failure_persistence: None,
        ..Config::default()
    });
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        let checked = runner.run(&world(), |world| {
            runtime.block_on(check(test, &world));
            Ok(())
        });
        checked.unwrap();
    });
}

pub(crate) async fn the_total_is_exact_to_ten_thousand_and_absent_above(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&owner, "acme").await;
    crate::raw::execute(
        test,
        &format!(
            "INSERT INTO groups (uid, parent, depth, name, create_time, update_time)
             WITH RECURSIVE n (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < 10000)
             SELECT '{organization}/' || substr(CAST(10000000000000000 + at AS TEXT), 2),
                 '{organization}', 2, 'f' || at, 0, 0 FROM n"
        ),
    )
    .await;
    let groups = test.store.groups(&owner);
    let mut list = ListGroups {
        scope: Scope::ChildrenOf(organization.clone()),
        name: None,
        search: None,
        page: PageAsk {
            order: Order {
                field: OrderField::Name,
                descending: false,
            },
            after: None,
            size: 1,
            skip: 0,
        },
    };
    assert_eq!(groups.list(&list).await.unwrap().total, Some(10_000));
    list.scope = Scope::All;
    assert_eq!(groups.list(&list).await.unwrap().total, None);
}
