//! The top bar: where one is, with a way to what lies beside each step, and the search.

use bailiwick_api::query::Scope;

use crate::parts::place::{Step, use_place};
use crate::routes;
use crate::state::{RwSignal, memo};
use crate::ui::button::icon_button;
use crate::ui::crumbs::{Crumb, crumbs};
use crate::ui::dom::{View, dynamic, el, nothing, tag, views};
use crate::ui::icon::{Icon, icon};

use super::Over;
use super::beside::{beside, between};

/// So many steps are shown at most; those in the middle move into a list.
const MOST: usize = 4;

/// What stands in the top bar.
pub(super) fn top(over: RwSignal<Option<Over>>) -> View {
    let place = use_place();
    let way = memo(move || place.way());
    let here = el("nav")
        .attr("class", "ui-here")
        .attr("aria-label", "Where you are")
        .child(dynamic(move || crumbs(steps(&way.get()))));
    let open = move |what: Over| move |_| over.set(Some(what));
    let words = [
        icon(Icon::Search).into(),
        tag("span", "ui-wide").child("Search").into(),
        tag("kbd", "ui-kbd ui-wide").child("Ctrl K").into(),
    ];
    let search = tag("button", "ui-button ui-button--quiet ui-find")
        .attr("type", "button")
        .attr("data-size", "sm")
        .attr("aria-label", "Search pages, folders and actions")
        .attr("aria-keyshortcuts", "Control+K Meta+K")
        .attr("aria-haspopup", "dialog")
        .on("click", open(Over::Palette))
        .child(views(words));
    let help = icon_button("Keys")
        .attr("class", "ui-button ui-button--quiet ui-wide")
        .attr("data-size", "sm")
        .attr("aria-haspopup", "dialog")
        .on("click", open(Over::Help))
        .child(icon(Icon::Help));
    let end = tag("div", "l-row l-end ui-top-end")
        .child(search)
        .child(help);
    views([here.into(), end.into()])
}

fn steps(way: &[Step]) -> Vec<Crumb> {
    let last = way.len().saturating_sub(1);
    let hidden = if way.len() > MOST { 1..last - 1 } else { 0..0 };
    let mut crumbs = Vec::new();
    for (at, step) in way.iter().enumerate() {
        if at == hidden.start && !hidden.is_empty() {
            crumbs.push(Crumb {
                name: String::new(),
                href: None,
                is_page: false,
                is_between: false,
                after: between(&way[hidden.clone()]),
            });
        }
        if hidden.contains(&at) {
            continue;
        }
        let uid = step.uid.as_ref();
        let scope = match (uid, at) {
            (None, _) => None,
            (Some(_), 0) => Some((Scope::Topmost, "Switch organization".to_owned())),
            (Some(uid), _) => uid.parent().map(|parent| {
                let name = ["Other folders beside ", &step.name].concat();
                (Scope::ChildrenOf(parent), name)
            }),
        };
        crumbs.push(Crumb {
            name: step.name.clone(),
            href: uid.filter(|_| step.may_open).map(routes::group),
            is_page: at == last,
            is_between: at > 0 && at < last,
            after: scope.map_or_else(nothing, |(scope, name)| {
                beside(&at.to_string(), &name, scope, uid.cloned())
            }),
        });
    }
    crumbs
}
