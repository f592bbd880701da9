//! Groups: the tree. Reading in `list.rs` and `get.rs`, changing in `change.rs`.

mod change;
mod list;
mod read;

use bailiwick_domain::{Description, GroupName, Micros, Uidp};

use crate::access::Caller;
use crate::store::Store;

pub use list::{GroupList, ListGroups, Order, OrderField, PageKey, Scope};

/// Groups as one caller may see and change them. There is no other way to them.
#[derive(Debug)]
pub struct GroupsHandle<'a> {
    store: &'a Store,
    caller: &'a Caller,
}

impl<'a> GroupsHandle<'a> {
    pub(crate) fn new(store: &'a Store, caller: &'a Caller) -> Self {
        Self { store, caller }
    }
}

/// A group as it is stored, with its way down from the organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRow {
    /// The UIDP.
    pub uid: Uidp,
    /// Unique among its siblings.
    pub name: String,
    /// May be empty.
    pub description: String,
    /// When it was made.
    pub create_time: Micros,
    /// When it was last changed.
    pub update_time: Micros,
    /// UIDP and name of every ancestor, from the organization down.
    pub path: Vec<(Uidp, String)>,
    /// Whether there are groups directly below.
    pub has_children: bool,
}

/// What a new group is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGroup {
    /// The name.
    pub name: GroupName,
    /// The description, maybe empty.
    pub description: Description,
}

/// What is changed; `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupChange {
    /// The new name.
    pub name: Option<GroupName>,
    /// The new description.
    pub description: Option<Description>,
}
