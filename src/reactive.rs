//! What the console takes from Leptos: effects, owners and contexts of `reactive_graph`, and tasks.
//!
//! The crate `leptos` itself brings its server functions along, which export classes for streams:
//! code that nothing calls and that no tool may take out of the console (docs/decisions/0004).

use std::future::Future;

pub(crate) use reactive_graph::effect::{Effect, RenderEffect};
pub(crate) use reactive_graph::graph::untrack;
pub(crate) use reactive_graph::owner::{
    LocalStorage, Owner, StoredValue, on_cleanup, provide_context, use_context,
};
pub(crate) use reactive_graph::signal::ArcTrigger;
pub(crate) use reactive_graph::traits::{GetValue, Notify, Track};

/// Makes tasks and effects run on the browser's own queue, and `work` in an owner that stays.
pub(crate) fn start(work: impl FnOnce()) {
    // Refused only where it has happened already.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(work);
    std::mem::forget(owner);
}

/// Runs a future to its end, whatever happens to the view that starts it.
pub(crate) fn spawn_local(task: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(task);
}
