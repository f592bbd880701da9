//! The button.

#![expect(unreachable_pub, reason = "the component macro writes `pub` itself")]

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// What pressing it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    /// One of several.
    #[default]
    Plain,
    /// The one thing that the view is for.
    Primary,
    /// The way out.
    Quiet,
    /// Leads to a loss, with a question before.
    Loss,
    /// Destroys.
    Danger,
}

impl Kind {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Plain => "ui-button",
            Self::Primary => "ui-button ui-button--primary",
            Self::Quiet => "ui-button ui-button--quiet",
            Self::Loss => "ui-button ui-button--loss",
            Self::Danger => "ui-button ui-button--danger",
        }
    }
}

/// A button with words. What is refused or under way stays focusable and does nothing.
#[component]
pub(crate) fn Button(
    /// What pressing it means.
    #[prop(optional)]
    kind: Kind,
    /// Before the words.
    #[prop(optional)]
    glyph: Option<Icon>,
    /// `sm`, `lg`, or as usual.
    #[prop(optional)]
    size: Option<&'static str>,
    /// Submits the form around it.
    #[prop(optional)]
    submits: bool,
    /// What was asked for is under way.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Pressing it would be refused.
    #[prop(optional, into)]
    refused: Signal<bool>,
    /// The id of the element that says why it is refused.
    #[prop(optional)]
    reason: Option<&'static str>,
    /// Has the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// Pressed.
    #[prop(optional)]
    on_press: Option<Callback<()>>,
    /// The words.
    children: Children,
) -> AnyView {
    let is_off = move || refused.get() || pending.get();
    let press = move |event: web_sys::MouseEvent| {
        if refused.get_untracked() || pending.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            class=kind.class()
            type=if submits { "submit" } else { "button" }
            data-size=size
            autofocus=autofocus
            aria-disabled=move || is_off().then_some("true")
            aria-busy=move || pending.get().then_some("true")
            aria-describedby=move || refused.get().then_some(reason).flatten()
            on:click=press
        >
            {move || {
                if pending.get() {
                    view! { <span class="ui-spin"></span> }.into_any()
                } else {
                    glyph.map(icon).into_any()
                }
            }}
            {children()}
        </button>
    }
    .into_any()
}

/// A link that looks like a button.
pub(crate) fn link_button(kind: Kind, href: &str, words: &str) -> AnyView {
    view! {
        <a class=kind.class() href=href.to_owned()>
            {words.to_owned()}
        </a>
    }
    .into_any()
}
