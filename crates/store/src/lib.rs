//! Everything Bailiwick remembers, and the transactions that keep its rules.
//!
//! Nothing outside this crate writes SQL. What a person may do is decided in here, inside the
//! transaction that does it: [`Store::groups`] takes a [`Caller`], and every method behind it asks
//! `bailiwick_domain::decide` first. No HTTP type is known here.
//!
//! Start at [`Store`], then `writer.rs` (group commit) and `access.rs` (who may).

mod access;
mod audit;
mod bindings;
mod clock;
mod error;
mod groups;
mod identities;
mod keys;
mod meta;
mod migrations;
mod open;
mod secret;
mod seed;
mod sessions;
mod sign_in;
mod store;
mod writer;

pub use access::Caller;
pub use audit::AuditRow;
pub use bindings::HeldBinding;
pub use clock::{Clock, SystemClock};
pub use error::{Failure, OpenError, StoreError};
pub use groups::{
    GroupChange, GroupList, GroupRow, GroupsHandle, ListGroups, NewGroup, Order, OrderField,
    PageKey, Scope,
};
pub use identities::{Identity, Person};
pub use keys::SigningKey;
pub use secret::Secret;
pub use seed::Example;
pub use sessions::{LiveSession, SESSION_ABSOLUTE, SESSION_IDLE};
pub use sign_in::{AuthorizedLogin, CodeRedemption, LoginTransaction, NewLogin, SignInError};
pub use store::{Location, Options, Store};
