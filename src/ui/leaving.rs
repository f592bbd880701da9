//! Asks before a page with something unsaved is left.

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::reactive::on_cleanup;
use crate::state::{Signal, StoredValue};
use crate::ui::dom::window;

use super::dom::{find, on_window};

const QUESTION: &str = "Leave without saving? What you wrote here is lost.";

/// Asks for as long as `is_dirty` and the view around it lives: on closing the page, and on
/// following a link of it.
pub(crate) fn ask_before_leaving(is_dirty: Signal<bool>) {
    let is_dirty = move || is_dirty.try_get_untracked() == Some(true);
    on_window("beforeunload", move |event| {
        if is_dirty() {
            event.prevent_default();
        }
    });
    // Before the links of the page are followed: on the way down.
    let follow = wasm_bindgen::closure::Closure::<dyn Fn(web_sys::Event)>::new(
        move |event: web_sys::Event| {
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            let is_link =
                target.is_some_and(|target| target.closest("a[href]").ok().flatten().is_some());
            let stays =
                is_link && is_dirty() && !window().confirm_with_message(QUESTION).unwrap_or(true);
            if stays {
                event.prevent_default();
                event.stop_propagation();
            }
        },
    );
    let body = find("body");
    if let Some(body) = &body {
        let _ = body.html().add_event_listener_with_callback_and_bool(
            "click",
            follow.as_ref().unchecked_ref(),
            true,
        );
    }
    let kept = StoredValue::new((body, follow));
    on_cleanup(move || {
        let _ = kept.try_with_value(|(body, follow)| {
            if let Some(body) = body {
                let _ = body.html().remove_event_listener_with_callback_and_bool(
                    "click",
                    follow.as_ref().unchecked_ref(),
                    true,
                );
            }
        });
    });
}
