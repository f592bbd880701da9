//! The choice of one among a few: the browser's own control, with its label.

use web_sys::HtmlSelectElement;

use super::dom::{El, el, tag};
use crate::state::RwSignal;

/// One of the choices.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice<'a> {
    /// What tells it from the others.
    pub(crate) value: &'a str,
    /// As it is called.
    pub(crate) words: &'a str,
    /// Whether it shows but cannot be chosen.
    pub(crate) is_off: bool,
}

/// The control; `chosen` is a value.
pub(crate) fn select<'a>(
    id: &str,
    label: &str,
    choices: impl IntoIterator<Item = Choice<'a>>,
    chosen: RwSignal<String>,
) -> El {
    let list = tag("select", "ui-input").attr("id", id);
    let list = choices.into_iter().fold(list, |list, choice| {
        let option = el("option")
            .attr("value", choice.value)
            .attr_maybe("disabled", choice.is_off.then_some(""));
        list.child(option.child(choice.words))
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
