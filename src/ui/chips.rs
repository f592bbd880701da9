//! Several short texts in one field: Enter, comma or leaving the field adds one, Backspace in the
//! empty field takes the last one away.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

use super::dom::{El, dynamic, el, tag, views};
use super::icon::{Icon, small_icon};
use crate::state::RwSignal;

/// The field. `is_wrong` marks a chip that will be refused.
pub(crate) fn chips(
    id: &'static str,
    label: &str,
    texts: RwSignal<Vec<String>>,
    is_wrong: fn(&str) -> bool,
) -> El {
    let input = el("input")
        .attr("id", id)
        .attr("type", "text")
        .attr("autocomplete", "off");
    let node: HtmlInputElement = input.as_kind::<HtmlInputElement>().clone();
    let add = move || {
        let typed = node.value();
        let new = pieces(&typed);
        if !new.is_empty() {
            node.set_value("");
            texts.update(|texts| {
                for text in new {
                    if !texts.contains(&text) {
                        texts.push(text);
                    }
                }
            });
        }
    };
    let leave = add.clone();
    let input = input
        .on("blur", move |_| leave())
        .on("keydown", move |event| {
            match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
                "Enter" | "," => {
                    event.prevent_default();
                    add();
                }
                "Backspace" if input_is_empty(&event) => {
                    texts.update(|texts| drop(texts.pop()));
                }
                _ => {}
            }
        });
    let drawn = dynamic(move || {
        views(texts.get().into_iter().map(|text| {
            let wrong = is_wrong(&text).then_some("danger");
            let name = ["Remove ", &text].concat();
            let gone = text.clone();
            tag("span", "ui-chip")
                .attr_maybe("data-tone", wrong)
                .child(text)
                .child(
                    el("button")
                        .attr("type", "button")
                        .attr("aria-label", &name)
                        .on("click", move |_| {
                            texts.update(|texts| texts.retain(|text| *text != gone));
                        })
                        .child(small_icon(Icon::X)),
                )
                .into()
        }))
    });
    tag("div", "ui-field")
        .child(tag("label", "ui-label").attr("for", id).child(label))
        .child(tag("div", "ui-chips").child(drawn).child(input))
}

fn input_is_empty(event: &web_sys::Event) -> bool {
    let input = event.target().and_then(|target| target.dyn_into().ok());
    input.is_some_and(|input: HtmlInputElement| input.value().is_empty())
}

/// What is typed or pasted, one text per comma, semicolon or space.
fn pieces(typed: &str) -> Vec<String> {
    typed
        .split([',', ';', ' ', '\t', '\n'])
        .filter(|piece| !piece.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_list_becomes_several() {
        assert_eq!(
            pieces(" a@b.example, c@d.example;e\n"),
            ["a@b.example", "c@d.example", "e"]
        );
        assert!(pieces(" ,").is_empty());
    }
}
