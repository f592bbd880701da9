//! The tree: rows that keep their elements, one tab stop, arrows.

use bailiwick_domain::Uidp;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::browser;
use crate::parts::access::{Action, reason_words};
use crate::parts::group_form::Target;
use crate::routes;
use crate::ui::dom::{El, Item, active, each, find, find_id, tag};
use crate::ui::heading::focus_heading;
use crate::ui::live::use_live;
use crate::ui::tree::{RowActions, RowKind, TreeRow, element_id, head, set_tab_stop};

use super::keys::{Act, TypeAhead, act};
use super::rows::{Row, rows};
use super::state::Shown;

/// The rows as they stand, and the one at which Tab stops.
#[derive(Debug, Clone, Copy)]
struct Rows {
    all: StoredValue<Vec<Row>>,
    /// The key of the row.
    tab_stop: StoredValue<String>,
}

impl Rows {
    fn find(self, key: &str) -> Option<Row> {
        self.all
            .with_value(|rows| rows.iter().find(|row| row.key == key).cloned())
    }

    /// Takes in new rows. Tab stops where it did, else at the selected row, else at the first.
    fn renew(self, rows: Vec<Row>) {
        let stop = self.tab_stop.get_value();
        let stop = rows
            .iter()
            .find(|row| row.key == stop)
            .or_else(|| rows.iter().find(|row| row.look.is_selected))
            .or(rows.first());
        self.tab_stop
            .set_value(stop.map(|row| row.key.clone()).unwrap_or_default());
        self.all.set_value(rows);
    }

    /// Tab stops at this row from now on.
    fn stop_at(self, key: &str) {
        let old = self.tab_stop.get_value();
        for (key, is_stop) in [(old.as_str(), false), (key, true)] {
            if let Some(row) = find_id(&element_id(key)) {
                set_tab_stop(&row, is_stop);
            }
        }
        self.tab_stop.set_value(key.to_owned());
    }

    fn draw(self, key: &str, actions: RowActions) -> Item {
        let mut row = TreeRow::new(key, actions);
        let element = row.element();
        let key = key.to_owned();
        let update = move |place: usize| {
            let is_stop = self.tab_stop.with_value(|stop| *stop == key);
            self.all.with_value(|rows| {
                if let Some(at) = rows.get(place) {
                    row.show(&at.look, is_stop);
                }
            });
        };
        (element, Box::new(update))
    }
}

/// The pane with the tree.
pub(super) fn tree_pane(shown: Shown) -> El {
    let known = Rows {
        all: StoredValue::new(Vec::new()),
        tab_stop: StoredValue::default(),
    };
    let actions = RowActions {
        open: Callback::new(move |key: String| {
            if let Some(row) = known.find(&key) {
                open(shown, &row);
            }
        }),
        twist: Callback::new(move |key: String| {
            if let Some(row) = known.find(&key) {
                set_open(shown, &row.uid, row.look.expanded == Some(false));
            }
        }),
        focused: Callback::new(move |key: String| known.stop_at(&key)),
    };
    let keys = move || {
        let selected = shown.selected();
        known.renew(shown.tree.with(|tree| rows(tree, &selected)));
        known
            .all
            .with_value(|rows| rows.iter().map(|row| row.key.clone()).collect())
    };
    let org_name = move || {
        let name = shown.tree.with(|tree| tree.org_name.clone());
        [
            "Folders of ",
            name.as_deref().unwrap_or("this organization"),
        ]
        .concat()
    };
    let tree = tag("div", "ui-tree")
        .attr("role", "treegrid")
        .bind("aria-label", move || Some(org_name()))
        .on("keydown", keyboard(shown, known))
        .child(head("Folder", "Changed"))
        .child(each(keys, move |key| known.draw(key, actions)));
    tag("section", "l-tree-pane")
        .attr("aria-label", "Folder tree")
        .child(tag("h1", "ui-hide l-pane-only").text(org_name))
        .child(tag("div", "l-scroll").child(tree))
}

fn set_open(shown: Shown, uid: &Uidp, is_open: bool) {
    shown.tree.update(|tree| {
        if is_open {
            tree.expand(uid)
        } else {
            tree.collapse(uid)
        }
    });
    shown.load_wanted();
}

fn open(shown: Shown, row: &Row) {
    match row.look.kind {
        RowKind::Thing if row.look.is_selected => {
            shown.shows_detail.set(true);
            request_animation_frame(focus_heading);
        }
        RowKind::Thing => shown.router.go(&routes::group(&row.uid)),
        RowKind::More => shown.load_more(&row.uid),
        RowKind::Failed if row.key.starts_with("failedtop") => shown.load_tops(),
        RowKind::Failed => shown.load_more(&row.uid),
        RowKind::Name | RowKind::Loading => {}
    }
}

fn keyboard(shown: Shown, known: Rows) -> impl Fn(web_sys::Event) {
    let typed = StoredValue::new(TypeAhead::default());
    let live = use_live();
    move |event: web_sys::Event| {
        let event: &web_sys::KeyboardEvent = event.unchecked_ref();
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let rows = known.all.get_value();
        let stop = known.tab_stop.get_value();
        let Some(at) = rows.iter().position(|row| row.key == stop) else {
            return;
        };
        let found = act(&event.key(), &rows, at).or_else(|| {
            let find =
                |typed: &mut TypeAhead| typed.find(&event.key(), browser::now_ms(), &rows, at);
            typed.try_update_value(find).flatten()
        });
        let Some(found) = found else { return };
        event.prevent_default();
        let ask = |action: Action, at: usize| {
            let row = &rows[at];
            if untrack(|| shown.session.may(action.capability(), &row.uid)) {
                let target = Target {
                    uid: row.uid.clone(),
                    name: row.look.name.clone(),
                    has_children: row.look.expanded.is_some(),
                };
                shown.asked.set(Some((action, target)));
            } else {
                live.say(&[&reason_words(action)]);
            }
        };
        match found {
            Act::Focus(to) => focus_row(&rows[to].key),
            Act::Expand(at) => set_open(shown, &rows[at].uid, true),
            Act::Collapse(at) => set_open(shown, &rows[at].uid, false),
            Act::Open(at) => open(shown, &rows[at]),
            Act::Rename(at) => ask(Action::Rename, at),
            Act::Delete(at) => ask(Action::Delete, at),
        }
    }
}

fn focus_row(key: &str) {
    if let Some(row) = find_id(&element_id(key)) {
        row.focus();
    }
}

/// Whether the focus is on the row of `uid`.
pub(super) fn has_focus(uid: &Uidp) -> bool {
    active().is_some_and(|active| active.html().id() == element_id(uid.as_str()))
}

/// Gives the focus back to the tree after its rows moved or went: to the row that is its tab stop.
pub(super) fn focus_tab_stop() {
    request_animation_frame(|| {
        if let Some(row) = find("[role=treegrid] [tabindex='0']") {
            row.focus();
        }
    });
}

/// Shows the tree again on a narrow page, with the focus on the row that was chosen.
pub(super) fn back_to_tree(shown: Shown) {
    shown.shows_detail.set(false);
    let key = untrack(|| shown.selected()).to_string();
    request_animation_frame(move || focus_row(&key));
}
