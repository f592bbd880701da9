//! What the page does, for the terminal.

use super::copy::copy_button;
use super::dom::{El, el, tag};

/// A command with its copy button.
pub(crate) fn command(text: &str) -> El {
    tag("div", "ui-cli")
        .child(el("code").child(text))
        .child(copy_button(text, "Copy command", "sm"))
}
