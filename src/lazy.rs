//! Parts of the console that arrive when somebody first goes there (docs/decisions/0011).
//!
//! What only a function marked `wasm_split` leads to is cut out of the console into a file of its
//! own. Such a function gives a table of what it brings; [`lazy`] draws from it, once it is here.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use wasm_split_helpers::SplitLoaderError;

use crate::reactive::spawn_local;
use crate::state::{Callback, RwSignal};
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{View, switch, tag};
use crate::ui::empty::empty;
use crate::ui::icon::Icon;
use crate::ui::skeleton::{bone, loading};

/// A table, unless its file did not arrive.
pub(crate) type Arrival<T> = Result<T, SplitLoaderError>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Showing {
    Coming,
    Here,
    Failed,
}

/// What `draw` draws from the table that `fetch` gives: at once if it is here, else when it comes.
pub(crate) fn lazy<T, F>(fetch: fn() -> F, draw: impl Fn(T) -> View + 'static) -> View
where
    T: Copy + 'static,
    F: Future<Output = Arrival<T>> + 'static,
{
    let table: RwSignal<Option<Arrival<T>>> = RwSignal::new(None);
    let arrive = move || {
        let mut arriving = Box::pin(fetch());
        match poll_once(arriving.as_mut()) {
            Poll::Ready(arrival) => table.set(Some(arrival)),
            Poll::Pending => spawn_local(async move { table.set(Some(arriving.await)) }),
        }
    };
    arrive();
    let again = Callback::new(move |()| {
        table.set(None);
        arrive();
    });
    let showing = move || {
        table.with(|table| match table {
            None => Showing::Coming,
            Some(Ok(_)) => Showing::Here,
            Some(Err(_)) => Showing::Failed,
        })
    };
    switch(showing, move |_| {
        table.with_untracked(|table| match table {
            None => skeleton(),
            Some(Ok(table)) => draw(*table),
            Some(Err(_)) => failed(again),
        })
    })
}

fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn skeleton() -> View {
    let shape = tag("div", "l-stack")
        .child(bone())
        .child(bone())
        .child(bone());
    loading("Loading the page", shape).into()
}

fn failed(again: Callback<()>) -> View {
    let again = Button::new(Kind::Plain, "Try again")
        .glyph(Icon::Refresh)
        .on_press(again);
    empty(
        "This page did not arrive",
        "The connection broke, or the server has a newer version. Nothing was changed. If it stays \
         so, reload the page.",
        tag("div", "l-row")
            .attr("role", "alert")
            .child(again.view()),
    )
    .into()
}
