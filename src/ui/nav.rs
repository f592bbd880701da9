//! Links of the sidebar.

use super::dom::{El, el, tag};
use super::icon::{Icon, icon};

/// A link to a page of the console.
pub(crate) fn nav_link(
    glyph: Icon,
    words: &str,
    href: &str,
    is_here: impl Fn() -> bool + 'static,
) -> El {
    let link = tag("a", "ui-nav-item")
        .attr("href", href)
        .attr("title", words)
        .bind("aria-current", move || is_here().then(|| "page".to_owned()))
        .child(icon(glyph))
        .child(tag("span", "l-side-text").child(words));
    el("li").child(link)
}
