//! A note beside what it is about.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// How loud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Look here first.
    Warn,
    /// Lost, refused, wrong.
    Danger,
}

/// A callout. A dangerous one interrupts: it answers what one just did.
pub(crate) fn callout(tone: Tone, body: AnyView) -> AnyView {
    let (name, role) = match tone {
        Tone::Warn => ("warn", None),
        Tone::Danger => ("danger", Some("alert")),
    };
    view! {
        <div class="ui-callout" data-tone=name role=role>
            {icon(Icon::Warn)}
            <div class="l-stack" data-gap="2">
                {body}
            </div>
        </div>
    }
    .into_any()
}
