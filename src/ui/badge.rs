//! One word about a thing.

use leptos::prelude::*;

/// A badge in the accent: good, chosen, last used.
pub(crate) fn accent(word: &'static str) -> AnyView {
    view! {
        <span class="ui-badge" data-tone="accent">
            {word}
        </span>
    }
    .into_any()
}
