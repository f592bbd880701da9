//! The account at the foot of the sidebar: who one is, the colours, the ways out.

use bailiwick_api::Error;

use crate::router::use_router;
use crate::routes;
use crate::session::{leave_by, use_session};
use crate::state::{Callback, RwSignal, Signal};
use crate::ui::avatar;
use crate::ui::button::{Button, Kind};
use crate::ui::dialog::{Dialog, dialog_end};
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::icon::Icon;
use crate::ui::menu::Menu;
use crate::ui::theme::Theme;

use super::problem::refusal;

/// The button with its menu.
pub(crate) fn account() -> View {
    let (session, router) = (use_session(), use_router());
    let menu = Menu::new("account-menu");
    let label = move || {
        session
            .person()
            .map(|person| person.label())
            .unwrap_or_default()
    };
    let failed = RwSignal::new(None::<Error>);
    let fail = Callback::new(move |error| failed.set(Some(error)));
    let button = tag("button", "ui-nav-item")
        .bind("aria-label", move || Some(["Account ", &label()].concat()))
        .bind("title", move || Some(label()))
        .child(dynamic(move || avatar::person(&label())))
        .child(tag("span", "l-side-text").text(label));
    let colours = el("div")
        .attr("role", "group")
        .attr("aria-label", "Colours")
        .child(themes(menu));
    let account = Callback::new(move |()| router.go(routes::ME));
    let items = views([
        colours.into(),
        el("hr").into(),
        menu.item(Icon::Person, "Your account", account),
        menu.item(
            Icon::Refresh,
            "Switch account",
            leave_by(routes::LOGIN_OTHER, fail),
        ),
        menu.item(Icon::Out, "Sign out", leave_by(routes::LOGIN, fail)),
    ]);
    views([
        menu.button(button).into(),
        menu.list("Account", dynamic(who), items).into(),
        dynamic(move || failed.get().map(|error| still_here(&error, failed))),
    ])
}

fn who() -> Option<El> {
    let person = use_session().person()?;
    let name = &person.who.profile.name;
    let by = tag("span", "ui-tiny ui-quiet")
        .child((!name.is_empty()).then(|| [name, " · "].concat()))
        .child("by ")
        .child(&person.provider_name);
    let label = el("strong").child(person.label());
    Some(tag("div", "ui-menu-note").child(label).child(by))
}

fn themes(menu: Menu) -> View {
    let chosen = RwSignal::new(());
    views(Theme::ALL.map(|theme| {
        let choose = Callback::new(move |()| {
            theme.choose();
            chosen.set(());
        });
        let is_chosen = move || {
            chosen.track();
            Theme::current() == theme
        };
        menu.choice(theme.words(), Signal::derive(is_chosen), choose)
    }))
}

fn still_here(error: &Error, failed: RwSignal<Option<Error>>) -> View {
    let dialog = Dialog::new();
    let close = Button::new(Kind::Plain, "Close")
        .autofocus()
        .on_press(Callback::new(move |()| dialog.close()));
    let inner = views([
        tag("div", "ui-dialog-body").child(refusal(error)).into(),
        dialog_end([close.view()]).into(),
    ]);
    let closed = Callback::new(move |()| failed.set(None));
    dialog.view("still-here", "You are still signed in", None, closed, inner)
}
