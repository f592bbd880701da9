//! Groups: the tree. Each operation has a file of its name.

mod create;
mod delete;
mod list;
mod read;
mod summary;
mod update;

use bailiwick_domain::{Description, GroupName, Micros, Uidp};

use crate::access::Caller;
use crate::act::Act;
use crate::error::{Failure, StoreError, corrupt};
use crate::etag::{IfMatch, etag};
use crate::store::Store;

pub(crate) use create::insert;
pub use delete::Deletion;
pub use list::ListGroups;
#[cfg(test)]
pub(crate) use list::statement;
pub(crate) use read::one;
#[cfg(test)]
pub(crate) use read::one_statement;
pub use summary::GroupSummary;

/// Groups as one caller may see and change them. There is no other way to them.
#[derive(Debug)]
pub struct GroupsHandle<'a> {
    store: &'a Store,
    caller: &'a Caller,
    if_match: IfMatch,
}

impl<'a> GroupsHandle<'a> {
    pub(crate) fn new(store: &'a Store, caller: &'a Caller) -> Self {
        Self {
            store,
            caller,
            if_match: IfMatch::Unconditional,
        }
    }

    /// For writes to a thing in a certain state alone.
    #[must_use]
    pub fn if_match(self, if_match: IfMatch) -> Self {
        Self { if_match, ..self }
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
    /// Of an organization: whether what a device signed in holds anything there.
    pub device_sign_in: bool,
}

impl GroupRow {
    /// Another one after every change of the group itself.
    pub fn etag(&self) -> String {
        let time = self.update_time.0.to_string();
        etag(&[self.uid.as_str(), &self.name, &self.description, &time])
    }
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
    /// Whether what a device signed in holds anything in the organization; of a root alone.
    pub device_sign_in: Option<bool>,
}

/// A group that the transaction has just seen or made.
pub(crate) async fn found<E>(act: &mut Act<'_>, uid: &Uidp) -> Result<GroupRow, Failure<E>> {
    let row = one(act.tx, uid).await?;
    Ok(row.ok_or_else(|| -> StoreError { corrupt("groups.uid", uid.as_str()) })?)
}
