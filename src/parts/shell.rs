//! The frame round the pages of one who is signed in: sidebar, top bar, main.

use leptos::html;
use leptos::prelude::*;

use crate::router::use_router;
use crate::routes;
use crate::ui::crumbs::crumbs;
use crate::ui::icon::{Icon, icon, mark};
use crate::ui::live::use_live;
use crate::ui::nav::nav_link;

use super::account::account;
use super::place::{Place, use_place};

/// The shell with a page in it.
pub(crate) fn shell(page: impl IntoView + 'static) -> AnyView {
    let place = use_place();
    let live = use_live();
    let router = use_router();
    let opener = NodeRef::<html::Button>::new();
    let is_open = RwSignal::new(false);
    let close = move || {
        if is_open.get_untracked() {
            is_open.set(false);
            if let Some(opener) = opener.get_untracked() {
                let _ = opener.focus();
            }
        }
    };
    // On a phone the sidebar lies over the page; whoever follows a link wants the page. The new
    // page takes the focus itself.
    Effect::new(move |_| {
        router.path();
        is_open.set(false);
    });
    let pressed = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    view! {
        <a class="ui-skip" href="#main">
            "Skip to content"
        </a>
        <div
            class="l-shell"
            data-nav=move || is_open.get().then_some("open")
            on:keydown=pressed
        >
            {side(place)}
            <div class="l-side-scrim" on:click=move |_| close()></div>
            <header class="l-top" inert=move || is_open.get()>
                <span class="l-narrow-only">
                    <button
                        class="ui-button ui-button--quiet"
                        type="button"
                        data-icon=""
                        aria-label="Open navigation"
                        aria-expanded=move || if is_open.get() { "true" } else { "false" }
                        node_ref=opener
                        on:click=move |_| {
                            is_open.set(true);
                            focus_side();
                        }
                    >
                        {icon(Icon::Menu)}
                    </button>
                </span>
                {crumbs(place.way.into())}
            </header>
            <main class="l-main" id="main" tabindex="-1" inert=move || is_open.get()>
                {page}
            </main>
            {live.region()}
        </div>
    }
    .into_any()
}

fn side(place: Place) -> AnyView {
    let router = use_router();
    let is_list = Signal::derive(move || router.path() == routes::ORGANIZATIONS);
    let list = Signal::derive(|| routes::ORGANIZATIONS.to_owned());
    view! {
        <nav class="l-side" aria-label="Console">
            <a class="ui-mark" href=routes::ORGANIZATIONS aria-label="Bailiwick, all organizations">
                {mark()}
                <span class="l-side-text">"Bailiwick"</span>
            </a>
            <ul class="ui-nav">{nav_link(Icon::Orgs, "Organizations", list, is_list)}</ul>
            {move || {
                place
                    .org
                    .get()
                    .map(|(org, name)| {
                        let href = Signal::derive(move || routes::group(&org));
                        view! {
                            <p class="ui-nav-title l-side-text" id="nav-org">
                                {name}
                            </p>
                            <ul class="ui-nav" aria-labelledby="nav-org">
                                {nav_link(Icon::Folder, "Folders", href, Signal::derive(|| true))}
                            </ul>
                        }
                    })
            }}
            <div class="l-side-end">{account()}</div>
        </nav>
    }
    .into_any()
}

/// Moves the focus into the sidebar once it shows.
fn focus_side() {
    request_animation_frame(|| {
        let first = document().query_selector(".l-side a").ok().flatten();
        if let Some(first) = first {
            let first: web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_into(first);
            let _ = first.focus();
        }
    });
}
