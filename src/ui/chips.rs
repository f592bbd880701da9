//! Several short texts in one field. What was typed or pasted becomes chips as soon as it is whole,
//! and on Enter or on leaving the field; Backspace in the empty field takes the last one away.

use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use super::dom::{El, View, dynamic, el, find_id, tag, views};
use super::icon::{Icon, small_icon};
use crate::state::{RwSignal, Signal};

/// So many faults are said in words below the field.
const SAID: usize = 4;

/// The field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chips {
    /// Unique on the page.
    pub(crate) id: &'static str,
    /// Above it.
    pub(crate) label: &'static str,
    /// Below it.
    pub(crate) hint: &'static str,
    /// The texts.
    pub(crate) texts: RwSignal<Vec<String>>,
    /// What is wrong with each of them, in their order; empty when nothing is.
    pub(crate) faults: Signal<Vec<String>>,
    /// The texts in what was typed; `None` while more may follow. A line break ends it.
    pub(crate) read: fn(&str) -> Option<Vec<String>>,
}

impl Chips {
    /// The field with its label.
    pub(crate) fn view(self) -> El {
        let [hint, error] = ["-hint", "-error"].map(|end| [self.id, end].concat());
        let is_wrong = move || {
            let faults = self.faults.get();
            faults.iter().any(|fault| !fault.is_empty())
        };
        let described = [&error, " ", &hint].concat();
        // A line break that is pasted into an input would be lost, and with it where one text ends.
        let input = el("textarea")
            .attr("id", self.id)
            .attr("rows", "1")
            .attr("autocomplete", "off")
            .attr("autocapitalize", "none")
            .attr("spellcheck", "false")
            .attr("aria-describedby", &described)
            .flag("autofocus")
            .bind("aria-invalid", move || {
                is_wrong().then(|| "true".to_owned())
            });
        let node: HtmlTextAreaElement = input.as_kind::<HtmlTextAreaElement>().clone();
        let [typing, leaving, keyed] = [(); 3].map(|()| node.clone());
        let input = input
            .on("input", move |_| self.take(&typing, ""))
            .on("blur", move |_| self.take(&leaving, "\n"))
            .on("keydown", move |event| {
                let is_empty = keyed.value().is_empty();
                match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
                    // In an empty field it sends the form, as in any other.
                    "Enter" if is_empty => {
                        event.prevent_default();
                        if let Some(form) = keyed.form() {
                            let _ = form.request_submit();
                        }
                    }
                    "Enter" => {
                        event.prevent_default();
                        self.take(&keyed, "\n");
                    }
                    "Backspace" if is_empty => {
                        self.texts.update(|texts| drop(texts.pop()));
                    }
                    _ => {}
                }
            });
        let all = dynamic(move || {
            let faults = self.faults.get();
            let texts = self.texts.get().into_iter().enumerate();
            views(texts.map(|(at, text)| {
                let fault = faults.get(at).map(String::as_str);
                self.chip(at, &text, fault.unwrap_or_default()).into()
            }))
        });
        let said = tag("div", "l-stack")
            .attr("data-gap", "1")
            .attr("id", &error)
            .attr("role", "status")
            .child(dynamic(move || self.said()));
        tag("div", "ui-field")
            .child(
                tag("label", "ui-label")
                    .attr("for", self.id)
                    .child(self.label),
            )
            .child(tag("div", "ui-chips").child(all).child(input))
            .child(said)
            .child(tag("p", "ui-hint").attr("id", &hint).child(self.hint))
    }

    fn take(self, input: &HtmlTextAreaElement, end: &str) {
        let typed = input.value() + end;
        if let Some(new) = (self.read)(&typed) {
            input.set_value("");
            if !new.is_empty() {
                self.texts.update(|texts| texts.extend(new));
            }
        }
    }

    fn chip(self, at: usize, text: &str, fault: &str) -> El {
        let gone = move |_| {
            self.texts.update(|texts| drop(texts.remove(at)));
            self.focus();
        };
        let remove = el("button")
            .attr("type", "button")
            .attr("aria-label", &["Remove ", text].concat())
            .on("click", gone)
            .child(small_icon(Icon::X));
        let chip = tag("span", "ui-chip");
        if fault.is_empty() {
            return chip.child(text).child(remove);
        }
        let correct = tag("button", "ui-chip-text")
            .attr("type", "button")
            .attr("title", fault)
            .attr("aria-label", &["Correct ", text, ": ", fault].concat())
            .on("click", move |_| self.correct(at))
            .child(text);
        chip.attr("data-tone", "danger")
            .child(correct)
            .child(remove)
    }

    /// Puts a text back into the field.
    fn correct(self, at: usize) {
        let text = self.texts.try_update(|texts| texts.remove(at));
        if let (Some(text), Some(input)) = (text, find_id(self.id)) {
            input.as_kind::<HtmlTextAreaElement>().set_value(&text);
        }
        self.focus();
    }

    fn focus(self) {
        if let Some(input) = find_id(self.id) {
            input.focus();
        }
    }

    /// The first faults in words.
    fn said(self) -> View {
        let texts = self.texts.get();
        let faults = self.faults.get();
        let wrong = texts
            .iter()
            .zip(&faults)
            .filter(|(_, fault)| !fault.is_empty());
        let count = wrong.clone().count();
        let said = wrong.take(SAID).map(|(text, fault)| {
            let words = el("span")
                .child(el("strong").child(text))
                .child(": ")
                .child(fault);
            tag("p", "ui-error")
                .child(small_icon(Icon::Warn))
                .child(words)
                .into()
        });
        let more = (count > SAID).then(|| {
            let words = ["And ", &(count - SAID).to_string(), " more, marked above."].concat();
            tag("p", "ui-error").child(words)
        });
        views([views(said), more.into()])
    }
}
