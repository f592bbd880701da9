//! A yes or no with its words.

use web_sys::HtmlInputElement;

use super::dom::{El, el, tag, watch};
use crate::reactive::untrack;
use crate::state::{RwSignal, Signal};

/// The tick. While `fixed` says what it must be, it cannot be changed.
pub(crate) fn check(words: &str, is_on: RwSignal<bool>, fixed: Signal<Option<bool>>) -> El {
    let input = el("input").attr("type", "checkbox");
    let node: HtmlInputElement = input.as_kind::<HtmlInputElement>().clone();
    let shown = node.clone();
    watch(move || shown.set_checked(fixed.get().unwrap_or_else(|| is_on.get())));
    let input = input
        .bind_flag("disabled", move || fixed.get().is_some())
        .on("change", move |_| {
            if untrack(|| fixed.get()).is_none() {
                is_on.set(node.checked());
            }
        });
    tag("label", "ui-check").child(input).child(words)
}
