//! The sidebar: the pages that there are for this person, and the account.

use crate::parts::account::account;
use crate::parts::place::{Place, use_place};
use crate::router::use_router;
use crate::routes::{self, Page};
use crate::ui::dom::{El, View, dynamic, tag, views};
use crate::ui::icon::{Icon, mark};
use crate::ui::nav::nav_link;

/// The sidebar.
pub(super) fn side() -> El {
    let (router, place) = (use_router(), use_place());
    let home = tag("a", "ui-mark")
        .attr("href", routes::ORGANIZATIONS)
        .attr("aria-label", "Bailiwick, all organizations")
        .child(mark())
        .child(tag("span", "l-side-text").child("Bailiwick"));
    let is_list = move || router.page() == Page::Organizations;
    let list = nav_link(Icon::Orgs, "Organizations", routes::ORGANIZATIONS, is_list);
    tag("nav", "l-side")
        .attr("aria-label", "Console")
        .child(home)
        .child(tag("ul", "ui-nav").child(list))
        .child(dynamic(move || organization(place)))
        .child(tag("div", "l-side-end").child(account()))
}

fn organization(place: Place) -> Option<View> {
    let (org, name) = place.org()?;
    let folders = nav_link(Icon::Folder, "Folders", &routes::group(&org), || true);
    let title = tag("p", "ui-nav-title l-side-text")
        .attr("id", "nav-org")
        .child(name);
    let list = tag("ul", "ui-nav")
        .attr("aria-labelledby", "nav-org")
        .child(folders);
    Some(views([title.into(), list.into()]))
}
