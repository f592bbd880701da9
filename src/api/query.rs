//! What a view shows of the server: asked for by a key, cancelled when the view goes, shown from
//! the answers kept while it is asked for again.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use bailiwick_api::Error;

use crate::boxed::Give;
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
        once_more(self.again)
    }
}

#[inline(never)]
fn once_more(again: RwSignal<usize>) -> Callback<()> {
    Callback::new(move |()| again.update(|again| *again += 1))
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
    let state = RwSignal::new(Remote::Loading);
    let question = Question {
        key: Box::new(key),
        ask,
        last: None,
        state,
    };
    let again = RwSignal::new(0);
    follow(again, Box::new(question));
    Query { state, again }
}

/// What is asked for, and where the answers go.
struct Question<K, T: 'static> {
    key: Box<dyn Give<Option<K>>>,
    ask: fn(Client, K) -> Asked<T>,
    last: Option<K>,
    state: RwSignal<Remote<T>>,
}

/// All of a [`Question`] that is compiled for every kind of key and answer.
trait Asking {
    /// Whether what is wanted now is something else than before; `None` when nothing is. Tracked.
    fn look(&mut self) -> Option<bool>;

    /// Asks `client` for what is wanted. What was kept replaces what is here; any other answer
    /// renews it, unless the view has gone. Says whether it did.
    fn ask(
        &self,
        client: Client,
        here: Option<StoredValue<()>>,
    ) -> Pin<Box<dyn Future<Output = bool>>>;

    /// Whether what is wanted will not arrive by itself.
    fn has_failed(&self) -> bool;

    /// Shows that something is on its way: in place of anything, or of what failed.
    fn wait(&self, instead_of_all: bool);
}

impl<K: Clone + PartialEq + 'static, T: 'static> Asking for Question<K, T> {
    fn look(&mut self) -> Option<bool> {
        let wanted = self.key.give();
        let is_new = self.last != wanted;
        self.last = wanted;
        self.last.is_some().then_some(is_new)
    }

    fn ask(
        &self,
        client: Client,
        here: Option<StoredValue<()>>,
    ) -> Pin<Box<dyn Future<Output = bool>>> {
        let state = self.state;
        let answer = self.last.clone().map(|key| (self.ask)(client, key));
        Box::pin(async move {
            let Some(answer) = answer else { return false };
            let answer = answer.await;
            match here {
                None => answer.is_ok_and(|thing| {
                    state.set(Remote::Ready(thing));
                    true
                }),
                Some(here) => {
                    here.try_get_value().is_some()
                        && state.try_update(|state| state.renew(answer)).is_some()
                }
            }
        })
    }

    fn has_failed(&self) -> bool {
        matches!(*self.state.read_untracked(), Remote::Failed(_))
    }

    fn wait(&self, instead_of_all: bool) {
        if instead_of_all || self.has_failed() {
            self.state.set(Remote::Loading);
        }
    }
}

fn follow(again: RwSignal<usize>, mut question: Box<dyn Asking>) {
    let client = use_client();
    let transport = client.transport().clone();
    let mut last = None;
    after(move || {
        again.track();
        let _ = transport.forgotten();
        let session = transport.spoken_for();
        let is_renewed = last
            .replace(session.clone())
            .is_some_and(|last| last != session);
        let Some(is_new) = question.look() else {
            return;
        };
        // Whoever signed in again in another tab goes on with what is here.
        if is_renewed && !is_new && !question.has_failed() {
            return;
        }
        let kept = is_new && {
            let kept = question.ask(Client::new(transport.for_kept()), None);
            now(kept) == Some(true)
        };
        if !kept {
            question.wait(is_new);
        }
        // Gone when the key changes or the view goes, and its request with it.
        let here = StoredValue::new(());
        let answer = question.ask(Client::new(transport.for_view()), Some(here));
        spawn_local(async move {
            answer.await;
        });
    });
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
