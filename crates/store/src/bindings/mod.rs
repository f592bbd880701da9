//! Role bindings: who holds which role where. `give.rs`, `take.rs` and `update.rs` are the only
//! places that write them.

mod batch;
mod bound;
mod create;
mod delete;
mod get;
mod give;
mod held;
mod last_owner;
mod list;
mod sort;
mod take;
mod update;

use bailiwick_domain::{Micros, Uidp};

use crate::access::Caller;
use crate::etag::IfMatch;
use crate::store::Store;

pub(crate) use bound::bound;
pub(crate) use create::CREATE;
pub use create::NewBinding;
pub(crate) use create::create_binding;
pub(crate) use delete::{DELETE, delete_binding};
pub use get::{BoundIdentity, RoleBindingRow};
pub(crate) use give::{Given, Origin};
pub use held::HeldBinding;
#[cfg(test)]
pub(crate) use held::statement as held_statement;
pub(crate) use last_owner::OwnerWatch;
#[cfg(test)]
pub(crate) use list::statement;
pub use list::{ListRoleBindings, Reaching};
pub(crate) use take::{owned, root_binding, root_bindings};
pub use update::BindingChange;
pub(crate) use update::{UPDATE, update_binding};

/// Role bindings as one caller may see and change them. There is no other way to them.
#[derive(Debug)]
pub struct RoleBindingsHandle<'a> {
    store: &'a Store,
    caller: &'a Caller,
    if_match: IfMatch,
}

impl<'a> RoleBindingsHandle<'a> {
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

/// A binding's end as the audit trail says it.
fn said(ends_at: Option<Micros>) -> String {
    ends_at.map_or_else(|| "never".to_owned(), |end| end.0.to_string())
}

/// The group that a role binding stands directly below; `None` for what can be no binding's id.
fn group_of(binding: &Uidp) -> Option<Uidp> {
    binding.parent()
}
