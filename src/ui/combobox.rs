//! A field with the choices below it (ARIA Authoring Practices, combobox with a listbox): one
//! types to narrow, arrows move, Enter chooses. The focus stays in the field.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::reactive::untrack;
use crate::state::{Callback, RwSignal, Signal, StoredValue, after};

use super::dom::{El, View, dynamic, find_id, tag, views};
use super::icon::{Icon, icon};

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Choice {
    /// What tells it from the others.
    pub(crate) key: String,
    /// As it is called.
    pub(crate) name: String,
    /// What tells it from others of the same name; may be empty.
    pub(crate) about: String,
    /// Before the name.
    pub(crate) glyph: Option<Icon>,
    /// The keys that lead there from anywhere; may be empty.
    pub(crate) keys: &'static str,
    /// Whether one is there already.
    pub(crate) is_current: bool,
}

/// The field and its choices.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Combobox {
    /// Unique on the page.
    pub(crate) id: &'static str,
    /// What is searched; also in the empty field.
    pub(crate) label: StoredValue<String>,
    /// As typed.
    pub(crate) text: RwSignal<String>,
    /// What there is to choose.
    pub(crate) choices: Signal<Vec<Choice>>,
    /// What to say of them: how many, on their way, none.
    pub(crate) note: Signal<String>,
    /// One was chosen.
    pub(crate) chosen: Callback<Choice>,
}

impl Combobox {
    /// The field, and below it the list. `takes_focus` puts the focus into the field.
    pub(crate) fn view(self, takes_focus: bool) -> View {
        // Where one stands in the list: what Enter chooses.
        let at = RwSignal::new(0_usize);
        let field = self.field(at);
        let shown = StoredValue::new(field.clone());
        let mut takes_focus = takes_focus;
        after(move || {
            self.choices.with(|choices| {
                let current = choices.iter().position(|choice| choice.is_current);
                at.set(current.unwrap_or_default());
            });
            if std::mem::take(&mut takes_focus) {
                shown.with_value(El::focus);
            }
        });
        let search = tag("div", "ui-search")
            .child(icon(Icon::Search))
            .child(field);
        let note = tag("p", "ui-hint ui-combo-note")
            .attr("role", "status")
            .text(move || self.note.get());
        views([search.into(), self.list(at), note.into()])
    }

    fn count(self) -> usize {
        self.choices.with(Vec::len)
    }

    fn field(self, at: RwSignal<usize>) -> El {
        let label = self.label.get_value();
        let input = tag("input", "ui-input");
        let node: HtmlInputElement = input.as_kind::<HtmlInputElement>().clone();
        node.set_value(&self.text.get_untracked());
        let option = move || (self.count() > 0).then(|| option_id(self.id, at.get()));
        input
            .attr("id", self.id)
            .attr("type", "search")
            .attr("role", "combobox")
            .attr("aria-label", &label)
            .attr("placeholder", &label)
            .attr("aria-autocomplete", "list")
            .attr("aria-controls", &list_id(self.id))
            .attr("autocomplete", "off")
            .attr("autocapitalize", "none")
            .attr("spellcheck", "false")
            .bind_bool("aria-expanded", move || self.count() > 0)
            .bind("aria-activedescendant", option)
            .on("input", move |_| self.text.set(node.value()))
            .on("keydown", move |event| {
                let key = event.unchecked_ref::<KeyboardEvent>().key();
                if key == "Enter" {
                    event.prevent_default();
                    self.choose(at.get_untracked());
                } else if let Some(to) = moved(&key, at.get_untracked(), untrack(|| self.count())) {
                    event.prevent_default();
                    at.set(to);
                    show(self.id, to);
                }
            })
    }

    fn choose(self, at: usize) {
        let choice = self
            .choices
            .with_untracked(|choices| choices.get(at).cloned());
        if let Some(choice) = choice {
            self.chosen.run(choice);
        }
    }

    fn list(self, at: RwSignal<usize>) -> View {
        let options = move || {
            self.choices.with(|choices| {
                let options = choices.iter().enumerate();
                views(options.map(|(place, choice)| self.option(at, place, choice).into()))
            })
        };
        tag("div", "ui-combo-list")
            .attr("id", &list_id(self.id))
            .attr("role", "listbox")
            .attr("aria-label", &self.label.get_value())
            .bind_flag("hidden", move || self.count() == 0)
            .child(dynamic(options))
            .into()
    }

    fn option(self, at: RwSignal<usize>, place: usize, choice: &Choice) -> El {
        let about =
            (!choice.about.is_empty()).then(|| tag("span", "ui-combo-about").child(&choice.about));
        let keys = (!choice.keys.is_empty()).then(|| tag("kbd", "ui-kbd").child(choice.keys));
        let here = choice.is_current.then(|| icon(Icon::Check));
        tag("div", "ui-combo-option")
            .attr("id", &option_id(self.id, place))
            .attr("role", "option")
            .bind_bool("aria-selected", move || at.get() == place)
            // The field keeps the focus.
            .on("mousedown", |event| event.prevent_default())
            .on("click", move |_| self.choose(place))
            .child(choice.glyph.map(icon))
            .child(tag("span", "ui-combo-name").child(&choice.name))
            .child(about)
            .child(keys)
            .child(here)
    }
}

fn list_id(id: &str) -> String {
    [id, "-list"].concat()
}

fn option_id(id: &str, at: usize) -> String {
    [id, "-", &at.to_string()].concat()
}

fn show(id: &str, at: usize) {
    if let Some(option) = find_id(&option_id(id, at)) {
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        option
            .html()
            .scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// Where a key leads in a list of `count`. `None` leaves it to the field.
fn moved(key: &str, at: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowDown" => Some(if at >= last { 0 } else { at + 1 }),
        "ArrowUp" => Some(if at == 0 { last } else { at - 1 }),
        "PageDown" => Some((at + 8).min(last)),
        "PageUp" => Some(at.saturating_sub(8)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_and_pages_stop_at_the_ends() {
        for (key, at, expected) in [
            ("ArrowDown", 0, Some(1)),
            ("ArrowDown", 9, Some(0)),
            ("ArrowUp", 0, Some(9)),
            ("PageDown", 5, Some(9)),
            ("PageUp", 5, Some(0)),
            ("Home", 5, None),
            ("a", 5, None),
        ] {
            assert_eq!(moved(key, at, 10), expected, "{key} at {at}");
        }
        assert_eq!(moved("ArrowDown", 0, 0), None, "nothing to move in");
    }
}
