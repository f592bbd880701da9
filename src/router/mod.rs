//! The address bar as a signal. Links are plain `<a href>`: a click on one of ours changes the
//! address without loading the page again.
//!
//! leptos_router is not used: the console has one level of pages that `routes` reads itself, and
//! a change of folder must keep the page around it.

mod links;
mod scroll;

use wasm_bindgen::{JsCast, JsValue};

use crate::browser;
use crate::reactive::provide_context;
use crate::routes::Page;
use crate::state::{RwSignal, Signal, StoredValue, shared};
use crate::ui::dom::{on_window, window};

pub(crate) use links::on_own_link;

/// The parameter of the address that says which page of a list shows, from 1.
pub(crate) const PAGE: &str = "page";

const QUESTION: &str = "Leave without saving? What you wrote here is lost.";

/// Where the console is, and the way elsewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Router {
    page: RwSignal<Page>,
    /// With its `?` unless empty.
    query: RwSignal<String>,
    /// The address of the page that shows.
    at: StoredValue<String>,
    /// Whether the page that shows has something that is not saved.
    unsaved: StoredValue<Option<Signal<bool>>>,
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
            at: StoredValue::new(browser::path() + &browser::query()),
            unsaved: StoredValue::new(None),
        };
        on_window("popstate", move |event| {
            if !router.may_leave() {
                // The browser has gone already: the page comes after where it went.
                push(&router.at.get_value());
                return;
            }
            router.follow();
            scroll::back(&event.unchecked_ref::<web_sys::PopStateEvent>().state());
        });
        on_window("click", move |click| {
            if let Some(path) = links::own_link(click.unchecked_ref()) {
                click.prevent_default();
                router.go(&path);
            }
        });
        on_window("beforeunload", move |event| {
            if router.has_unsaved() {
                event.prevent_default();
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
        let to = self
            .query
            .with_untracked(|query| changed(query, name, value));
        if to != self.here() {
            self.replace(&to);
        }
    }

    /// The address with one parameter changed. Tracked.
    pub(crate) fn with_query(self, name: &str, value: &str) -> String {
        self.query.with(|query| changed(query, name, value))
    }

    /// Path and query of this moment.
    pub(crate) fn here(self) -> String {
        browser::path() + &browser::query()
    }

    /// Goes to a path of ours, unless the person would rather save first.
    pub(crate) fn go(self, to: &str) {
        if to != self.here() {
            if !self.may_leave() {
                return;
            }
            scroll::remember();
            push(to);
        }
        self.follow();
    }

    /// Asks before the page is left, for as long as `is_dirty` and lives.
    pub(crate) fn ask_before_leaving(self, is_dirty: Signal<bool>) {
        self.unsaved.set_value(Some(is_dirty));
    }

    fn has_unsaved(self) -> bool {
        let is_dirty = |signal: Signal<bool>| signal.try_get_untracked() == Some(true);
        self.unsaved.get_value().is_some_and(is_dirty)
    }

    fn may_leave(self) -> bool {
        !self.has_unsaved() || window().confirm_with_message(QUESTION).unwrap_or(true)
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
        self.at.set_value(self.here());
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

/// The address of this moment with one parameter changed. What changes a list leads to its first
/// page.
fn changed(query: &str, name: &str, value: &str) -> String {
    let query = web_sys::UrlSearchParams::new_with_str(query).map(|query| {
        query.delete(PAGE);
        if value.is_empty() {
            query.delete(name);
        } else {
            query.set(name, value);
        }
        String::from(query.to_string())
    });
    let query = query.unwrap_or_default();
    let mark = if query.is_empty() { "" } else { "?" };
    [&browser::path(), mark, &query].concat()
}

fn push(to: &str) {
    let _ = history().push_state_with_url(&JsValue::NULL, "", Some(to));
}

fn history() -> web_sys::History {
    // INVARIANT: only documents that are not fully active refuse their history.
    #[expect(clippy::expect_used, reason = "the invariant above")]
    window().history().expect("a page that runs has a history")
}
