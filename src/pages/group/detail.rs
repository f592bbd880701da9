//! The chosen group.

use bailiwick_api::session::HeldRole;
use bailiwick_api::{Error, Group};
use bailiwick_domain::{Capability, Uidp};
use leptos::prelude::*;

use crate::parts::access::{Action, reason, refused};
use crate::parts::group_form::Target;
use crate::parts::problem::problem;
use crate::remote::Remote;
use crate::routes;
use crate::ui::button::{Button, Kind, link_button};
use crate::ui::dom::{El, View, dynamic, el, switch, tag, views};
use crate::ui::facts::facts;
use crate::ui::heading::{heading, plain_heading};
use crate::ui::icon::{Icon, icon};
use crate::ui::id::id;
use crate::ui::skeleton::{bone, loading};
use crate::ui::time::time;

use super::state::Shown;
use super::tree_pane::back_to_tree;

/// Which view the pane needs. It stays while the group in it changes, and keeps the focus.
#[derive(Debug, Clone, PartialEq)]
enum Showing {
    Loading,
    Failed(Error),
    Of(Uidp),
}

/// The pane with the chosen group.
pub(super) fn detail(shown: Shown) -> El {
    let showing = move || {
        shown.detail.with(|detail| match detail {
            Remote::Loading => Showing::Loading,
            Remote::Failed(error) => Showing::Failed(error.clone()),
            Remote::Ready(group) => Showing::Of(group.uid.clone()),
        })
    };
    let inner = move |showing: &Showing| match showing {
        Showing::Loading => skeleton().into(),
        Showing::Failed(error) if error.http() == Some(404) => gone(shown).into(),
        Showing::Failed(error) => {
            let again = Callback::new(move |()| {
                shown.open(&untrack(|| shown.selected()));
            });
            problem("The folder did not arrive", error, again).into()
        }
        Showing::Of(uid) => one(shown, uid),
    };
    let back = tag("button", "ui-button ui-button--quiet")
        .attr("type", "button")
        .attr("data-size", "sm")
        .on("click", move |_| back_to_tree(shown))
        .child(icon(Icon::Back))
        .child("All folders");
    let column = tag("div", "l-pad l-stack")
        .attr("data-gap", "5")
        .child(tag("p", "l-pane-only").child(back))
        .child(switch(showing, inner));
    tag("div", "l-detail").child(column)
}

fn skeleton() -> El {
    let shape = tag("div", "l-stack")
        .child(bone())
        .child(bone())
        .child(bone());
    loading("Loading the folder", shape)
}

fn gone(shown: Shown) -> El {
    let org = shown.org.get_value();
    let may_see = shown.session.may(Capability::GROUPS_LIST, &org);
    let is_org = untrack(|| shown.selected()) == org;
    let (title, way) = if is_org {
        ("No such organization, or not for you", None)
    } else {
        (
            "No such folder, or not for you",
            may_see.then(|| routes::group(&org)),
        )
    };
    let ways = tag("div", "l-row")
        .child(way.map(|way| link_button(Kind::Plain, &way, "Go to its organization")))
        .child(link_button(
            Kind::Plain,
            routes::ORGANIZATIONS,
            "Go to your organizations",
        ));
    tag("div", "ui-empty")
        .child(plain_heading(title))
        .child(
            tag("p", "ui-quiet").child("It may have been deleted, or was never shared with you."),
        )
        .child(ways)
}

fn one(shown: Shown, uid: &Uidp) -> View {
    let known = move |part: fn(&Group) -> String| {
        move || {
            shown
                .detail
                .with(|detail| detail.ready().map(part).unwrap_or_default())
        }
    };
    let name = known(|group| group.name.clone());
    let title = known(|group| match group.path.first() {
        Some(org) => [&group.name, ", ", &org.name].concat(),
        None => group.name.clone(),
    });
    let about = known(|group| group.description.clone());
    let at = Signal::stored(uid.clone());
    let uid = uid.to_string();
    let head = tag("div", "l-stack")
        .attr("data-gap", "2")
        .child(
            tag("div", "l-row")
                .child(heading(name, title))
                .child(actions(shown, at)),
        )
        .child(dynamic(move || id(&uid, &name())))
        .child(reasons(at));
    views([
        head.into(),
        dynamic(move || {
            Some(about())
                .filter(|about| !about.is_empty())
                .map(|about| el("p").child(about))
        }),
        section("facts", "Facts", dynamic(move || of_group(shown, facts_of))).into(),
        section("access", "Your access", dynamic(move || access(shown, at))).into(),
    ])
}

fn section(id: &str, title: &str, inner: View) -> El {
    tag("section", "l-stack")
        .attr("data-gap", "2")
        .attr("aria-labelledby", id)
        .child(el("h2").attr("id", id).child(title))
        .child(inner)
}

fn of_group(shown: Shown, draw: fn(&Group) -> El) -> Option<El> {
    shown.detail.with(|detail| detail.ready().map(draw))
}

fn actions(shown: Shown, at: Signal<Uidp>) -> El {
    let button = move |action: Action, kind: Kind, glyph: Icon, words: &str| {
        let ask = Callback::new(move |()| {
            let target = shown
                .detail
                .with_untracked(|detail| detail.ready().map(target));
            if let Some(target) = target {
                shown.asked.set(Some((action, target)));
            }
        });
        Button::new(kind, words)
            .glyph(glyph)
            .refused(refused(action, at))
            .reason(action.reason_id())
            .on_press(ask)
            .view()
    };
    tag("div", "l-row l-end")
        .child(button(
            Action::Create,
            Kind::Primary,
            Icon::Plus,
            "New folder",
        ))
        .child(button(Action::Rename, Kind::Plain, Icon::Edit, "Rename"))
        .child(button(Action::Delete, Kind::Loss, Icon::Trash, "Delete"))
}

fn target(group: &Group) -> Target {
    Target {
        uid: group.uid.clone(),
        name: group.name.clone(),
        has_children: group.has_children,
    }
}

fn reasons(at: Signal<Uidp>) -> View {
    let actions = [Action::Create, Action::Rename, Action::Delete];
    views(actions.map(|action| reason(action, refused(action, at))))
}

fn facts_of(group: &Group) -> El {
    facts([
        ("Path", way(group).join(" / ").into()),
        ("Created", time(&group.create_time)),
        ("Changed", time(&group.update_time)),
    ])
}

fn way(group: &Group) -> Vec<&str> {
    let above = group.path.iter().map(|step| step.name.as_str());
    above.chain([group.name.as_str()]).collect()
}

fn access(shown: Shown, at: Signal<Uidp>) -> View {
    let held = at.with(|at| shown.session.roles_at(at));
    if held.is_empty() {
        // Seen by a binding that this page does not know of yet.
        return tag("p", "ui-quiet").child("You hold no role here.").into();
    }
    views(held.iter().map(|held| at.with(|at| role(held, at)).into()))
}

fn role(held: &HeldRole, at: &Uidp) -> El {
    let from = (held.group.uid != *at).then(|| {
        let place = el("a")
            .attr("href", &routes::group(&held.group.uid))
            .child(&held.group.name);
        views([", from ".into(), place.into()])
    });
    el("p")
        .child("You are ")
        .child(el("strong").child(&held.role.name))
        .child(" here")
        .child(from)
        .child(".")
}
