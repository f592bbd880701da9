//! What stands where something is on its way: its shape, shown late.

use super::dom::{El, View, el, tag};

/// One line of it.
pub(crate) fn bone() -> El {
    tag("span", "ui-bone")
}

/// Says `words` to those who do not see the shape.
pub(crate) fn loading(words: &str, shape: impl Into<View>) -> El {
    tag("div", "ui-late")
        .child(tag("span", "ui-hide").attr("role", "status").child(words))
        .child(el("div").attr("aria-hidden", "true").child(shape))
}
