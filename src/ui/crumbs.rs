//! The breadcrumb.

use super::dom::{El, dynamic, el, tag, views};

/// One step of the way from the top to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Crumb {
    /// As it is called.
    pub(crate) name: String,
    /// Where it leads; `None` for what one may not open.
    pub(crate) href: Option<String>,
}

/// The way, the page itself last.
pub(crate) fn crumbs(way: impl Fn() -> Vec<Crumb> + 'static) -> El {
    let steps = move || {
        let way = way();
        let last = way.len().saturating_sub(1);
        let steps = way.iter().enumerate();
        views(steps.map(|(at, crumb)| step(crumb, at == last, at > 0 && at < last).into()))
    };
    let list = tag("ol", "ui-crumbs").child(dynamic(steps));
    el("nav").attr("aria-label", "Where you are").child(list)
}

fn step(crumb: &Crumb, is_page: bool, is_between: bool) -> El {
    let class = if is_between {
        "ui-crumb l-wide-only"
    } else {
        "ui-crumb"
    };
    let kind = if crumb.href.is_some() { "a" } else { "span" };
    let link = tag(kind, "ui-crumb-link")
        .attr_maybe("href", crumb.href.as_deref())
        .attr_maybe("aria-current", is_page.then_some("page"))
        .child(&crumb.name);
    tag("li", class).child(link)
}
