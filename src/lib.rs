//! The Bailiwick console: an application on Leptos' reactive graph that runs in the browser.
//!
//! Who may know whom: `ui` is free of the domain and knows nothing of `api`, `parts` and `pages`;
//! `parts` knows no `pages`; a page never imports another page. Only `api` speaks HTTP, only
//! `session` knows who is signed in. Start at `app` and `routes`. Modules that say "pure" in their
//! first line know neither Leptos nor the browser; their tests run natively.

mod api;
mod app;
mod boxed;
mod browser;
mod lazy;
mod pages;
mod parts;
mod reactive;
mod remote;
mod router;
mod routes;
mod session;
mod state;
#[cfg_attr(
    not(feature = "dev-ui"),
    allow(dead_code, reason = "some components have no page yet but /dev/ui")
)]
mod ui;

/// Draws the console into the body of the page.
pub fn start() {
    ui::dom::mount(app::app);
}
