//! An organization and its folders: the tree on the left, the chosen group on the right.

mod detail;
mod dialogs;
mod keys;
mod rows;
mod state;
#[cfg(test)]
mod tests;
mod tree;
mod tree_pane;

use bailiwick_domain::Uidp;
use leptos::prelude::*;

pub(crate) use state::provide_memory;
use state::{Pane, Shown};

/// The page of an organization. Which of its groups it shows is in the address.
pub(crate) fn page(org: &Uidp) -> AnyView {
    let shown = Shown::start(org);
    let pane = move || match shown.pane.get() {
        Pane::Tree => "tree",
        Pane::Detail => "detail",
    };
    view! {
        <div class="l-split" data-pane=pane>
            {tree_pane::tree_pane(shown)}
            {detail::detail(shown)}
        </div>
        {dialogs::dialogs(shown)}
    }
    .into_any()
}
