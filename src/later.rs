//! Parts of the console that arrive when somebody first goes there (docs/decisions/0011).
//!
//! A function marked `wasm_split` is cut out of the console with all that only it and its like need.
//! Drawn by [`later`], it shows once it is here; from then on it is drawn at once.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use wasm_split_helpers::SplitLoaderError;

use crate::reactive::spawn_local;
use crate::state::RwSignal;
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{View, switch, tag};
use crate::ui::empty::empty;
use crate::ui::icon::Icon;
use crate::ui::skeleton::{bone, loading};

/// What a part answers: it, or that it did not arrive.
pub(crate) type Arrived = Result<View, SplitLoaderError>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Coming,
    Here,
    Failed,
}

/// What `draw` draws, when the code for it is here. `draw` runs once for each try, and must not do
/// anything before it is polled.
pub(crate) fn later<F>(draw: impl Fn() -> F + Clone + 'static) -> View
where
    F: Future<Output = Arrived> + 'static,
{
    let state = RwSignal::new(State::Here);
    let fetch = draw.clone();
    switch(
        move || state.get(),
        move |now| match now {
            State::Here => {
                at_once(draw()).unwrap_or_else(|| {
                    state.set(State::Coming);
                    skeleton()
                })
            }
            State::Coming => skeleton(),
            State::Failed => todo!(),
        },
    )
}
