//! What stands where nothing else does: nothing yet, nothing found, nothing arrived.

use super::dom::{El, View, el, tag};

/// A title, what it means, and the way on.
pub(crate) fn empty(title: &str, words: impl Into<View>, ways: impl Into<View>) -> El {
    let head = el("div")
        .child(el("h2").child(title))
        .child(tag("p", "ui-quiet").child(words));
    tag("div", "ui-empty").child(head).child(ways)
}
