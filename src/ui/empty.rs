//! What stands where nothing else does: nothing yet, nothing found, nothing arrived.

use leptos::prelude::*;

/// A title, what it means, and the way on.
pub(crate) fn empty(title: &str, words: AnyView, ways: AnyView) -> AnyView {
    view! {
        <div class="ui-empty">
            <div>
                <h2>{title.to_owned()}</h2>
                <div class="ui-quiet">{words}</div>
            </div>
            {ways}
        </div>
    }
    .into_any()
}
