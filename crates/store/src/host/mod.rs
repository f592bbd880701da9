//! What whoever runs the server may do on the machine itself: `bailiwick admin`. It stands outside
//! rule 2, is audited as `host`, and nothing of it is reached over the network.

mod find;
mod identities;
mod invite;
mod organizations;
mod sessions;

pub use identities::KnownIdentity;
pub use invite::{NewOwnerInvite, OwnerInvite};
pub use sessions::EndedSignIns;

use bailiwick_domain::Refusal;
use futures_core::future::BoxFuture;

use crate::act::{Act, Actor, Attempt};
use crate::error::Failure;
use crate::store::Store;

/// The store in the hands of its operator.
#[derive(Debug)]
pub struct HostHandle<'a> {
    store: &'a Store,
}

impl<'a> HostHandle<'a> {
    pub(crate) fn new(store: &'a Store) -> Self {
        Self { store }
    }

    async fn act<T, E, F>(&self, attempt: Attempt, work: F) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Refusal + Send + 'static,
        F: for<'b, 'c> FnOnce(&'b mut Act<'c>) -> BoxFuture<'b, Result<T, Failure<E>>>
            + Send
            + 'static,
    {
        self.store.act(Actor::Host, attempt, work).await
    }
}
