//! A few numbers side by side.

use super::dom::{El, el, tag};

/// The numbers and what they count.
pub(crate) fn stats<'a>(stats: impl IntoIterator<Item = (String, &'a str)>) -> El {
    stats
        .into_iter()
        .fold(tag("ul", "ui-stats ui-panel"), |list, (number, words)| {
            let stat = tag("li", "ui-stat")
                .child(el("b").child(number))
                .child(el("span").child(words));
            list.child(stat)
        })
}
