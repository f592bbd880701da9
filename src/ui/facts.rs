//! Names and values.

use super::dom::{El, View, el, tag};

/// A list of facts.
pub(crate) fn facts(facts: impl IntoIterator<Item = (&'static str, View)>) -> El {
    facts
        .into_iter()
        .fold(tag("dl", "ui-facts"), |list, (name, value)| {
            list.child(el("dt").child(name))
                .child(el("dd").child(value))
        })
}
