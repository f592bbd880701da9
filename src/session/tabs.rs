//! What the tabs of one browser tell each other: that somebody signed in. Nothing else is said, and
//! whoever hears it asks the server who that is.

use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::BroadcastChannel;

const NAME: &str = "bailiwick.signed-in";

thread_local! {
    /// `None` where the browser has none: then a tab learns it when one comes back to it.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new(NAME).ok();
}

/// Tells the other tabs.
pub(super) fn say() {
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            let _ = channel.post_message(&JsValue::NULL);
        }
    });
}

/// Runs `act` whenever another tab says so, for as long as the page lives.
pub(super) fn on_said(act: impl Fn() + 'static) {
    let act: Box<dyn Fn()> = Box::new(act);
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            let listener = Closure::wrap(act).into_js_value();
            channel.set_onmessage(Some(listener.unchecked_ref()));
        }
    });
}
