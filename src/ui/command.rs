//! A line for the terminal, with a copy button.

use super::copy::copy_button;
use super::dom::{El, el, tag};

/// The line.
pub(crate) fn command(line: &str) -> El {
    tag("div", "ui-cli")
        .child(el("code").child(line))
        .child(copy_button(line, "Copy command", "sm"))
}

/// As a shell reads it as one word.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"@%+=:,./_-".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        return word.to_owned();
    }
    ["'", &word.replace('\'', r"'\''"), "'"].concat()
}
