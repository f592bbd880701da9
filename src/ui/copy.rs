//! The copy button.

use std::time::Duration;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::reactive::spawn_local;
use crate::state::{RwSignal, StoredValue};
use crate::ui::dom::window;

use super::button::icon_button;
use super::dom::{View, dynamic, el, later, tag, views};
use super::icon::{Icon, icon};

const SHOWN: Duration = Duration::from_millis(1600);
const COPIED: &str = "Copied";
const REFUSED: &str = "The browser did not copy it";

/// A button that copies `text` and says so. `size` is `xs` or `sm`.
pub(crate) fn copy_button(text: &str, name: &str, size: &str) -> View {
    let text = StoredValue::new(text.to_owned());
    let said = RwSignal::new(String::new());
    let press = move |_| {
        spawn_local(async move {
            let words = if copy(text).await { COPIED } else { REFUSED };
            said.set(words.to_owned());
            let forget = move || {
                said.set(String::new());
            };
            later(SHOWN, forget);
        });
    };
    let glyph = move || {
        icon(if *said.read() == COPIED {
            Icon::Check
        } else {
            Icon::Copy
        })
    };
    let button = icon_button(name)
        .attr("data-size", size)
        .on("click", press)
        .child(dynamic(glyph));
    let status = tag("span", "ui-hide")
        .attr("role", "status")
        .text(move || said.get());
    views([button.into(), status.into()])
}

/// A button with words that copies `text` and says so.
pub(crate) fn copy_wide(text: &str, words: &'static str) -> View {
    let text = StoredValue::new(text.to_owned());
    let said = RwSignal::new(words);
    let press = move |_| {
        spawn_local(async move {
            let is_done = copy(text).await;
            said.set(if is_done { COPIED } else { REFUSED });
            later(SHOWN, move || said.set(words));
        });
    };
    tag("button", "ui-button")
        .attr("type", "button")
        .on("click", press)
        .child(icon(Icon::Copy))
        .child(
            el("span")
                .attr("aria-live", "polite")
                .text(move || said.get().to_owned()),
        )
        .into()
}

async fn copy(text: StoredValue<String>) -> bool {
    match text.try_get_value() {
        Some(text) => copy_text(&text).await,
        None => false,
    }
}

/// Copies a text. Answers whether the browser did.
pub(crate) async fn copy_text(text: &str) -> bool {
    let navigator = window().navigator();
    // Absent on plain http away from localhost.
    let is_there = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| !clipboard.is_undefined());
    if !is_there {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text))
        .await
        .is_ok()
}
