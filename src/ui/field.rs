//! A field of one line: label above, help below, the error in its place.

#![expect(unreachable_pub, reason = "the component macro writes `pub` itself")]

use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, small_icon};

/// The text of a field, its error, and its place on the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldState {
    /// As typed.
    pub(crate) text: RwSignal<String>,
    /// What is wrong with it.
    pub(crate) error: RwSignal<Option<String>>,
    edited: RwSignal<bool>,
    node: NodeRef<html::Input>,
}

impl FieldState {
    /// A field that begins with `text`.
    pub(crate) fn new(text: &str) -> Self {
        Self {
            text: RwSignal::new(text.to_owned()),
            error: RwSignal::new(None),
            edited: RwSignal::new(false),
            node: NodeRef::new(),
        }
    }

    /// Puts the focus into it.
    pub(crate) fn focus(self) {
        if let Some(node) = self.node.get_untracked() {
            let _ = node.focus();
        }
    }
}

/// A text field.
#[component]
pub(crate) fn Field(
    /// Its state.
    state: FieldState,
    /// Unique on the page.
    id: &'static str,
    /// Above it.
    label: AnyView,
    /// Below it.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// At most so many characters; counted aloud when near.
    #[prop(optional)]
    max: Option<usize>,
    /// Has the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// What the field holds after this was typed.
    #[prop(optional)]
    tidy: Option<fn(&str) -> String>,
    /// What is wrong with a text; asked on leaving the field once it was edited.
    check: fn(&str) -> Option<String>,
) -> AnyView {
    let (text, error) = (state.text, state.error);
    let (hint_id, error_id) = ([id, "-hint"].concat(), [id, "-error"].concat());
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || {
            if error.with(Option::is_some) {
                error_id.clone()
            } else {
                hint_id.clone()
            }
        }
    };
    let typed = move |_: web_sys::Event| {
        let Some(input) = state.node.get_untracked() else {
            return;
        };
        text.set(tidied(&input, tidy));
        state.edited.set(true);
        // Once wrong, it says so only for as long as it is.
        if error.with_untracked(Option::is_some) {
            error.set(check(&text.read_untracked()));
        }
    };
    let left = move |_| {
        if state.edited.get_untracked() {
            error.set(check(&text.read_untracked()));
        }
    };
    let count = move || {
        let max = max?;
        let used = text.with(|text| text.chars().count());
        let is_near = used * 5 >= max * 4;
        is_near.then(|| [used.to_string(), " of ".to_owned(), max.to_string()].concat())
    };
    view! {
        <div class="ui-field">
            <label class="ui-label" for=id>
                {label}
            </label>
            <input
                class="ui-input"
                id=id
                type="text"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                autofocus=autofocus
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                node_ref=state.node
                prop:value=move || text.get()
                on:input=typed
                on:blur=left
            />
            {move || {
                error
                    .get()
                    .map(|words| {
                        view! {
                            <p class="ui-error" id=error_id.clone()>
                                {small_icon(Icon::Warn)}
                                <span>{words}</span>
                            </p>
                        }
                    })
            }}
            <div class="ui-field-foot">
                <p class="ui-hint" id=hint_id>
                    {hint}
                </p>
                <p class="ui-hint ui-num">{count}</p>
            </div>
        </div>
    }
    .into_any()
}

/// What the field holds after typing. The caret stays where it is, as it would not if the text
/// were only put back.
fn tidied(input: &web_sys::HtmlInputElement, tidy: Option<fn(&str) -> String>) -> String {
    let typed = input.value();
    let Some(tidy) = tidy else { return typed };
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
