//! The chosen group: its name, its tabs, and what one may do to it.

use bailiwick_api::{Error, Group};
use bailiwick_domain::{Capability, Uidp};

use crate::lazy::lazy;
use crate::parts::access::{Action, WHY_NOT, reasons, refused};
use crate::parts::commands::{Command, use_commands};
use crate::parts::problem::problem;
use crate::reactive::{spawn_local, untrack};
use crate::remote::Remote;
use crate::routes::{self, Tab};
use crate::state::{Callback, Signal};
use crate::ui::button::{Button, Kind, icon_button, link_button};
use crate::ui::dom::{El, View, dynamic, nothing, switch, tag, views};
use crate::ui::heading::{heading, plain_heading};
use crate::ui::icon::{Icon, icon};
use crate::ui::id::id;
use crate::ui::menu::Menu;
use crate::ui::skeleton::{bone, loading};
use crate::ui::tabs::tabs;

use super::state::Shown;
use super::tabs::fetch_tabs;
use super::tree_pane::back_to_tree;
use super::who_could::who_could;
use super::{overview, settings};

/// Which view the pane needs. It stays while the group in it changes, and keeps the focus.
#[derive(Debug, Clone, PartialEq)]
enum Showing {
    Loading,
    Failed(Error),
    Of(Uidp, Tab),
}

/// The pane with the chosen group.
pub(super) fn detail(shown: Shown) -> El {
    let showing = move || {
        shown.detail.with(|detail| match detail {
            Remote::Loading => Showing::Loading,
            Remote::Failed(error) => Showing::Failed(error.clone()),
            Remote::Ready(group) => Showing::Of(group.uid.clone(), shown.tab()),
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
        Showing::Of(uid, tab) => one(shown, uid, *tab),
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
    offer_commands(shown);
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

fn one(shown: Shown, uid: &Uidp, tab: Tab) -> View {
    let title = move || {
        let name = |group: &Group| match group.path.first() {
            Some(org) => [&group.name, ", ", &org.name].concat(),
            None => group.name.clone(),
        };
        let title = shown.detail.with(|detail| detail.ready().map(name));
        let part = match tab {
            Tab::Overview => "",
            Tab::Access => "Access to ",
            Tab::Invites => "Invites to ",
            Tab::Settings => "Settings of ",
        };
        [part, &title.unwrap_or_default()].concat()
    };
    let (link, text) = (uid.clone(), uid.to_string());
    let pages = move || {
        tabs(
            &shown.name(),
            [
                ("Overview", Tab::Overview),
                ("Access", Tab::Access),
                ("Invites", Tab::Invites),
                ("Settings", Tab::Settings),
            ]
            .map(|(words, of)| (words, routes::group_tab(&link, of), of == tab)),
        )
    };
    let at = Signal::stored(uid.clone());
    let head = tag("div", "l-stack")
        .attr("data-gap", "2")
        .child(
            tag("div", "l-row p-head")
                .child(heading(move || shown.name(), title))
                .child(actions(shown, at)),
        )
        .child(dynamic(move || id(&text, &shown.name())))
        .child(dynamic(pages));
    let body = match tab {
        Tab::Overview => overview::overview(shown, uid),
        Tab::Access => {
            let uid = uid.clone();
            lazy(fetch_tabs, move |tabs| (tabs.access)(shown, &uid))
        }
        Tab::Invites => {
            let uid = uid.clone();
            lazy(fetch_tabs, move |tabs| (tabs.invites)(shown, &uid))
        }
        Tab::Settings => settings::settings(shown, uid),
    };
    // The others have their own, about what one goes there for.
    let asks = matches!(tab, Tab::Overview | Tab::Settings);
    let why_not = tag("div", "l-row")
        .child(reasons(ALL, at))
        .child(asks.then(|| who_could(shown, uid, ALL)));
    views([head.into(), why_not.into(), body])
}

/// What one may want to do on either tab.
const ALL: &[Action] = &[Action::Create, Action::Rename, Action::Delete];

fn actions(shown: Shown, at: Signal<Uidp>) -> El {
    let create = Button::new(Kind::Primary, "New folder")
        .glyph(Icon::Plus)
        .refused(refused(Action::Create, at))
        .reason(WHY_NOT)
        .on_press(Callback::new(move |()| shown.ask(Action::Create)));
    let menu = Menu::below("group-menu");
    let name = move || Some(["More for ", &shown.name()].concat());
    let more = icon_button("More")
        .bind("aria-label", name)
        .child(icon(Icon::More));
    let item = move |glyph, words: &str, action: Action| {
        let ask = Callback::new(move |()| shown.ask(action));
        menu.item_refused(glyph, words, (refused(action, at), WHY_NOT), ask)
    };
    let copy = Callback::new(move |()| {
        let toast = shown.toast;
        let uid = at.get_untracked().to_string();
        spawn_local(async move {
            let words = if crate::ui::copy::copy_text(&uid).await {
                "The id is copied."
            } else {
                "The browser did not copy it."
            };
            toast.say(&[words]);
        });
    });
    let items = views([
        item(Icon::Edit, "Rename", Action::Rename),
        menu.item(Icon::Copy, "Copy id", copy),
        item(Icon::Trash, "Delete", Action::Delete),
    ]);
    tag("div", "l-row l-end")
        .child(create.view())
        .child(menu.button(more))
        .child(menu.list("More", nothing(), items))
}

/// What the palette offers while this group shows.
fn offer_commands(shown: Shown) {
    use_commands().offer(move || {
        let name = shown.name();
        if name.is_empty() {
            return Vec::new();
        }
        let at = shown.selected();
        let actions = [
            ("New folder in ", Icon::Plus, Action::Create),
            ("Rename ", Icon::Edit, Action::Rename),
            ("Delete ", Icon::Trash, Action::Delete),
        ];
        let may = actions
            .into_iter()
            .filter(|(.., action)| shown.session.may(action.capability(), &at));
        may.map(|(words, glyph, action)| Command {
            words: [words, &name].concat(),
            glyph,
            keys: "",
            run: Callback::new(move |()| shown.ask(action)),
        })
        .collect()
    });
}
