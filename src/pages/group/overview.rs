//! What a group is: its description, how much lies below, what one may do here and by which role.

use bailiwick_api::session::HeldRole;
use bailiwick_api::{Group, GroupSummary};
use bailiwick_domain::{Capability, Uidp};

use crate::api::query;
use crate::remote::Remote;
use crate::routes;
use crate::state::Signal;
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::facts::facts;
use crate::ui::icon::{Icon, icon};
use crate::ui::pagination::grouped;
use crate::ui::section::section;
use crate::ui::skeleton::{bone, loading};
use crate::ui::stats::stats;
use crate::ui::time::time;

use super::state::Shown;

/// The tab.
pub(super) fn overview(shown: Shown, uid: &Uidp) -> View {
    let at = Signal::stored(uid.clone());
    let about = move || {
        let about = shown.detail.with(|detail| {
            let group = detail.ready();
            group
                .map(|group| group.description.clone())
                .unwrap_or_default()
        });
        (!about.is_empty()).then(|| tag("p", "ui-quiet").child(about))
    };
    views([
        dynamic(about),
        counts(shown, uid),
        section("access", "Your access", dynamic(move || access(shown, at))).into(),
        section("facts", "Facts", dynamic(move || facts_of_shown(shown))).into(),
    ])
}

fn counts(shown: Shown, uid: &Uidp) -> View {
    let uid = uid.clone();
    let summary = query(
        move || Some(uid.clone()),
        |client, uid| Box::pin(async move { client.summarize_group(&uid).await }),
    );
    dynamic(move || {
        summary.state.with(|summary| match summary {
            Remote::Loading => loading("Counting", bone()),
            Remote::Ready(summary) => numbers(summary),
            // A server that does not count yet: what the tree knows is said instead.
            Remote::Failed(_) => {
                let has_children = shown
                    .detail
                    .with(|detail| detail.ready().is_some_and(|group| group.has_children));
                let words = if has_children {
                    "There are folders below. How many, the server did not say."
                } else {
                    "There are no folders below."
                };
                tag("p", "ui-faint").child(words)
            }
        })
    })
}

fn numbers(summary: &GroupSummary) -> El {
    let number = |text: &str| grouped(text.parse().unwrap_or_default());
    let mut all = vec![
        (number(&summary.child_count), "folders in it"),
        (number(&summary.descendant_count), "at all levels below"),
    ];
    let bindings = summary.role_binding_count.as_deref();
    all.extend(bindings.map(|count| (number(count), "role bindings, here and below")));
    let people = summary.identity_count.as_deref();
    all.extend(people.map(|count| (number(count), "identities with a role by them")));
    stats(all)
}

fn facts_of_shown(shown: Shown) -> Option<El> {
    shown.detail.with(|detail| detail.ready().map(facts_of))
}

fn facts_of(group: &Group) -> El {
    let above = group.path.iter().map(|step| step.name.as_str());
    let way: Vec<&str> = above.chain([group.name.as_str()]).collect();
    let id = el("code").child(group.uid.as_str());
    facts([
        ("Path", way.join(" / ").into()),
        ("Id", id.into()),
        ("Created", time(&group.create_time)),
        ("Changed", time(&group.update_time)),
    ])
}

/// What one may do, as one says it, and what it takes.
const MAY: [(&str, Capability); 4] = [
    ("make folders in it", Capability::GROUPS_CREATE),
    ("rename and describe it", Capability::GROUPS_UPDATE),
    ("delete it", Capability::GROUPS_DELETE),
    ("see who has which role", Capability::ROLE_BINDINGS_LIST),
];

fn access(shown: Shown, at: Signal<Uidp>) -> View {
    let held = at.with(|at| shown.session.roles_at(at));
    if held.is_empty() {
        // Seen by a binding that this page does not know of yet.
        return tag("p", "ui-quiet").child("You hold no role here.").into();
    }
    let roles = views(held.iter().map(|held| at.with(|at| role(held, at)).into()));
    let may = MAY.map(|(words, capability)| {
        let may = at.with(|at| shown.session.may(capability, at));
        let (glyph, start) = if may {
            (Icon::Check, "You may ")
        } else {
            (Icon::X, "You may not ")
        };
        let item = el("li")
            .child(icon(glyph))
            .child(el("span").child([start, words, "."].concat()));
        if may { item } else { item.flag("data-no") }.into()
    });
    views([roles, tag("ul", "ui-can").child(views(may)).into()])
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
