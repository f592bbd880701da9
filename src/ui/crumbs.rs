//! The breadcrumb.

use super::dom::{El, View, tag};

/// One step of the way from the top to the page.
#[derive(Debug)]
pub(crate) struct Crumb {
    /// As it is called.
    pub(crate) name: String,
    /// Where it leads; `None` for what one may not open.
    pub(crate) href: Option<String>,
    /// Whether it is the page itself.
    pub(crate) is_page: bool,
    /// Whether a narrow page leaves it out.
    pub(crate) is_between: bool,
    /// What stands after the name: a way to what lies beside it.
    pub(crate) after: View,
}

/// The way, the page itself last.
pub(crate) fn crumbs(way: impl IntoIterator<Item = Crumb>) -> El {
    way.into_iter().fold(tag("ol", "ui-crumbs"), |list, crumb| {
        list.child(step(crumb))
    })
}

fn step(crumb: Crumb) -> El {
    let step = tag("li", "ui-crumb");
    let step = if crumb.is_between {
        step.flag("data-between")
    } else {
        step
    };
    // A step that is only a way to others has no name of its own.
    let link = (!crumb.name.is_empty()).then(|| {
        let kind = if crumb.href.is_some() { "a" } else { "span" };
        tag(kind, "ui-crumb-link")
            .attr_maybe("href", crumb.href.as_deref())
            .attr_maybe("aria-current", crumb.is_page.then_some("page"))
            .child(&crumb.name)
    });
    step.child(link).child(crumb.after)
}
