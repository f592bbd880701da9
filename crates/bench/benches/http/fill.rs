//! Two organizations, written through the store as the server writes.

use std::path::Path;
use std::sync::Arc;

use bailiwick_domain::Uidp;
use bailiwick_store::{Caller, Location, Store, SystemClock};
use bailiwick_testkit::store::{group, options};

/// How many writes are under way at a time, so that they share commits.
const AT_A_TIME: usize = 128;

/// A group whose children are listed.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) uid: Uidp,
    children: u64,
}

impl Node {
    /// How many groups are on its first page, and how many it has.
    pub(crate) fn page(&self, size: u32) -> (u64, u64) {
        (self.children.min(size.into()), self.children)
    }
}

/// Parts of an organization that are as deep as they are wide.
#[derive(Debug, Clone, Copy)]
struct Thickets {
    count: usize,
    depth: usize,
    leaves: usize,
}

/// Opens the database that the server will find in `data`.
pub(crate) async fn open(data: &Path) -> Store {
    let options = options(Location::Sqlite(data.join("bailiwick.sqlite")), true);
    Store::open(&options, Arc::new(SystemClock)).await.unwrap()
}

/// Writes both organizations, and answers what to list. The node in the small one comes last.
pub(crate) async fn fill(store: &Store, caller: &Caller) -> Vec<Node> {
    let large = organization(store, caller, "large").await;
    let widest = node(store, caller, &large, 10_000).await;
    let middling = node(store, caller, &large, 500).await;
    let thickets = Thickets {
        count: 100,
        depth: 10,
        leaves: 88,
    };
    grow(store, caller, &large, thickets).await;
    folders(store, caller, &large, 497).await;
    let small = organization(store, caller, "small").await;
    let small_one = node(store, caller, &small, 500).await;
    let thickets = Thickets {
        count: 5,
        depth: 10,
        leaves: 9,
    };
    grow(store, caller, &small, thickets).await;
    println!("{} groups in all", store.count_groups().await.unwrap());
    let named = |name: &str, (uid, children)| Node {
        name: format!("{name}, {children} children"),
        uid,
        children,
    };
    vec![
        named("organization of 100,000", widest),
        named("organization of 100,000", middling),
        named("organization of 1,000", small_one),
    ]
}

async fn organization(store: &Store, caller: &Caller, name: &str) -> Uidp {
    let groups = store.groups(caller);
    let made = groups.create_organization(group(name), true).await;
    made.unwrap().uid
}

/// A folder of so many folders.
async fn node(store: &Store, caller: &Caller, parent: &Uidp, children: u64) -> (Uidp, u64) {
    let name = format!("node-of-{children}");
    let uid = folder(store.clone(), caller.clone(), parent.clone(), name).await;
    folders(store, caller, &uid, children as usize).await;
    (uid, children)
}

async fn grow(store: &Store, caller: &Caller, parent: &Uidp, thickets: Thickets) {
    for number in 0..thickets.count {
        let mut here = parent.clone();
        for step in 0..thickets.depth {
            let name = format!("deep-{number}-{step}");
            here = folder(store.clone(), caller.clone(), here, name).await;
            folders(store, caller, &here, thickets.leaves).await;
        }
    }
}

async fn folders(store: &Store, caller: &Caller, parent: &Uidp, count: usize) {
    let mut under_way = tokio::task::JoinSet::new();
    for number in 0..count {
        if under_way.len() == AT_A_TIME {
            under_way.join_next().await.unwrap().unwrap();
        }
        let (store, caller) = (store.clone(), caller.clone());
        let (parent, name) = (parent.clone(), format!("folder-{number:05}"));
        under_way.spawn(folder(store, caller, parent, name));
    }
    under_way.join_all().await;
}

async fn folder(store: Store, caller: Caller, parent: Uidp, name: String) -> Uidp {
    let groups = store.groups(&caller);
    let made = groups.create_folder(parent, group(&name)).await;
    made.unwrap().uid
}
