//! An organization and its folders: the tree on the left, the chosen group on the right.

mod access;
mod detail;
mod devices;
mod dialogs;
mod invites;
mod keyboard;
mod keys;
mod memory;
mod overview;
mod pane_rows;
mod rename;
mod rows;
mod saving;
mod search;
mod settings;
mod state;
mod tabs;
#[cfg(test)]
mod tests;
mod tree;
mod tree_pane;
mod who_could;

use bailiwick_domain::Uidp;

use crate::ui::dom::{View, tag, views};

pub(crate) use memory::provide_memory;
use state::Shown;
pub(crate) use tabs::{fetch_tabs, is_lazy};

/// The page of an organization. Which of its groups it shows is in the address.
pub(crate) fn page(org: &Uidp) -> View {
    let shown = Shown::start(org);
    let pane = move || {
        let pane = if shown.shows_detail.get() {
            "detail"
        } else {
            "tree"
        };
        Some(pane.to_owned())
    };
    let split = tag("div", "l-split")
        .bind("data-pane", pane)
        .child(tree_pane::tree_pane(shown))
        .child(detail::detail(shown));
    views([split.into(), dialogs::dialogs(shown)])
}
