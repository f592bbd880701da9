//! A field that narrows a list.

use web_sys::HtmlInputElement;

use super::dom::{El, tag, watch};
use super::icon::{Icon, icon};
use crate::state::RwSignal;

/// The field. `label` also stands in it while it is empty.
pub(crate) fn search_field(id: &str, label: &str, text: RwSignal<String>) -> El {
    let input = tag("input", "ui-input")
        .attr("id", id)
        .attr("type", "search")
        .attr("aria-label", label)
        .attr("placeholder", label)
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false");
    let node: HtmlInputElement = input.as_kind::<HtmlInputElement>().clone();
    let shown = node.clone();
    watch(move || {
        let text = text.read();
        if shown.value() != *text {
            shown.set_value(&text);
        }
    });
    tag("div", "ui-search")
        .child(icon(Icon::Search))
        .child(input.on("input", move |_| text.set(node.value())))
}
