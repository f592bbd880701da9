//! What the page does, for the terminal.

use leptos::prelude::*;

use super::copy::copy_button;

/// A command with its copy button.
pub(crate) fn command(text: &str) -> AnyView {
    view! {
        <div class="ui-cli">
            <code>{text.to_owned()}</code>
            {copy_button(text, "Copy command", "sm")}
        </div>
    }
    .into_any()
}
