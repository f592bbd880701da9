//! Who or what, by a letter: people are round, machines and organizations square.

use leptos::prelude::*;

/// The tile of a person.
pub(crate) fn person(name: &str) -> AnyView {
    tile(name, None)
}

/// The tile of an organization or a machine.
pub(crate) fn square(name: &str) -> AnyView {
    tile(name, Some("machine"))
}

fn tile(name: &str, kind: Option<&'static str>) -> AnyView {
    let letter: String = name.chars().take(1).collect();
    view! {
        <span class="ui-avatar" data-kind=kind aria-hidden="true">
            {letter}
        </span>
    }
    .into_any()
}
