//! The outbox: mails of invites that are to be sent. One is put into it in the very transaction that
//! gives an invite its code (`put.rs`), taken by whoever sends it (`take.rs`), and noted as sent or
//! not (`note.rs`). Between the two it is under a lease: whoever was killed in between has perhaps
//! sent it, and when the lease is over it is sent again.
//!
//! A code stands here as it is, since it must go into the mail, and only until then.

mod note;
mod put;
mod take;

use bailiwick_domain::Micros;

use crate::invites::InviteRow;
use crate::secret::Secret;
use crate::store::Store;

pub use note::Sending;
pub(crate) use put::{erase, put};
#[cfg(test)]
pub(crate) use take::{DUE, TAKE};

/// Mails that wait, for the task that sends them.
#[derive(Debug)]
pub struct Outbox<'a> {
    store: &'a Store,
}

impl<'a> Outbox<'a> {
    pub(crate) fn new(store: &'a Store) -> Self {
        Self { store }
    }
}

/// A mail that is to be sent now, by whoever took it and nobody else.
#[derive(Debug, Clone)]
pub struct TakenMail {
    /// What it is about; `email` says to whom it goes.
    pub invite: InviteRow,
    /// The code that stands in its link.
    pub code: Secret,
    lease: String,
    /// How often it was taken, this time included.
    tries: u32,
    /// When it was put into the outbox.
    put_time: Micros,
}
