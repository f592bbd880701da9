//! The address bar as a signal. Links are plain `<a href>`: a click on one of ours changes the
//! address without loading the page again.
//!
//! leptos_router is not used: the console has one level of pages that `routes` reads itself, and
//! a change of folder must keep the page around it.

use std::rc::Rc;
use std::time::Duration;

use wasm_bindgen::{JsCast, JsValue};

use crate::browser;
use crate::reactive::provide_context;
use crate::routes::Page;
use crate::state::{RwSignal, StoredValue, shared};
use crate::ui::dom::{document, later, on_frame, on_window, window};

/// Where the console is, and the way elsewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Router {
    page: RwSignal<Page>,
    /// With its `?` unless empty.
    query: RwSignal<String>,
}

/// The router that `app` started.
pub(crate) fn use_router() -> Router {
    shared()
}

impl Router {
    /// Follows the address bar and the links of the page from now on.
    pub(crate) fn start() -> Self {
        let router = Self {
            page: RwSignal::new(Page::of(&browser::path())),
            query: RwSignal::new(browser::query()),
        };
        on_window("popstate", move |event| {
            router.follow();
            scroll_back(&event.unchecked_ref::<web_sys::PopStateEvent>().state());
        });
        on_window("click", move |click| {
            if let Some(path) = own_link(click.unchecked_ref()) {
                click.prevent_default();
                router.go(&path);
            }
        });
        provide_context(router);
        router
    }

    /// The page, tracked.
    pub(crate) fn page(self) -> Page {
        self.page.get()
    }

    /// One parameter of the address; empty when it is not there. Tracked.
    pub(crate) fn query(self, name: &str) -> String {
        self.query.with(|query| read_query(query, name))
    }

    /// Changes one parameter of the address, which stays the same page; empty takes it away.
    pub(crate) fn set_query(self, name: &str, value: &str) {
        let query = self.query.with_untracked(|query| {
            web_sys::UrlSearchParams::new_with_str(query)
                .ok()
                .map(|query| {
                    if value.is_empty() {
                        query.delete(name);
                    } else {
                        query.set(name, value);
                    }
                    String::from(query.to_string())
                })
        });
        let query = query.filter(|query| !query.is_empty());
        let query = query.map(|query| ["?", &query].concat());
        let to = browser::path() + &query.unwrap_or_default();
        if to != self.here() {
            self.replace(&to);
        }
    }

    /// Path and query of this moment.
    pub(crate) fn here(self) -> String {
        browser::path() + &browser::query()
    }

    /// Goes to a path of ours.
    pub(crate) fn go(self, to: &str) {
        if to != self.here() {
            remember_scroll();
            let _ = history().push_state_with_url(&JsValue::NULL, "", Some(to));
        }
        self.follow();
    }

    /// Goes to a path of ours; Back leads past the page left.
    pub(crate) fn replace(self, to: &str) {
        let _ = history().replace_state_with_url(&JsValue::NULL, "", Some(to));
        self.follow();
    }

    fn follow(self) {
        let page = Page::of(&browser::path());
        if self.page.with_untracked(|known| *known != page) {
            self.page.set(page);
        }
        let query = browser::query();
        if self.query.with_untracked(|known| *known != query) {
            self.query.set(query);
        }
    }
}

fn read_query(query: &str, name: &str) -> String {
    web_sys::UrlSearchParams::new_with_str(query)
        .ok()
        .and_then(|query| query.get(name))
        .unwrap_or_default()
}

/// The part of the page that scrolls.
fn scroller() -> Option<web_sys::Element> {
    document().get_element_by_id("main")
}

/// Keeps with the entry of the history that is being left how far it was scrolled.
fn remember_scroll() {
    if let Some(main) = scroller() {
        let state = JsValue::from_f64(main.scroll_top().into());
        let _ = history().replace_state(&state, "");
    }
}

/// Scrolls to where the page was left, once it is drawn: what was here before shows at once.
fn scroll_back(state: &JsValue) {
    let Some(top) = state.as_f64() else { return };
    on_frame(move || {
        on_frame(move || {
            #[expect(clippy::cast_possible_truncation, reason = "it came from an i32")]
            let top = top as i32;
            if let Some(main) = scroller() {
                main.set_scroll_top(top);
            }
        });
    });
}

fn history() -> web_sys::History {
    // INVARIANT: only documents that are not fully active refuse their history.
    #[expect(clippy::expect_used, reason = "the invariant above")]
    window().history().expect("a page that runs has a history")
}

/// The pointer or the focus rests so long on a link before it counts.
const REST: Duration = Duration::from_millis(90);

/// Calls `act` with the path of a link of ours on which the pointer or the focus rests.
pub(crate) fn on_own_link(act: impl Fn(&str) + 'static) {
    let act = Rc::new(act);
    let last = StoredValue::new(String::new());
    let rested = Rc::new(move |event: &web_sys::Event| {
        let path = link_of(event)
            .map(|link| link.pathname())
            .unwrap_or_default();
        if last.get_value() == path {
            return;
        }
        last.set_value(path.clone());
        if path.is_empty() {
            return;
        }
        let act = Rc::clone(&act);
        later(REST, move || {
            if last.get_value() == path {
                act(&path);
            }
        });
    });
    let focused = Rc::clone(&rested);
    on_window("mouseover", move |event| rested(&event));
    on_window("focusin", move |event| focused(&event));
}

/// The link of ours that an event is about: round its target, or in it, as in a row.
fn link_of(event: &web_sys::Event) -> Option<web_sys::HtmlAnchorElement> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let around = target.closest("a[href]").ok().flatten();
    let is_row = || target.get_attribute("role").as_deref() == Some("row");
    let inside = || {
        is_row()
            .then(|| target.query_selector("a[href]").ok().flatten())
            .flatten()
    };
    let link: web_sys::HtmlAnchorElement = around.or_else(inside)?.dyn_into().ok()?;
    (link.target().is_empty() && link.origin() == browser::origin()).then_some(link)
}

/// The path of a link of ours that a plain click is to follow.
fn own_link(click: &web_sys::MouseEvent) -> Option<String> {
    let with_key = click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key();
    if click.default_prevented() || click.button() != 0 || with_key {
        return None;
    }
    let clicked: web_sys::Element = click.target()?.dyn_into().ok()?;
    let link: web_sys::HtmlAnchorElement = clicked.closest("a[href]").ok()??.dyn_into().ok()?;
    let is_ours = link.target().is_empty() && link.origin() == browser::origin();
    // The browser itself moves within a page.
    (is_ours && link.hash().is_empty()).then(|| link.pathname() + &link.search())
}
