//! A line for the terminal, with a copy button.

use super::copy::copy_button;
use super::dom::{El, el, tag};

/// The line.
pub(crate) fn command(line: &str) -> El {
    tag("div", "ui-cli")
        .child(el("code").child(line))
        .child(copy_button(line, "Copy command", "sm"))
}
