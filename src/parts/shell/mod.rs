//! The frame round the pages of one who is signed in: sidebar, top bar, main.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::router::use_router;
use crate::routes::{self, Page};
use crate::ui::crumbs::crumbs;
use crate::ui::dom::{El, View, dynamic, find, tag, views};
use crate::ui::icon::{Icon, icon, mark};
use crate::ui::live::use_live;
use crate::ui::nav::nav_link;

use super::account::account;
use super::place::{Place, use_place};

/// The shell with a page in it.
pub(crate) fn shell(page: impl Into<View>) -> View {
    let place = use_place();
    // On a phone the sidebar lies over the page, which cannot be reached meanwhile.
    let is_open = RwSignal::new(false);
    let top = tag("header", "l-top")
        .bind_flag("inert", move || is_open.get())
        .child(opener(is_open))
        .child(crumbs(move || place.way()));
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
        .child(side(place).on("click", move |event| {
            // Whoever follows a link wants the page; it takes the focus itself.
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            if target.is_some_and(|target| target.closest("a").ok().flatten().is_some()) {
                is_open.set(false);
            }
        }))
        .child(tag("div", "l-side-scrim").on("click", move |_| close(is_open)))
        .child(top)
        .child(main)
        .child(use_live().region());
    let skip = tag("a", "ui-skip")
        .attr("href", "#main")
        .child("Skip to content");
    views([skip.into(), frame.into()])
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
            request_animation_frame(|| {
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
        request_animation_frame(|| {
            if let Some(opener) = find("#open-side") {
                opener.focus();
            }
        });
    }
}

fn side(place: Place) -> El {
    let router = use_router();
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
