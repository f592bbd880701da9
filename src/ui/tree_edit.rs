//! Writing a new name into a row of the tree, in place of the old one.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

use super::dom::{El, find, on_frame, tag};
use super::icon::{Icon, small_icon};
use crate::state::Callback;

/// What comes of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EditActions {
    /// What the field holds after this was typed.
    pub(crate) tidy: fn(&str) -> String,
    /// Enter was pressed on this text.
    pub(crate) save: Callback<String>,
    /// Esc was pressed, or the field was left.
    pub(crate) leave: Callback<()>,
}

const ERROR: &str = "tree-edit-error";

/// Puts a field with the old name into a row, where the name stood. The row shows its name again
/// once it is drawn anew.
pub(super) fn edit(row: &El, name: &str, actions: EditActions) {
    let Some(cell) = row.find(".ui-tree-name") else {
        return;
    };
    if let Some(link) = row.find(".ui-tree-link") {
        link.html().remove();
    }
    let input = tag("input", "ui-input")
        .attr("type", "text")
        .attr("aria-label", &["New name of ", name].concat())
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false");
    let node: HtmlInputElement = input.as_kind::<HtmlInputElement>().clone();
    node.set_value(name);
    let typed = node.clone();
    let input = input
        .on("input", move |_| {
            let tidied = (actions.tidy)(&typed.value());
            if tidied != typed.value() {
                let caret = typed.selection_start().ok().flatten();
                typed.set_value(&tidied);
                if let Some(caret) = caret {
                    let _ = typed.set_selection_range(caret, caret);
                }
            }
            refuse("");
        })
        .on("keydown", {
            let node = node.clone();
            move |event| {
                // The keys of the tree and of the page are letters here.
                event.stop_propagation();
                match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
                    "Enter" => {
                        event.prevent_default();
                        actions.save.run(node.value());
                    }
                    "Escape" => actions.leave.run(()),
                    _ => {}
                }
            }
        })
        .on("blur", move |_| {
            actions.leave.run(());
        });
    let field = tag("span", "ui-tree-edit").child(input);
    let _ = cell.child(field);
    // Once the row stands on the page.
    on_frame(move || {
        let _ = node.focus();
        node.select();
    });
}

/// Says what is wrong with the name in the field; nothing when empty.
pub(crate) fn refuse(words: &str) {
    if let Some(old) = find(".ui-tree-edit > .ui-error") {
        old.html().remove();
    }
    let Some(input) = find(".ui-tree-edit > input") else {
        return;
    };
    let is_wrong = !words.is_empty();
    input.set("aria-invalid", is_wrong.then_some("true"));
    input.set("aria-describedby", is_wrong.then_some(ERROR));
    if is_wrong && let Some(field) = find(".ui-tree-edit") {
        let error = tag("span", "ui-error")
            .attr("id", ERROR)
            .attr("role", "alert")
            .child(small_icon(Icon::Warn))
            .child(tag("span", "").child(words));
        let _ = field.child(error);
    }
}
