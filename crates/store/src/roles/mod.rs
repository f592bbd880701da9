//! Roles: what the built-in ones and the custom ones have in common, and what can be done to the
//! custom ones. Each operation has a file of its name.

mod create;
mod delete;
mod list;
mod row;
mod shown;
mod update;

use bailiwick_domain::CapabilitySet;

use crate::access::Caller;
use crate::etag::IfMatch;
use crate::store::Store;

pub use create::NewRole;
pub(crate) use create::{CREATE, create_role};
pub(crate) use delete::{DELETE, delete_role};
pub use list::ListRoles;
#[cfg(test)]
pub(crate) use list::within_statement;
pub use row::RoleRow;
pub(crate) use row::{COLUMNS, bindable, capabilities, from_joined};
pub use shown::ShownRole;
pub use update::RoleChange;
pub(crate) use update::{UPDATE, update_role};

/// Roles as one caller may see and change them. There is no other way to the custom ones.
#[derive(Debug)]
pub struct RolesHandle<'a> {
    store: &'a Store,
    caller: &'a Caller,
    if_match: IfMatch,
}

impl<'a> RolesHandle<'a> {
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

/// Capabilities as the audit trail says them.
fn said(capabilities: &CapabilitySet) -> String {
    let names: Vec<&str> = capabilities
        .iter()
        .map(bailiwick_domain::Capability::name)
        .collect();
    names.join(" ")
}
