//! The one `h1` of a page: it gives the page its title, and takes the focus after a navigation,
//! so that one who does not see the page hears where they are.

use std::cell::RefCell;

use crate::state::{StoredValue, after};
use crate::ui::dom::{document, window};

use super::dom::{El, active, el, find, watch};

thread_local! {
    /// The path of the last heading, to tell a navigation from a reload of the same page.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The heading of a page. `title` is the page's name in the window, where it says more.
pub(crate) fn heading(
    words: impl Fn() -> String + 'static,
    title: impl Fn() -> String + 'static,
) -> El {
    watch(move || title_page(&title()));
    draw(el("h1").text(words))
}

/// The heading of a page whose name never changes.
pub(crate) fn plain_heading(words: &str) -> El {
    title_page(words);
    draw(el("h1").child(words))
}

/// The heading of a page on which a person decides.
pub(crate) fn decision(words: &str) -> El {
    plain_heading(words).attr("class", "ui-decide")
}

/// Names the window.
pub(crate) fn title_page(title: &str) {
    document().set_title(&[title, " · Bailiwick"].concat());
}

/// Puts the focus on the heading that shows.
pub(crate) fn focus_heading() {
    if let Some(heading) = find("h1[tabindex]") {
        heading.focus();
    }
}

/// Whether the focus is on a tree that still shows: who walks through it wants to stay there.
fn is_walking() -> bool {
    active().is_some_and(|active| {
        let active = active.html();
        let tree = active.closest("[role=treegrid]").ok().flatten();
        tree.is_some() && active.offset_parent().is_some()
    })
}

fn draw(heading: El) -> El {
    let heading = heading.attr("tabindex", "-1");
    let drawn = StoredValue::new(heading.clone());
    after(move || {
        let here = window().location().pathname().unwrap_or_default();
        let last = LAST.with(|last| last.replace(Some(here.clone())));
        // The first page of all leaves the focus at the top, where the way past the navigation is.
        if last.is_some_and(|last| last != here) && !is_walking() {
            drawn.with_value(El::focus);
        }
    });
    heading
}
