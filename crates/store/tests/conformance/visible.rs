//! Rule 5: a list is exactly what single checks allow, for random trees and random bindings.

use std::time::Duration;

use bailiwick_domain::{BuiltInRole, Micros, Uidp};
use bailiwick_store::{
    Caller, Clock as _, GroupChange, GroupRow, ListGroups, ListRoleBindings, Order, OrderField,
    PageAsk, Reaching, RoleBindingRow, Scope,
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
                device_sign_in: None,
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
            OrderField::Name => (row.name.clone(), 0),
            OrderField::CreateTime => (String::new(), row.create_time.0),
            OrderField::UpdateTime => (String::new(), row.update_time.0),
            _ => (String::new(), 0),
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

fn sort_bindings(rows: &mut [RoleBindingRow], order: Order) {
    rows.sort_by_key(|row| {
        let (text, number) = match order.field {
            OrderField::ExpireTime => {
                let never = if order.descending { -1 } else { i64::MAX };
                (String::new(), row.ends_at.map_or(never, |end| end.0))
            }
            OrderField::Identity => {
                let known = row.identity.name.clone().or(row.identity.email.clone());
                (known.unwrap_or_else(|| row.identity.uid.to_string()), 0)
            }
            OrderField::Role => (row.role_now.as_ref().unwrap().name.to_string(), 0),
            _ => (String::new(), 0),
        };
        (text, number, row.uid.clone())
    });
    if order.descending {
        rows.reverse();
    }
}

/// A page that holds every role binding of a test.
pub(crate) fn all_bindings() -> ListRoleBindings {
    ListRoleBindings {
        scope: Scope::All,
        identity: None,
        group: None,
        role: None,
        reaching: None,
        search: None,
        ending_within: None,
        page: PageAsk {
            order: Order {
                field: OrderField::Uid,
                descending: false,
            },
            after: None,
            size: 200,
            skip: 0,
        },
    }
}

pub(crate) async fn a_list_of_bindings_holds_what_single_checks_allow(test: &TestStore) {
    let mut runner = TestRunner::new(Config {
        cases: 40,
        failure_persistence: None,
        ..Config::default()
    });
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        let checked = runner.run(&world(), |world| {
            runtime.block_on(check_bindings(test, &world));
            Ok(())
        });
        checked.unwrap();
    });
}

async fn check_bindings(test: &TestStore, world: &World) {
    let (made, person) = build(test, world).await;
    let maker = test.sign_in("maker@example.com").await.caller;
    let everything = every_page(test, &maker, all_bindings(), world.size).await;
    let there: Vec<_> = everything
        .into_iter()
        .filter(|row| made.contains(&row.group))
        .collect();
    let mut visible = Vec::new();
    let bindings = test.store.role_bindings(&person);
    for row in &there {
        visible.extend(bindings.get(&row.uid).await.ok());
    }
    let nowhere = made[0].child([7; 8]).unwrap();
    let mut lists = vec![all_bindings()];
    for uid in made.iter().chain([&nowhere]) {
        for scope in [
            Scope::ChildrenOf(uid.clone()),
            Scope::DescendantsOf(uid.clone()),
            Scope::AncestorsOf(uid.clone()),
        ] {
            lists.push(ListRoleBindings {
                scope,
                ..all_bindings()
            });
        }
        lists.push(ListRoleBindings {
            group: Some(uid.clone()),
            ..all_bindings()
        });
        for reaching in [
            Reaching::Group(uid.clone()),
            Reaching::Inherited(uid.clone()),
        ] {
            lists.push(ListRoleBindings {
                reaching: Some(reaching),
                ..all_bindings()
            });
        }
    }
    for search in ["view", "own", "person", "@example.com"] {
        lists.push(ListRoleBindings {
            search: Some(search.to_owned()),
            ..all_bindings()
        });
    }
    for field in [
        OrderField::ExpireTime,
        OrderField::Identity,
        OrderField::Role,
    ] {
        for descending in [false, true] {
            let mut list = all_bindings();
            list.page.order = Order { field, descending };
            lists.push(list);
        }
    }
    lists.push(ListRoleBindings {
        identity: Some(person.identity().clone()),
        role: Some(bailiwick_domain::viewer().uid().clone()),
        ..all_bindings()
    });
    lists.push(ListRoleBindings {
        scope: Scope::Ids(there.iter().step_by(2).map(|row| row.uid.clone()).collect()),
        ..all_bindings()
    });
    for list in lists {
        let mut expected: Vec<_> = visible
            .iter()
            .filter(|row| match &list.scope {
                Scope::ChildrenOf(at) => row.group == *at,
                Scope::DescendantsOf(at) => at.reaches(&row.group),
                Scope::AncestorsOf(_) => false,
                Scope::Ids(uids) => uids.contains(&row.uid),
                _ => true,
            })
            .filter(|row| match &list.reaching {
                None => true,
                Some(Reaching::Group(at)) => row.group.reaches(at),
                Some(Reaching::Inherited(at)) => at.is_below(&row.group),
            })
            .filter(|row| {
                let has = |part: &String| {
                    let role = row.role_now.as_ref().map(|role| role.name.to_string());
                    [role, row.identity.name.clone(), row.identity.email.clone()]
                        .iter()
                        .flatten()
                        .any(|text| text.contains(part))
                };
                list.search.as_ref().is_none_or(has)
            })
            .filter(|row| list.group.as_ref().is_none_or(|at| row.group == *at))
            .filter(|row| list.role.as_ref().is_none_or(|role| row.role == *role))
            .filter(|row| {
                list.identity
                    .as_ref()
                    .is_none_or(|who| row.identity.uid == *who)
            })
            .cloned()
            .collect();
        sort_bindings(&mut expected, list.page.order);
        let found = every_page(test, &person, list.clone(), world.size).await;
        assert_eq!(found, expected, "{list:?}");
    }
}

/// All rows of a list, a page at a time; the total is right on each.
async fn every_page(
    test: &TestStore,
    caller: &Caller,
    mut list: ListRoleBindings,
    size: u32,
) -> Vec<RoleBindingRow> {
    list.page.size = size;
    let (mut found, mut totals) = (Vec::new(), Vec::new());
    loop {
        let page = test.store.role_bindings(caller).list(&list).await.unwrap();
        found.extend(page.rows);
        totals.push(page.total.unwrap());
        list.page.after = page.next;
        if list.page.after.is_none() {
            break;
        }
    }
    let count = u64::try_from(found.len()).unwrap();
    assert!(
        totals.iter().all(|total| *total == count),
        "{totals:?} {count}"
    );
    found
}

pub(crate) async fn a_search_finds_parts_of_names_and_nothing_by_wildcards(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let organization = test.organization(&owner, "acme").await;
    for name in ["web", "webshop", "a_b", "axb", "old web"] {
        test.folder(&owner, &organization, name).await;
    }
    let stranger = test.sign_in("stranger@example.com").await.caller;
    let elsewhere = test.organization(&stranger, "web elsewhere").await;
    let found = async |part: &str, scope: Scope| {
        let list = ListGroups {
            scope,
            name: None,
            search: Some(part.to_owned()),
            page: PageAsk {
                order: Order {
                    field: OrderField::Name,
                    descending: false,
                },
                ..all_bindings().page
            },
        };
        let page = test.store.groups(&owner).list(&list).await.unwrap();
        assert_eq!(page.total, Some(page.rows.len() as u64));
        page.rows
            .into_iter()
            .map(|row| row.name)
            .collect::<Vec<_>>()
    };
    let below = || Scope::DescendantsOf(organization.clone());
    assert_eq!(found("web", below()).await, ["old web", "web", "webshop"]);
    assert_eq!(found("web", Scope::All).await.len(), 3);
    assert_eq!(found("a_b", below()).await, ["a_b"]);
    assert_eq!(found("%", below()).await, [""; 0]);
    assert_eq!(found("\\", below()).await, [""; 0]);
    assert_eq!(found("'; --", below()).await, [""; 0]);
    assert_eq!(found("web", Scope::DescendantsOf(elsewhere)).await, [""; 0]);
}

pub(crate) async fn who_is_in_a_thousand_organizations_sees_them_all(test: &TestStore) {
    let owner = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let organization = format!(
        "'{}' || substr(CAST(100000000 + at AS TEXT), 2)",
        "0".repeat(32)
    );
    let numbers =
        "WITH RECURSIVE n (at) AS (SELECT 0 UNION ALL SELECT at + 1 FROM n WHERE at < 999)";
    crate::raw::execute(
        test,
        &format!(
            "INSERT INTO groups (uid, parent, depth, name, create_time, update_time)
                 {numbers} SELECT {organization}, '', 1, 'o' || at, 0, 0 FROM n;
             INSERT INTO role_bindings (uid, group_uid, organization, identity_uid, role_uid,
                     create_time, own_act)
                 {numbers} SELECT {organization} || '/0000000000000000', {organization},
                     {organization}, '{}', '{}', 0, 1 FROM n",
            guest.identity(),
            bailiwick_domain::viewer().uid()
        ),
    )
    .await;
    test.organization(&owner, "another").await;
    for scope in [Scope::All, Scope::Topmost, Scope::InRoot] {
        let list = ListGroups {
            scope,
            name: None,
            search: None,
            page: all_bindings().page,
        };
        let page = test.store.groups(&guest).list(&list).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (200, Some(1_000)));
        let mut next = list.clone();
        next.page.after = page.next;
        let second = test.store.groups(&guest).list(&next).await.unwrap();
        assert!(second.rows[0].uid > page.rows[199].uid);
    }
    let page = test.store.role_bindings(&guest).list(&all_bindings()).await;
    assert_eq!(page.unwrap().total, Some(1_000));
}
