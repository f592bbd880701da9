//! A field of one line: label above, help below, the error in its place.

use web_sys::HtmlInputElement;

use crate::reactive::untrack;
use crate::state::{RwSignal, Signal, StoredValue};

use super::dom::{El, View, dynamic, el, find, tag};
use super::icon::{Icon, small_icon};

/// The text of a field, its error, and its place on the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldState {
    /// As typed.
    pub(crate) text: RwSignal<String>,
    /// What is wrong with it; empty when nothing is.
    pub(crate) error: RwSignal<String>,
    edited: StoredValue<bool>,
    input: StoredValue<El>,
}

impl FieldState {
    /// A field that begins with `text`.
    pub(crate) fn new(text: &str) -> Self {
        Self {
            text: RwSignal::new(text.to_owned()),
            error: RwSignal::default(),
            edited: StoredValue::new(false),
            input: StoredValue::new(tag("input", "ui-input")),
        }
    }

    /// Says what is wrong with it, or that nothing is.
    pub(crate) fn refuse(self, words: Option<String>) {
        self.error.set(words.unwrap_or_default());
    }

    /// Shows the text, and lets nobody change it, for as long as `is_fixed` says.
    pub(crate) fn fixed(self, is_fixed: Signal<bool>) {
        self.input.with_value(|input| {
            let _ = input.clone().bind_flag("readonly", move || is_fixed.get());
        });
    }

    fn is_wrong(self) -> bool {
        self.error.with(|error| !error.is_empty())
    }

    /// Puts the focus into it.
    pub(crate) fn focus(self) {
        let _ = self.input.try_with_value(El::focus);
    }
}

/// What stands round a field, and what may be typed into it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// Unique on the page.
    pub(crate) id: &'static str,
    /// Below it.
    pub(crate) hint: &'static str,
    /// At most so many characters; the count shows when near.
    pub(crate) max: usize,
    /// Has the focus when its dialog opens.
    pub(crate) autofocus: bool,
    /// What the field holds after this was typed.
    pub(crate) tidy: fn(&str) -> String,
    /// What is wrong with a text; asked on leaving the field once it was edited.
    pub(crate) check: fn(&str) -> Option<String>,
}

impl Field {
    /// The field with its label.
    pub(crate) fn view(self, state: FieldState, label: impl Into<View>) -> El {
        let Self {
            id,
            hint,
            max,
            autofocus,
            tidy,
            check,
        } = self;
        let text = state.text;
        let [hint_id, error_id] = ["-hint", "-error"].map(|end| [id, end].concat());
        let input = self.input(state, &hint_id, &error_id);
        let input = if autofocus {
            input.flag("autofocus")
        } else {
            input
        };
        let input = input
            .on("input", move |_| {
                text.set(state.input.with_value(|input| tidied(input, tidy)));
                state.edited.set_value(true);
                // Once wrong, it says so only for as long as it is.
                if untrack(|| state.is_wrong()) {
                    state.refuse(check(&text.read_untracked()));
                }
            })
            .on("blur", move |_| {
                // An error that shows while something is being pressed would move it away.
                let is_pressing = find(":is(button, label):active").is_some();
                if !is_pressing && state.edited.try_get_value() == Some(true) {
                    state.refuse(check(&text.read_untracked()));
                }
            });
        let wrong = move || {
            state.is_wrong().then(|| {
                tag("p", "ui-error")
                    .attr("id", &error_id)
                    .child(small_icon(Icon::Warn))
                    .child(el("span").child(state.error.get()))
            })
        };
        let count = move || {
            let used = text.with(|text| text.chars().count());
            let is_near = used * 5 >= max * 4;
            if is_near {
                [&used.to_string(), " of ", &max.to_string()].concat()
            } else {
                String::new()
            }
        };
        let foot = tag("div", "ui-field-foot")
            .child(tag("p", "ui-hint").attr("id", &hint_id).child(hint))
            .child(tag("p", "ui-hint ui-num").text(count));
        tag("div", "ui-field")
            .child(tag("label", "ui-label").attr("for", id).child(label))
            .child(input)
            .child(dynamic(wrong))
            .child(foot)
    }

    fn input(self, state: FieldState, hint_id: &str, error_id: &str) -> El {
        let [hint_id, error_id] = [hint_id, error_id].map(ToOwned::to_owned);
        let is_wrong = move || state.is_wrong();
        let input = state.input.get_value();
        let node: HtmlInputElement = input.as_kind::<HtmlInputElement>().clone();
        watch_text(node, state.text);
        input
            .attr("id", self.id)
            .attr("type", "text")
            .attr("autocomplete", "off")
            .attr("autocapitalize", "none")
            .attr("spellcheck", "false")
            .bind("aria-invalid", move || {
                is_wrong().then(|| "true".to_owned())
            })
            .bind("aria-describedby", move || {
                Some(if is_wrong() { &error_id } else { &hint_id }.clone())
            })
    }
}

fn watch_text(input: HtmlInputElement, text: RwSignal<String>) {
    super::dom::watch(move || {
        text.with(|text| {
            // Putting the same text back would move the caret in some browsers.
            if input.value() != *text {
                input.set_value(text);
            }
        })
    });
}

/// What the field holds after typing. The caret stays where it is, as it would not if the text
/// were only put back.
fn tidied(input: &El, tidy: fn(&str) -> String) -> String {
    let input = input.as_kind::<HtmlInputElement>();
    let typed = input.value();
    let tidied = tidy(&typed);
    if tidied != typed {
        let caret = input.selection_start().ok().flatten();
        input.set_value(&tidied);
        if let Some(caret) = caret {
            let _ = input.set_selection_range(caret, caret);
        }
    }
    tidied
}
