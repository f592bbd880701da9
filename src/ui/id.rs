//! An id: monospace, shortened in the middle by the style, whole in the page, with a copy button.

use super::copy::copy_button;
use super::dom::{El, tag};

const TAIL: usize = 8;

/// An id of something called `name`.
pub(crate) fn id(text: &str, name: &str) -> El {
    let (head, tail) = text
        .split_at_checked(text.len().saturating_sub(TAIL))
        .unwrap_or((text, ""));
    let shown = tag("span", "ui-id")
        .attr("title", text)
        .child(tag("span", "ui-id-head").child(head))
        .child(tail);
    let copy = copy_button(text, &["Copy the id of ", name].concat(), "xs");
    tag("span", "ui-ids").child(shown).child(copy)
}
