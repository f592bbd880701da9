//! The address bar as a signal. Links are plain `<a href>`: a click on one of ours changes the
//! address without loading the page again.
//!
//! leptos_router is not used: the console has one level of pages that `routes` reads itself, and
//! a change of folder must keep the page around it.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::browser;
use crate::routes::Page;

/// Where the console is, and the way elsewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Router {
    page: RwSignal<Page>,
}

/// The router that `app` started.
pub(crate) fn use_router() -> Router {
    expect_context()
}

impl Router {
    /// Follows the address bar and the links of the page from now on.
    pub(crate) fn start() -> Self {
        let router = Self {
            page: RwSignal::new(Page::of(&browser::path())),
        };
        // Both listeners live as long as the page.
        let _ = window_event_listener(ev::popstate, move |_| router.follow());
        let _ = window_event_listener(ev::click, move |click| {
            if let Some(path) = own_link(&click) {
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

    /// Path and query of this moment.
    pub(crate) fn here(self) -> String {
        browser::path() + &browser::query()
    }

    /// Goes to a path of ours.
    pub(crate) fn go(self, to: &str) {
        if to != self.here() {
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
    }
}

fn history() -> web_sys::History {
    // INVARIANT: only documents that are not fully active refuse their history.
    #[expect(clippy::expect_used, reason = "the invariant above")]
    window().history().expect("a page that runs has a history")
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
