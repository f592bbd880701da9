//! People, as their providers know them, and as one caller may see them and take what they hold.

mod get;
mod list;
mod person;
mod remove;
mod row;

use crate::access::Caller;
use crate::store::Store;

pub use list::ListIdentities;
#[cfg(test)]
pub(crate) use list::statement;
pub use person::{Identity, Person};
pub(crate) use person::{mailbox_key, upsert};
pub(crate) use remove::{REMOVE, remove_identity};
#[cfg(test)]
pub(crate) use row::bindings_statement;
pub use row::{IdentityBindingRow, IdentityRow};

/// How many bindings of a person a list shows.
const SHOWN_IN_LIST: usize = 20;
/// How many bindings of a person are shown at most.
const SHOWN: usize = 1000;

/// Identities as one caller may see them.
#[derive(Debug)]
pub struct IdentitiesHandle<'a> {
    store: &'a Store,
    caller: &'a Caller,
}

impl<'a> IdentitiesHandle<'a> {
    pub(crate) fn new(store: &'a Store, caller: &'a Caller) -> Self {
        Self { store, caller }
    }
}
