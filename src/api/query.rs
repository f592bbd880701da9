//! What a view shows of the server: asked for by a key, cancelled when the view goes, shown from
//! the answers kept while it is asked for again.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use bailiwick_api::Error;

use crate::reactive::spawn_local;
use crate::remote::Remote;
use crate::state::{Callback, RwSignal, StoredValue, after};

use super::{Client, use_client};

/// An answer that is on its way.
pub(crate) type Asked<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

/// A thing that the server was asked for. Copies are the same.
#[derive(Debug)]
pub(crate) struct Query<T: 'static> {
    /// What is known of it.
    pub(crate) state: RwSignal<Remote<T>>,
    again: RwSignal<usize>,
}

impl<T: 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Copy for Query<T> {}

impl<T: 'static> Query<T> {
    /// Asks once more.
    pub(crate) fn retry(self) -> Callback<()> {
        Callback::new(move |()| self.again.update(|again| *again += 1))
    }
}

/// Asks for what `key` says, again whenever it changes, whenever answers are forgotten, and when
/// told to. Without a key nothing is asked. `ask` uses nothing but the key.
pub(crate) fn query<K, T>(
    key: impl Fn() -> Option<K> + 'static,
    ask: fn(Client, K) -> Asked<T>,
) -> Query<T>
where
    K: Clone + PartialEq + 'static,
    T: 'static,
{
    query_boxed(Box::new(key), ask)
}

fn query_boxed<K, T>(key: Box<dyn Fn() -> Option<K>>, ask: fn(Client, K) -> Asked<T>) -> Query<T>
where
    K: Clone + PartialEq + 'static,
    T: 'static,
{
    let client = use_client();
    let query = Query {
        state: RwSignal::new(Remote::Loading),
        again: RwSignal::new(0),
    };
    let transport = client.transport().clone();
    let mut before = None::<K>;
    after(move || {
        query.again.track();
        let _ = transport.forgotten();
        let wanted = key();
        let Some(key) = wanted.clone() else {
            before = None;
            return;
        };
        if before.as_ref() != Some(&key) {
            let kept = now(ask(Client::new(transport.for_kept()), key.clone()));
            query.state.set(match kept {
                Some(Ok(thing)) => Remote::Ready(thing),
                _ => Remote::Loading,
            });
        } else if matches!(*query.state.read_untracked(), Remote::Failed(_)) {
            query.state.set(Remote::Loading);
        }
        // Gone when the key changes or the view goes, and its request with it.
        let here = StoredValue::new(());
        let answer = ask(Client::new(transport.for_view()), key);
        spawn_local(async move {
            let answer = answer.await;
            if here.try_get_value().is_some() {
                let _ = query.state.try_update(|state| state.renew(answer));
            }
        });
        before = wanted;
    });
    query
}

/// A client whose requests end with the view that asks for it.
pub(crate) fn use_view_client() -> Client {
    Client::new(use_client().transport().for_view())
}

/// What was answered before, if it is still kept.
pub(crate) fn kept<T>(client: &Client, ask: impl FnOnce(Client) -> Asked<T>) -> Option<T> {
    now(ask(Client::new(client.transport().for_kept())))?.ok()
}

/// The output of a future that waits for nothing.
fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}
