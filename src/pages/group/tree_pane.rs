//! The tree: rows that keep their elements, one tab stop, arrows.

use std::collections::BTreeMap;

use bailiwick_domain::Uidp;
use leptos::prelude::*;
use leptos::reactive::computed::Selector;
use wasm_bindgen::JsCast;

use crate::browser;
use crate::parts::access::{Action, reason_words};
use crate::parts::group_form::Target;
use crate::routes;
use crate::ui::heading::focus_heading;
use crate::ui::live::use_live;
use crate::ui::tree::{RowActions, RowKind, element_id, head, row};

use super::keys::{Act, TypeAhead, act};
use super::rows::{Row, rows};
use super::state::{Pane, Shown};

/// The rows, and where each stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Flat {
    rows: Vec<Row>,
    places: BTreeMap<String, usize>,
}

impl Flat {
    fn of(shown: Shown) -> Self {
        let rows = shown
            .tree
            .with(|tree| shown.selected.with(|selected| rows(tree, selected)));
        let places = rows
            .iter()
            .enumerate()
            .map(|(at, row)| (row.key.clone(), at))
            .collect();
        Self { rows, places }
    }

    fn get(&self, key: &str) -> Option<&Row> {
        self.rows.get(*self.places.get(key)?)
    }
}

/// The pane with the tree.
pub(super) fn tree_pane(shown: Shown) -> AnyView {
    let flat = Memo::new(move |_| Flat::of(shown));
    let keys = Memo::new(move |_| {
        flat.with(|flat| {
            flat.rows
                .iter()
                .map(|row| row.key.clone())
                .collect::<Vec<_>>()
        })
    });
    let focused = RwSignal::new(None::<String>);
    let tab_stop = Memo::new(move |_| {
        let is_there = |key: &String| flat.with(|flat| flat.places.contains_key(key));
        let selected = || shown.selected.with(|uid| uid.to_string());
        focused
            .get()
            .filter(is_there)
            .or_else(|| Some(selected()).filter(is_there))
            .or_else(|| flat.with(|flat| flat.rows.first().map(|row| row.key.clone())))
            .unwrap_or_default()
    });
    let is_tab_stop = Selector::new(move || tab_stop.get());
    let actions = RowActions {
        open: Callback::new(move |key: String| {
            let found = flat.with_untracked(|flat| flat.get(&key).cloned());
            if let Some(row) = found {
                open(shown, &row);
            }
        }),
        twist: Callback::new(move |key: String| {
            let found = flat.with_untracked(|flat| flat.get(&key).cloned());
            if let Some(row) = found {
                set_open(shown, &row.uid, row.look.expanded == Some(false));
            }
        }),
        focused: Callback::new(move |key| focused.set(Some(key))),
    };
    let draw = move |key: String| {
        let look = {
            let key = key.clone();
            Memo::new(move |_| {
                flat.with(|flat| flat.get(&key).map(|row| row.look.clone()))
                    .unwrap_or_default()
            })
        };
        let is_tab_stop = is_tab_stop.clone();
        let is_stop = {
            let key = key.clone();
            Signal::derive(move || is_tab_stop.selected(&key))
        };
        row(key, look, is_stop, actions)
    };
    let org_name = move || {
        let name = shown.tree.with(|tree| tree.org_name.clone());
        [
            "Folders of ",
            name.as_deref().unwrap_or("this organization"),
        ]
        .concat()
    };
    let press = keyboard(shown, flat, tab_stop);
    view! {
        <section class="l-tree-pane" aria-label="Folder tree">
            <h1 class="ui-hide l-pane-only">{org_name}</h1>
            <div class="l-scroll">
                <div class="ui-tree" role="treegrid" aria-label=org_name on:keydown=press>
                    {head("Folder", "Changed")}
                    <For each=move || keys.get() key=String::clone children=draw />
                </div>
            </div>
        </section>
    }
    .into_any()
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
        RowKind::Thing if shown.selected.with_untracked(|uid| *uid == row.uid) => {
            shown.pane.set(Pane::Detail);
            request_animation_frame(focus_heading);
        }
        RowKind::Thing => shown.router.go(&routes::group(&row.uid)),
        RowKind::More => shown.load_more(&row.uid),
        RowKind::Failed if row.key.starts_with("failedtop") => shown.load_tops(),
        RowKind::Failed => shown.load_more(&row.uid),
        RowKind::Name | RowKind::Loading => {}
    }
}

fn keyboard(
    shown: Shown,
    flat: Memo<Flat>,
    tab_stop: Memo<String>,
) -> impl Fn(web_sys::KeyboardEvent) {
    let typed = StoredValue::new(TypeAhead::default());
    let live = use_live();
    move |event: web_sys::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let Flat { rows, places } = flat.get_untracked();
        let Some(&at) = tab_stop.with_untracked(|key| places.get(key)) else {
            return;
        };
        let found = act(&event.key(), &rows, at).or_else(|| {
            typed
                .try_update_value(|typed| typed.find(&event.key(), browser::now_ms(), &rows, at))
                .flatten()
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
    let row = document().get_element_by_id(&element_id(key));
    if let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = row.focus();
    }
}

/// Whether the focus is on the row of `uid`.
pub(super) fn has_focus(uid: &Uidp) -> bool {
    let active = document().active_element();
    active.is_some_and(|active| active.id() == element_id(uid.as_str()))
}

/// Gives the focus back to the tree after its rows moved or went: to the row that is its tab stop.
pub(super) fn focus_tab_stop() {
    request_animation_frame(|| {
        let row = document()
            .query_selector("[role=treegrid] [tabindex='0']")
            .ok()
            .flatten();
        if let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = row.focus();
        }
    });
}

/// Shows the tree again on a narrow page, with the focus on the row that was chosen.
pub(super) fn back_to_tree(shown: Shown) {
    shown.pane.set(Pane::Tree);
    let key = shown.selected.with_untracked(Uidp::to_string);
    request_animation_frame(move || focus_row(&key));
}
