//! What is done at a moment: before the next frame, after a pause, on an event of the window. Boxed,
//! because a browser's callback is compiled anew for every closure.

use std::time::Duration;

use leptos::prelude::{
    on_cleanup, request_animation_frame, set_timeout, window_event_listener_untyped,
};
use web_sys::Event;

/// Before the next frame is painted.
pub(crate) fn on_frame(act: impl FnOnce() + 'static) {
    on_frame_boxed(Box::new(act));
}

fn on_frame_boxed(act: Box<dyn FnOnce()>) {
    request_animation_frame(act);
}

/// After a pause.
pub(crate) fn later(pause: Duration, act: impl FnOnce() + 'static) {
    later_boxed(pause, Box::new(act));
}

fn later_boxed(pause: Duration, act: Box<dyn FnOnce()>) {
    set_timeout(act, pause);
}

/// On an event of the window, for as long as the view around it lives.
pub(crate) fn on_window(event: &str, act: impl Fn(Event) + 'static) {
    on_window_boxed(event, Box::new(act));
}

fn on_window_boxed(event: &str, act: Box<dyn Fn(Event)>) {
    let listener = window_event_listener_untyped(event, act);
    on_cleanup(move || listener.remove());
}
