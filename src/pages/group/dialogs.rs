//! The dialogs of the page, and what follows from them.

use bailiwick_api::Group;
use bailiwick_domain::Uidp;
use leptos::prelude::*;

use crate::parts::access::Action;
use crate::parts::group_form::{Outcome, Target, create_dialog, delete_dialog, rename_dialog};
use crate::routes;
use crate::ui::dom::{View, dynamic};
use crate::ui::live::{Live, use_live};

use super::state::Shown;
use super::tree_pane::{focus_tab_stop, has_focus};

/// The dialog that is open, if any.
pub(super) fn dialogs(shown: Shown) -> View {
    let live = use_live();
    let closed = Callback::new(move |()| {
        let _ = shown.asked.try_set(None);
    });
    dynamic(move || {
        shown.asked.get().map(|(action, target)| match action {
            Action::Create => {
                let done = Callback::new(move |group| created(shown, live, &group));
                create_dialog(Some(&target), &Outcome { done, closed })
            }
            Action::Rename => {
                let done = Callback::new(move |group| renamed(shown, live, &group));
                rename_dialog(&target, &Outcome { done, closed })
            }
            Action::Delete => {
                let done = Callback::new(move |target| deleted(shown, live, &target));
                delete_dialog(&target, &Outcome { done, closed })
            }
        })
    })
}

fn created(shown: Shown, live: Live, group: &Group) {
    live.say(&["The folder ", &group.name, " was made."]);
    let _ = shown.tree.try_update(|tree| tree.reveal(group));
    shown.load_wanted();
    shown.router.go(&routes::group(&group.uid));
}

fn renamed(shown: Shown, live: Live, group: &Group) {
    live.say(&["It is called ", &group.name, " now."]);
    if has_focus(&group.uid) {
        // The row may move to its new place, and a row that moves loses the focus.
        focus_tab_stop();
    }
    let _ = shown.tree.try_update(|tree| tree.rename(group));
    // The name stands in the path of everything below.
    if group.uid.reaches(&untrack(|| shown.selected())) {
        shown.refresh();
    }
}

fn deleted(shown: Shown, live: Live, target: &Target) {
    live.say(&[&target.name, " was deleted."]);
    if has_focus(&target.uid) {
        focus_tab_stop();
    }
    let _ = shown.tree.try_update(|tree| tree.remove(&target.uid));
    if target.uid.reaches(&untrack(|| shown.selected())) {
        shown.router.replace(&after_deleting(shown, &target.uid));
    }
    if target.uid.is_root() {
        let client = shown.client.get_value();
        leptos::task::spawn_local(async move { shown.session.refresh(&client).await });
    }
}

/// The parent, if one may see it.
fn after_deleting(shown: Shown, uid: &Uidp) -> String {
    let parent = uid.parent().filter(|parent| {
        shown
            .tree
            .with_untracked(|tree| tree.top_of(parent).is_some())
    });
    parent.map_or_else(
        || routes::ORGANIZATIONS.to_owned(),
        |parent| routes::group(&parent),
    )
}
