//! An id: monospace, shortened in the middle by the style, whole in the page, with a copy button.

use leptos::prelude::*;

use super::copy::copy_button;

const TAIL: usize = 8;

/// An id of something called `name`.
pub(crate) fn id(text: &str, name: &str) -> AnyView {
    let (head, tail) = text
        .split_at_checked(text.len().saturating_sub(TAIL))
        .unwrap_or((text, ""));
    view! {
        <span class="ui-ids">
            <span class="ui-id" title=text.to_owned()>
                <span class="ui-id-head">{head.to_owned()}</span>
                {tail.to_owned()}
            </span>
            {copy_button(text, &["Copy the id of ", name].concat(), "xs")}
        </span>
    }
    .into_any()
}
