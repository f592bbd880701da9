//! The choice of one among a few: the browser's own control, with its label.

use web_sys::HtmlSelectElement;

use super::dom::{El, el, tag};
use crate::state::RwSignal;

/// The control. `options` are values and words; `chosen` is a value.
pub(crate) fn select(
    id: &str,
    label: &str,
    options: &[(&str, &str)],
    chosen: RwSignal<String>,
) -> El {
    let list = tag("select", "ui-input").attr("id", id);
    let list = options.iter().fold(list, |list, (value, words)| {
        list.child(el("option").attr("value", value).child(*words))
    });
    let node: HtmlSelectElement = list.as_kind::<HtmlSelectElement>().clone();
    let list = list.on("change", {
        let node = node.clone();
        move |_| chosen.set(node.value())
    });
    super::dom::watch(move || node.set_value(&chosen.read()));
    tag("div", "ui-field")
        .child(tag("label", "ui-label").attr("for", id).child(label))
        .child(list)
}
