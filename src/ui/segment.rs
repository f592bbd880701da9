//! One of a few choices that all show at once.

use super::dom::{El, el, tag, watch};
use crate::state::RwSignal;
use web_sys::HtmlInputElement;

/// The choices, as values and words, below `label`. `name` is unique on the page.
pub(crate) fn segment(
    name: &str,
    label: &str,
    options: &[(&'static str, &str)],
    chosen: RwSignal<String>,
) -> El {
    let row = options
        .iter()
        .fold(tag("div", "ui-segment"), |row, (value, words)| {
            let value: &'static str = value;
            let input = el("input").attr("type", "radio").attr("name", name);
            let node: HtmlInputElement = input.as_kind::<HtmlInputElement>().clone();
            watch(move || node.set_checked(*chosen.read() == value));
            let input = input.on("change", move |_| chosen.set(value.to_owned()));
            row.child(tag("label", "ui-segment-item").child(input).child(*words))
        });
    tag("fieldset", "ui-field")
        .child(tag("legend", "ui-label").child(label))
        .child(row)
}
