//! Renaming in place: the name is written into the row of the tree.

use bailiwick_api::GroupWrite;

use crate::parts::group_form::{check_name, name_refusal};
use crate::reactive::spawn_local;
use crate::ui::tree_edit::refuse;

use super::dialogs::renamed;
use super::state::Shown;
use super::tree_pane::focus_tab_stop;

/// Saves the name that was written. What is wrong with it is said at the field, which stays.
pub(super) fn save_name(shown: Shown, name: String) {
    let Some(uid) = shown.edited.get_untracked() else {
        return;
    };
    if shown.name_of(&uid).as_ref() == Some(&name) {
        shown.edited.set(None);
        return focus_tab_stop();
    }
    if let Some(words) = check_name(&name) {
        return refuse(&words);
    }
    let Some(client) = shown.client.try_get_value() else {
        return;
    };
    spawn_local(async move {
        let answer = client.update_group(&uid, &GroupWrite::rename(&name)).await;
        match answer {
            Ok(group) => {
                let is_still_edited = shown.edited.try_get_untracked().flatten() == Some(uid);
                renamed(shown, &group);
                if is_still_edited {
                    shown.edited.set(None);
                    focus_tab_stop();
                }
            }
            Err(error) => refuse(&name_refusal(error)),
        }
    });
}
