//! How far an entry of the history was scrolled.

use wasm_bindgen::JsValue;

use crate::ui::dom::{document, on_frame};

/// The part of the page that scrolls.
fn scroller() -> Option<web_sys::Element> {
    document().get_element_by_id("main")
}

/// Keeps with the entry of the history that is being left how far it was scrolled.
pub(super) fn remember() {
    if let Some(main) = scroller() {
        let state = JsValue::from_f64(main.scroll_top().into());
        let _ = super::history().replace_state(&state, "");
    }
}

/// Scrolls to where the page was left, once it is drawn: what was here before shows at once.
pub(super) fn back(state: &JsValue) {
    let Some(top) = state.as_f64() else { return };
    on_frame(move || {
        on_frame(move || {
            #[expect(clippy::cast_possible_truncation, reason = "it came from an i32")]
            let top = top as i32;
            if let Some(main) = scroller() {
                main.set_scroll_top(top);
            }
        });
    });
}
