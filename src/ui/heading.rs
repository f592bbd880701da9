//! The one `h1` of a page: it gives the page its title, and takes the focus after a navigation,
//! so that one who does not see the page hears where they are.

use std::cell::RefCell;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

thread_local! {
    /// The path of the last heading, to tell a navigation from a reload of the same page.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The heading of a page. `title` is the page's name in the window, where it says more.
pub(crate) fn heading(words: Signal<String>, title: Signal<String>) -> AnyView {
    Effect::new(move |_| title.with(|title| title_page(title)));
    draw(words, "")
}

/// The heading of a page whose name never changes.
pub(crate) fn plain_heading(words: &str) -> AnyView {
    title_page(words);
    draw(Signal::stored(words.to_owned()), "")
}

/// The heading of a page on which a person decides.
pub(crate) fn decision(words: &str) -> AnyView {
    title_page(words);
    draw(Signal::stored(words.to_owned()), "ui-decide")
}

/// Names the window.
pub(crate) fn title_page(title: &str) {
    document().set_title(&[title, " · Bailiwick"].concat());
}

/// Puts the focus on the heading that shows.
pub(crate) fn focus_heading() {
    let heading = document().query_selector("h1[tabindex]").ok().flatten();
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into().ok()) {
        let heading: web_sys::HtmlElement = heading;
        let _ = heading.focus();
    }
}

/// Whether the focus is on a tree that still shows: who walks through it wants to stay there.
fn is_walking() -> bool {
    let active = document().active_element();
    let active = active.and_then(|active| active.dyn_into::<web_sys::HtmlElement>().ok());
    active.is_some_and(|active| {
        let tree = active.closest("[role=treegrid]").ok().flatten();
        tree.is_some() && active.offset_parent().is_some()
    })
}

fn draw(words: Signal<String>, class: &'static str) -> AnyView {
    let node = NodeRef::<html::H1>::new();
    Effect::new(move |_| {
        let Some(node) = node.get() else { return };
        let here = window().location().pathname().unwrap_or_default();
        let last = LAST.with(|last| last.replace(Some(here.clone())));
        // The first page of all leaves the focus at the top, where the way past the navigation is.
        if last.is_some_and(|last| last != here) && !is_walking() {
            let _ = node.focus();
        }
    });
    view! {
        <h1 class=class tabindex="-1" node_ref=node>
            {move || words.get()}
        </h1>
    }
    .into_any()
}
