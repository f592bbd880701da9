//! The account at the foot of the sidebar: who one is, the colours, the ways out.

use bailiwick_api::Error;
use leptos::prelude::*;

use crate::routes;
use crate::session::{leave_by, use_session};
use crate::ui::avatar;
use crate::ui::button::Button;
use crate::ui::dialog::{Dialog, DialogHandle};
use crate::ui::icon::Icon;
use crate::ui::menu::Menu;
use crate::ui::theme::Theme;

use super::problem::refusal;

/// The button with its menu.
pub(crate) fn account() -> AnyView {
    let session = use_session();
    let menu = Menu::new("account-menu");
    let label = Signal::derive(move || session.person().map(|p| p.label()).unwrap_or_default());
    let failed = RwSignal::new(None::<Error>);
    let fail = Callback::new(move |error| failed.set(Some(error)));
    let inner = view! {
        {move || avatar::person(&label.get())}
        <span class="l-side-text">{move || label.get()}</span>
    };
    let items = view! {
        <div role="group" aria-label="Colours">
            {themes(menu)}
        </div>
        <hr />
        {menu.item(Icon::Person, "Switch account", leave_by(routes::LOGIN_OTHER, fail))}
        {menu.item(Icon::Out, "Sign out", leave_by(routes::LOGIN, fail))}
    };
    view! {
        {menu.button("ui-nav-item", label, inner.into_any())}
        {menu.list("Account", who(), items.into_any())}
        {move || failed.get().map(|error| still_here(&error, failed))}
    }
    .into_any()
}

fn who() -> AnyView {
    let session = use_session();
    let lines = move || {
        let person = session.person()?;
        let name = person.who.profile.name.clone();
        Some(view! {
            <div class="ui-menu-note">
                <strong>{person.label()}</strong>
                <span class="ui-tiny ui-quiet">
                    {(!name.is_empty()).then(|| name + " · ")} "by " {person.provider_name}
                </span>
            </div>
        })
    };
    lines.into_any()
}

fn themes(menu: Menu) -> AnyView {
    let current = RwSignal::new(Theme::current());
    Theme::ALL
        .map(|theme| {
            let choose = Callback::new(move |()| {
                theme.choose();
                current.set(theme);
            });
            menu.choice(
                theme.words(),
                Signal::derive(move || current.get() == theme),
                choose,
            )
        })
        .into_iter()
        .collect_view()
        .into_any()
}

fn still_here(error: &Error, failed: RwSignal<Option<Error>>) -> AnyView {
    let handle = DialogHandle::new();
    let problem = refusal(error);
    view! {
        <Dialog
            handle=handle
            id="still-here"
            title="You are still signed in".to_owned()
            on_close=Callback::new(move |()| failed.set(None))
        >
            <div class="ui-dialog-body">{problem}</div>
            <div class="ui-dialog-end">
                <Button autofocus=true on_press=Callback::new(move |()| handle.close())>
                    "Close"
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}
