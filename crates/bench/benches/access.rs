//! How long a preview, an explanation and a page of people take in an organization of 10,000 people
//! and 100,000 folders, in the store. It measures; it asserts only that it measured what it says.
#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on has failed"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use bailiwick_domain::{Capability, CapabilitySet, Uidp, owner, viewer};
use bailiwick_store::{
    AccessChange, Caller, ListIdentities, Location, NewBinding, NewRole, Order, OrderField,
    PageAsk, RoleChange, Scope, Store, SystemClock,
};
use bailiwick_testkit::Folder;
use bailiwick_testkit::store::{group, options, sign_in};
use tokio::task::JoinSet;

const PEOPLE: u16 = 10_000;
const FOLDERS: usize = 100_000;
const WIDE: usize = 1000;
/// How many writes are under way at a time, so that they share commits.
const AT_A_TIME: usize = 128;
const ROUNDS: usize = 20;

/// Budgets of the issue that brought them, in milliseconds.
const PREVIEW: f64 = 500.0;
const EXPLAIN: f64 = 10.0;

fn main() {
    // `cargo test --benches` runs this as well, and expects no benchmark.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (options, wanted): (Vec<_>, Vec<_>) = arguments
        .iter()
        .partition(|argument| argument.starts_with('-'));
    let is_test = !options.iter().any(|option| *option == "--bench");
    if is_test
        || !wanted
            .iter()
            .all(|filter| "access".contains(filter.as_str()))
    {
        return;
    }
    run();
}

#[tokio::main]
async fn run() {
    let data = Folder::new();
    let options = options(Location::Sqlite(data.path().join("bailiwick.sqlite")), true);
    let store = Store::open(&options, Arc::new(SystemClock)).await.unwrap();
    let caller = sign_in(&store, "owner@example.com").await.caller;
    let groups = store.groups(&caller);
    let large = groups.create_organization(group("large"), true).await;
    let large = large.unwrap().uid;
    let role = role(&store, &caller, &large).await;
    let deepest = grow(&store, &caller, &large).await;
    people(&store, &caller, &large, &role).await;
    println!(
        "{} groups, {PEOPLE} people",
        store.count_groups().await.unwrap()
    );

    let mut wider = viewer().capabilities;
    wider.insert(Capability::GROUPS_CREATE);
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let change = AccessChange::UpdateRole(
            role.clone(),
            RoleChange {
                name: None,
                description: None,
                capabilities: Some(wider),
            },
        );
        let changes = store.changes(&caller);
        let start = Instant::now();
        let effect = changes.preview(large.clone(), vec![change]).await.unwrap();
        times.push(start.elapsed());
        assert_eq!(effect.gain_count, usize::from(PEOPLE));
    }
    print("preview of a change of everyone's role", times, PREVIEW);

    let mut times = Vec::new();
    for at in 0..ROUNDS {
        let explain = store.explain(&caller);
        let who = person(u16::try_from(at).unwrap());
        let what = Some(Capability::GROUPS_DELETE);
        let start = Instant::now();
        let no = explain.person(&who, what, &deepest).await.unwrap();
        times.push(start.elapsed());
        let remedy = no.remedy.unwrap();
        assert_eq!(remedy.role.unwrap().name, owner().name);
    }
    print("explanation of a no, with who could help", times, EXPLAIN);

    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let list = ListIdentities {
            scope: Scope::DescendantsOf(large.clone()),
            ids: None,
            search: None,
            role: None,
            ending_before: None,
            unseen_since: None,
            page: PageAsk {
                order: Order {
                    field: OrderField::Name,
                    descending: false,
                },
                after: None,
                size: 200,
                skip: 0,
            },
        };
        let identities = store.identities(&caller);
        let start = Instant::now();
        let page = identities.list(&list).await.unwrap();
        times.push(start.elapsed());
        assert_eq!(page.rows.len(), 200);
    }
    print("200 of the people, by name", times, f64::INFINITY);
}

async fn role(store: &Store, caller: &Caller, at: &Uidp) -> Uidp {
    let capabilities: CapabilitySet = viewer().capabilities;
    let new = NewRole {
        group: at.clone(),
        name: "reader".parse().unwrap(),
        description: "".parse().unwrap(),
        capabilities,
    };
    store.roles(caller).create(new).await.unwrap().role.uid
}

/// A chain of folders with many beside each; answers the last of the chain.
async fn grow(store: &Store, caller: &Caller, top: &Uidp) -> Uidp {
    let mut here = top.clone();
    for step in 0..FOLDERS / WIDE {
        let mut under_way = JoinSet::new();
        for number in 0..WIDE {
            if under_way.len() == AT_A_TIME {
                under_way.join_next().await.unwrap().unwrap();
            }
            let (store, caller, parent) = (store.clone(), caller.clone(), here.clone());
            under_way.spawn(async move {
                let groups = store.groups(&caller);
                let new = group(&format!("folder-{step}-{number}"));
                groups.create_folder(parent, new).await.unwrap().uid
            });
        }
        let made = under_way.join_all().await;
        if step < 20 {
            here = made.into_iter().next().unwrap();
        }
    }
    here
}

async fn people(store: &Store, caller: &Caller, at: &Uidp, role: &Uidp) {
    let mut under_way = JoinSet::new();
    for number in 0..PEOPLE {
        if under_way.len() == AT_A_TIME {
            under_way.join_next().await.unwrap().unwrap();
        }
        let (store, caller) = (store.clone(), caller.clone());
        let new = NewBinding {
            identity: person(number),
            role: role.clone(),
            group: at.clone(),
            ends_at: None,
        };
        under_way.spawn(async move {
            store.role_bindings(&caller).create(new).await.unwrap();
        });
    }
    under_way.join_all().await;
}

fn person(number: u16) -> Uidp {
    let mut bytes = [7; 20];
    bytes[..2].copy_from_slice(&number.to_be_bytes());
    Uidp::root(bytes)
}

fn print(what: &str, mut times: Vec<Duration>, budget: f64) {
    times.sort_unstable();
    let milliseconds = |at: usize| times[at].as_secs_f64() * 1000.0;
    println!(
        "{what}: median {:.1} ms, worst of {ROUNDS} {:.1} ms; budget {budget} ms",
        milliseconds(ROUNDS / 2),
        milliseconds(ROUNDS - 1)
    );
}
