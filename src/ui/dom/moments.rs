//! What is done at a moment: before the next frame, after a pause, on an event of the window. Boxed,
//! because a browser's callback is compiled anew for every closure.

use std::time::Duration;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::Event;

use crate::reactive::on_cleanup;
use crate::state::StoredValue;

use super::window;

/// Before the next frame is painted.
pub(crate) fn on_frame(act: impl FnOnce() + 'static) {
    on_frame_boxed(Box::new(act));
}

fn on_frame_boxed(act: Box<dyn FnOnce()>) {
    let act = Closure::once_into_js(act);
    let _ = window().request_animation_frame(act.unchecked_ref());
}

/// After a pause.
pub(crate) fn later(pause: Duration, act: impl FnOnce() + 'static) {
    later_boxed(pause, Box::new(act));
}

fn later_boxed(pause: Duration, act: Box<dyn FnOnce()>) {
    let act = Closure::once_into_js(act);
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(
        act.unchecked_ref(),
        milliseconds(pause),
    );
}

/// Again and again, for as long as the view around it lives.
pub(crate) fn every(pause: Duration, act: impl Fn() + 'static) {
    every_boxed(pause, Box::new(act));
}

fn every_boxed(pause: Duration, act: Box<dyn Fn()>) {
    let act = Closure::wrap(act).into_js_value();
    let timer = window().set_interval_with_callback_and_timeout_and_arguments_0(
        act.unchecked_ref(),
        milliseconds(pause),
    );
    if let Ok(timer) = timer {
        on_cleanup(move || window().clear_interval_with_handle(timer));
    }
}

/// A pause as browsers count it: at most some 24 days.
fn milliseconds(pause: Duration) -> i32 {
    pause.as_millis().try_into().unwrap_or(i32::MAX)
}

/// On an event of the window, for as long as the view around it lives.
pub(crate) fn on_window(event: &'static str, act: impl Fn(Event) + 'static) {
    on_window_boxed(event, Box::new(act));
}

fn on_window_boxed(event: &'static str, act: Box<dyn Fn(Event)>) {
    let listener = Closure::wrap(act).into_js_value();
    let _ = window().add_event_listener_with_callback(event, listener.unchecked_ref());
    let listener = StoredValue::new(listener);
    on_cleanup(move || {
        let _ = listener.try_with_value(|listener| {
            window().remove_event_listener_with_callback(event, listener.unchecked_ref())
        });
    });
}
