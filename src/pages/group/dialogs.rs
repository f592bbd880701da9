//! The dialogs of the page, and what follows from them.

use std::time::Duration;

use bailiwick_api::Group;
use bailiwick_api::routes::GROUPS;
use bailiwick_domain::Uidp;

use crate::parts::access::Action;
use crate::parts::group_form::{Outcome, Target, create_dialog, delete_dialog, rename_dialog};
use crate::reactive::{spawn_local, untrack};
use crate::routes;
use crate::session;
use crate::state::Callback;
use crate::ui::dom::{View, dynamic, later};

use super::state::Shown;
use super::tree_pane::{focus_tab_stop, has_focus};

/// The dialog that is open, if any.
pub(super) fn dialogs(shown: Shown) -> View {
    let closed = Callback::new(move |()| {
        shown.asked.set(None);
    });
    dynamic(move || {
        shown.asked.get().map(|(action, target)| match action {
            Action::Create => {
                let done = Callback::new(move |group| created(shown, &group));
                create_dialog(Some(&target), &Outcome { done, closed })
            }
            Action::Rename => {
                let done = Callback::new(move |group| renamed(shown, &group));
                rename_dialog(&target, &Outcome { done, closed })
            }
            Action::Delete => {
                let done = Callback::new(move |target| deleted(shown, &target));
                delete_dialog(&target, &Outcome { done, closed })
            }
        })
    })
}

fn created(shown: Shown, group: &Group) {
    shown.toast.say(&["The folder ", &group.name, " was made."]);
    forget(shown);
    shown.with_tree(|tree| tree.reveal(group));
    shown.load_wanted();
    shown.router.go(&routes::group(&group.uid));
}

pub(super) fn renamed(shown: Shown, group: &Group) {
    shown.toast.say(&["It is called ", &group.name, " now."]);
    forget(shown);
    if shown.org.try_get_value().is_none() {
        // The page was left while the name was on its way.
        return;
    }
    let is_edited = shown.edited.get_untracked().as_ref() == Some(&group.uid);
    if has_focus(&group.uid) && !is_edited {
        // The row may move to its new place, and a row that moves loses the focus.
        focus_tab_stop();
    }
    shown.with_tree(|tree| tree.rename(group));
    // The name stands in the path of everything below.
    if group.uid.reaches(&untrack(|| shown.selected())) {
        shown.refresh();
    }
}

fn deleted(shown: Shown, target: &Target) {
    shown.toast.say(&[&target.name, " was deleted."]);
    // What shows of the group is about to go: asking for it again would find nothing.
    let transport = shown.client.get_value().transport().clone();
    transport.forget_unshown(GROUPS);
    later(Duration::ZERO, move || transport.forget(GROUPS));
    session::kept::forget_place(&target.uid);
    if has_focus(&target.uid) {
        focus_tab_stop();
    }
    shown.with_tree(|tree| tree.remove(&target.uid));
    if target.uid.reaches(&untrack(|| shown.selected())) {
        shown.router.replace(&after_deleting(shown, &target.uid));
    }
    if target.uid.is_root() {
        let client = shown.client.get_value();
        spawn_local(async move { shown.session.refresh(&client).await });
    }
}

/// What was answered about groups is old now.
pub(super) fn forget(shown: Shown) {
    let _ = shown
        .client
        .try_with_value(|client| client.transport().forget(GROUPS));
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
