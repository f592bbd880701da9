//! One word about a thing.

use super::dom::{El, tag};

/// A badge in the accent: good, chosen, last used.
pub(crate) fn accent(word: &str) -> El {
    tag("span", "ui-badge")
        .attr("data-tone", "accent")
        .child(word)
}
