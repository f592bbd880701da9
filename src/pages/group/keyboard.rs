//! The keys of the tree at work.

use wasm_bindgen::JsCast;

use crate::browser;
use crate::parts::access::{Action, reason_words};
use crate::parts::group_form::Target;
use crate::reactive::untrack;
use crate::state::StoredValue;

use super::keys::{Act, TypeAhead, act};
use super::pane_rows::PaneRows;
use super::rows::Row;
use super::state::Shown;
use super::tree_pane::open;

/// What a key in the tree does.
pub(super) fn keyboard(shown: Shown, known: PaneRows) -> impl Fn(web_sys::Event) {
    let typed = StoredValue::new(TypeAhead::default());
    move |event: web_sys::Event| {
        let event: &web_sys::KeyboardEvent = event.unchecked_ref();
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        known.let_go();
        let key = event.key();
        let found = known.with(|rows, at| {
            let found = act(&key, rows, at);
            if found.is_some() {
                typed.update_value(TypeAhead::clear);
            }
            found.or_else(|| find_name(shown, rows, at, typed, &key))
        });
        let Some(found) = found else { return };
        event.prevent_default();
        let row = |at: usize| known.with(|rows, _| rows.get(at).cloned());
        let with_row = |at: usize, act: &dyn Fn(&Row)| {
            if let Some(row) = row(at) {
                act(&row);
            }
        };
        let may = |action: Action, row: &Row| {
            let may = untrack(|| shown.session.may(action.capability(), &row.uid));
            if !may {
                shown.toast.say(&[&reason_words(&[action])]);
            }
            may
        };
        match found {
            Act::Focus(to) => known.focus(to),
            Act::Expand(at) => with_row(at, &|row| shown.set_open(&row.uid, true)),
            Act::Collapse(at) => with_row(at, &|row| shown.set_open(&row.uid, false)),
            Act::Open(at) => with_row(at, &|row| open(shown, row)),
            Act::Rename(at) => with_row(at, &|row| {
                if may(Action::Rename, row) {
                    shown.edited.set(Some(row.uid.clone()));
                }
            }),
            Act::Delete(at) => with_row(at, &|row| {
                if may(Action::Delete, row) {
                    shown
                        .asked
                        .set(target(shown, row).map(|row| (Action::Delete, row)));
                }
            }),
        }
    }
}

fn target(shown: Shown, row: &Row) -> Option<Target> {
    let name = shown.name_of(&row.uid)?;
    Some(Target {
        uid: row.uid.clone(),
        name,
        has_children: row.expanded.is_some(),
    })
}

fn find_name(
    shown: Shown,
    rows: &[Row],
    at: usize,
    typed: StoredValue<TypeAhead>,
    key: &str,
) -> Option<Act> {
    shown.tree.with_untracked(|tree| {
        let name = |place: usize| {
            let node = rows.get(place).and_then(|row| tree.nodes.get(&row.uid));
            node.map(|node| node.name.as_str()).unwrap_or_default()
        };
        let place = (at, rows.len());
        let find = |typed: &mut TypeAhead| typed.find(key, browser::now_ms(), place, &name);
        typed.try_update_value(find).flatten()
    })
}
