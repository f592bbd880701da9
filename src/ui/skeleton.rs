//! What stands where something is on its way: its shape, shown late.

use leptos::prelude::*;

/// One line of it.
pub(crate) fn bone() -> AnyView {
    view! { <span class="ui-bone"></span> }.into_any()
}

/// Says `words` to those who do not see the shape.
pub(crate) fn loading(words: &'static str, shape: AnyView) -> AnyView {
    view! {
        <div class="ui-late">
            <span class="ui-hide" role="status">
                {words}
            </span>
            <div aria-hidden="true">{shape}</div>
        </div>
    }
    .into_any()
}
