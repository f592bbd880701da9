//! Invites: promised role bindings. `write.rs` is the only place that makes one or gives it a code,
//! `accept.rs` the only one that uses one up.

mod accept;
mod batch;
mod create;
mod decline;
mod inspect;
mod known;
mod list;
mod offer;
mod read;
mod renew;
mod revoke;
mod row;
mod write;

use std::time::Duration;

use bailiwick_domain::{Mailbox, Micros, Uidp};

use crate::access::Caller;
use crate::secret::Secret;
use crate::store::Store;

pub use accept::Accepted;
pub use batch::NewInvites;
pub(crate) use create::told;
pub use inspect::Inspected;
pub use list::ListInvites;
#[cfg(test)]
pub(crate) use list::statement;
pub(crate) use read::one;
pub use row::{Acceptance, InviteRow, InviterRow};
pub(crate) use write::{Draft, write};

/// Invites as one caller may see and change them. There is no other way to them but by a code.
#[derive(Debug)]
pub struct GroupInvitesHandle<'a> {
    store: &'a Store,
    caller: &'a Caller,
}

impl<'a> GroupInvitesHandle<'a> {
    pub(crate) fn new(store: &'a Store, caller: &'a Caller) -> Self {
        Self { store, caller }
    }
}

/// The one invite whose code somebody has in hand.
#[derive(Debug)]
pub struct InviteCodeHandle<'a> {
    store: &'a Store,
    code: Secret,
}

impl<'a> InviteCodeHandle<'a> {
    pub(crate) fn new(store: &'a Store, code: Secret) -> Self {
        Self { store, code }
    }
}

/// An invite to be made.
#[derive(Debug, Clone)]
pub struct NewInvite {
    /// Where its role will hold, and below.
    pub group: Uidp,
    /// Which role.
    pub role: Uidp,
    /// Only whoever has this address may accept it, and only once.
    pub email: Option<Mailbox>,
    /// How long it may be accepted.
    pub life: Duration,
    /// Whether the first who accepts it is the last.
    pub single_use: bool,
    /// When the role binding ends that accepting it makes, if it does.
    pub ends_at: Option<Micros>,
}

/// An invite with the code that it has just got.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The invite.
    pub invite: InviteRow,
    /// The code, shown this once; the database holds its hash.
    pub code: Secret,
}
