//! The frame round the pages of one who is signed in: sidebar, top bar, banners, main.

mod banners;
mod beside;
mod help;
mod keys;
mod palette;
mod side;
mod top;

use keys::{Go, Keys, Pressed};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::api::use_client;
use crate::browser;
use crate::reactive::untrack;
use crate::router::use_router;
use crate::routes::{self, Tab};
use crate::state::{Callback, RwSignal, StoredValue};
use crate::ui::dom::{El, View, dynamic, find, on_frame, on_window, tag, views};
use crate::ui::icon::{Icon, icon};
use crate::ui::toast::use_toast;

use super::place::use_place;

/// What lies over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Palette,
    Help,
}

/// The shell with a page in it.
pub(crate) fn shell(page: impl Into<View>) -> View {
    // On a phone the sidebar lies over the page, which cannot be reached meanwhile.
    let is_open = RwSignal::new(false);
    let over = RwSignal::new(None::<Over>);
    let client = use_client();
    let progress = move || {
        client
            .transport()
            .is_busy()
            .then(|| tag("div", "ui-progress"))
    };
    let top = tag("header", "l-top")
        .bind_flag("inert", move || is_open.get())
        .child(opener(is_open))
        .child(top::top(over))
        .child(dynamic(progress));
    let main = tag("main", "l-main")
        .attr("id", "main")
        .attr("tabindex", "-1")
        .bind_flag("inert", move || is_open.get())
        .child(page);
    let frame = tag("div", "l-shell")
        .bind("data-nav", move || is_open.get().then(|| "open".to_owned()))
        .on("keydown", move |event| {
            if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
                close(is_open);
            }
        })
        .child(side::side().on("click", move |event| {
            // Whoever follows a link wants the page; it takes the focus itself.
            if closest(&event, "a").is_some() {
                is_open.set(false);
            }
        }))
        .child(tag("div", "l-side-scrim").on("click", move |_| close(is_open)))
        .child(top)
        .child(banners::banners())
        .child(main)
        .child(use_toast().region());
    let skip = tag("a", "ui-skip")
        .attr("href", "#main")
        .child("Skip to content");
    listen(over);
    let closed = Callback::new(move |()| over.set(None));
    let lying = dynamic(move || {
        over.get().map(|over| match over {
            Over::Palette => palette::palette(closed),
            Over::Help => help::help(closed),
        })
    });
    views([skip.into(), frame.into(), lying])
}

/// The nearest element round the target of an event that a selector finds.
fn closest(event: &web_sys::Event, selector: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok().flatten()
}

/// Follows the keys that work anywhere.
fn listen(over: RwSignal<Option<Over>>) {
    let (router, place) = (use_router(), use_place());
    let keys = StoredValue::new(Keys::default());
    on_window("keydown", move |event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        let pressed = Pressed {
            command: event.ctrl_key() || event.meta_key(),
            is_writing: closest(
                event,
                "input, select, textarea, [role=treegrid], dialog, [popover]",
            )
            .is_some(),
            at_ms: browser::now_ms(),
        };
        let go = (!event.default_prevented())
            .then(|| keys.try_update_value(|keys| keys.press(&event.key(), pressed)))
            .flatten()
            .flatten();
        let Some(go) = go else { return };
        event.prevent_default();
        match go {
            Go::Palette if find("dialog[open]").is_none() => over.set(Some(Over::Palette)),
            Go::Palette => {}
            Go::Help => over.set(Some(Over::Help)),
            Go::Find => {
                if let Some(field) = find("#main input[type=search]") {
                    field.focus();
                }
            }
            Go::Organizations => router.go(routes::ORGANIZATIONS),
            Go::Folders => {
                if let Some((org, _)) = untrack(|| place.org()) {
                    router.go(&routes::group(&org));
                }
            }
            Go::Settings => {
                if let Some((uid, _)) = untrack(|| place.group()) {
                    router.go(&routes::group_tab(&uid, Tab::Settings));
                }
            }
        }
    });
}

fn opener(is_open: RwSignal<bool>) -> El {
    let button = tag("button", "ui-button ui-button--quiet")
        .attr("type", "button")
        .attr("id", "open-side")
        .flag("data-icon")
        .attr("aria-label", "Open navigation")
        .bind_bool("aria-expanded", move || is_open.get())
        .on("click", move |_| {
            is_open.set(true);
            // Once it shows.
            on_frame(|| {
                if let Some(first) = find(".l-side a") {
                    first.focus();
                }
            });
        })
        .child(icon(Icon::Menu));
    tag("span", "l-narrow-only").child(button)
}

fn close(is_open: RwSignal<bool>) {
    if is_open.get_untracked() {
        is_open.set(false);
        on_frame(|| {
            if let Some(opener) = find("#open-side") {
                opener.focus();
            }
        });
    }
}
