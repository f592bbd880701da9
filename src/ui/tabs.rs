//! Tabs. Each is a page with an address, so each is a link.

use super::dom::{El, el, tag};

/// The tabs of something called `name`: words, address, and whether one is there.
pub(crate) fn tabs<'a>(name: &str, tabs: impl IntoIterator<Item = (&'a str, String, bool)>) -> El {
    let list = el("nav").attr("class", "ui-tabs").attr("aria-label", name);
    tabs.into_iter().fold(list, |list, (words, href, is_here)| {
        let tab = tag("a", "ui-tab")
            .attr("href", &href)
            .attr_maybe("aria-current", is_here.then_some("page"))
            .child(words);
        list.child(tab)
    })
}
