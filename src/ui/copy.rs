//! The copy button.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::button::Kind;
use super::icon::{Icon, icon};

const SHOWN: Duration = Duration::from_millis(1600);

/// A button that copies `text` and says so. `size` is `xs` or `sm`.
pub(crate) fn copy_button(text: &str, name: &str, size: &'static str) -> AnyView {
    let text = StoredValue::new(text.to_owned());
    let copied = RwSignal::new(None::<&'static str>);
    let press = move |_| {
        leptos::task::spawn_local(async move {
            let words = if copy(text).await {
                "Copied"
            } else {
                "The browser did not copy it"
            };
            let _ = copied.try_set(Some(words));
            let forget = move || {
                let _ = copied.try_set(None);
            };
            set_timeout(forget, SHOWN);
        });
    };
    view! {
        <button
            class=Kind::Quiet.class()
            type="button"
            data-icon=""
            data-size=size
            aria-label=name.to_owned()
            on:click=press
        >
            {move || icon(if copied.get() == Some("Copied") { Icon::Check } else { Icon::Copy })}
        </button>
        <span class="ui-hide" role="status">
            {move || copied.get()}
        </span>
    }
    .into_any()
}

async fn copy(text: StoredValue<String>) -> bool {
    let navigator = window().navigator();
    // Absent on plain http away from localhost.
    let is_there = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| !clipboard.is_undefined());
    let Some(text) = text.try_get_value().filter(|_| is_there) else {
        return false;
    };
    JsFuture::from(navigator.clipboard().write_text(&text))
        .await
        .is_ok()
}
