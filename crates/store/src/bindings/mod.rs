//! Role bindings: who holds which role where. `give.rs` and `take.rs` are the only places that
//! write them.

mod create;
mod delete;
mod get;
mod give;
mod held;
mod list;
mod take;

use bailiwick_domain::{Micros, Uidp};

use crate::access::Caller;
use crate::store::Store;

pub use create::NewBinding;
pub use get::{BoundIdentity, RoleBindingRow};
pub(crate) use give::Given;
pub use held::HeldBinding;
pub use list::ListRoleBindings;
pub(crate) use take::owned;

/// Role bindings as one caller may see and change them. There is no other way to them.
#[derive(Debug)]
pub struct RoleBindingsHandle<'a> {
    store: &'a Store,
    caller: &'a Caller,
}

impl<'a> RoleBindingsHandle<'a> {
    pub(crate) fn new(store: &'a Store, caller: &'a Caller) -> Self {
        Self { store, caller }
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
