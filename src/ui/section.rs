//! A part of a page with a title.

use super::dom::{El, View, el, tag};

/// The part. `id` is unique on the page.
pub(crate) fn section(id: &str, title: &str, inner: View) -> El {
    tag("section", "l-stack")
        .attr("data-gap", "2")
        .attr("aria-labelledby", id)
        .child(el("h2").attr("id", id).child(title))
        .child(inner)
}
