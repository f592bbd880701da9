//! Links of the sidebar.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// A link to a page of the console.
pub(crate) fn nav_link(
    glyph: Icon,
    words: &'static str,
    href: Signal<String>,
    is_here: Signal<bool>,
) -> AnyView {
    view! {
        <li>
            <a
                class="ui-nav-item"
                href=move || href.get()
                title=words
                aria-current=move || is_here.get().then_some("page")
            >
                {icon(glyph)}
                <span class="l-side-text">{words}</span>
            </a>
        </li>
    }
    .into_any()
}
