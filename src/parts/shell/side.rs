//! The sidebar: the pages that there are for this person, and the account.

use crate::parts::account::account;
use crate::parts::org_page::pages;
use crate::parts::place::{Place, use_place};
use crate::router::{Router, use_router};
use crate::routes::{self, Page};
use crate::session::{Session, use_session};
use crate::ui::dom::{El, View, dynamic, tag, views};
use crate::ui::icon::{Icon, mark};
use crate::ui::nav::nav_link;

/// The sidebar.
pub(super) fn side() -> El {
    let (router, session, place) = (use_router(), use_session(), use_place());
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
        .child(dynamic(move || organization(router, session, place)))
        .child(tag("div", "l-side-end").child(account()))
}

fn organization(router: Router, session: Session, place: Place) -> Option<View> {
    let (org, name) = place.org()?;
    let title = tag("p", "ui-nav-title l-side-text")
        .attr("id", "nav-org")
        .child(name);
    let list = tag("ul", "ui-nav").attr("aria-labelledby", "nav-org");
    let list = pages(session, &org)
        .into_iter()
        .fold(list, |list, (glyph, words, href)| {
            // A page below one of them has no entry of its own.
            let shows = href.clone();
            let is_here = move || {
                let here = routes::entry(&router.page());
                here.as_deref() == Some(&shows)
            };
            list.child(nav_link(glyph, words, &href, is_here))
        });
    Some(views([title.into(), list.into()]))
}
