//! The tree: rows that keep their elements, one tab stop, arrows. Only the rows that show are on
//! the page.

use bailiwick_domain::{GroupName, Uidp};

use crate::parts::access::{Action, refused};
use crate::reactive::untrack;
use crate::routes;
use crate::state::Callback;
use crate::ui::dom::{El, each, find, find_id, on_frame, tag, watch};
use crate::ui::heading::focus_heading;
use crate::ui::tree::{RowActions, RowKind, element_id, head};
use crate::ui::tree_edit::EditActions;

use super::keyboard::keyboard;
use super::pane_rows::PaneRows;
use super::rename::save_name;
use super::rows::Row;
use super::search::{Search, search_bar};
use super::state::Shown;

/// The pane with the tree.
pub(super) fn tree_pane(shown: Shown) -> El {
    let known = PaneRows::new(shown);
    let act = move |act: fn(Shown, &Row)| {
        Callback::new(move |key: String| {
            known.let_go();
            if let Some(row) = known.row(&key) {
                act(shown, &row);
            }
        })
    };
    let leave = Callback::new(move |()| stop_editing(shown));
    let actions = RowActions {
        open: act(open),
        twist: act(|shown, row| shown.set_open(&row.uid, row.expanded == Some(false))),
        focused: Callback::new(move |key: String| known.stop_at(&key)),
        edit: EditActions {
            tidy: GroupName::suggest,
            save: Callback::new(move |name| save_name(shown, name)),
            leave,
        },
    };
    let org_name = move || {
        let name = shown.tree.with(|tree| tree.org_name.clone());
        let name = name.as_deref().unwrap_or("this organization");
        ["Folders of ", name].concat()
    };
    let rows = tag("div", "ui-tree-rows")
        .attr("role", "rowgroup")
        .child(each(
            move || known.keys(),
            move |key| known.draw(key, actions),
        ));
    let body = rows.clone();
    watch(move || {
        let style = body.html().style();
        let _ = style.set_property("--rows", &known.count().to_string());
    });
    let tree = tag("div", "ui-tree")
        .attr("role", "treegrid")
        .bind("aria-label", move || Some(org_name()))
        .bind("aria-rowcount", move || {
            Some((known.count() + 1).to_string())
        })
        .on("keydown", keyboard(shown, known))
        .child(head("Folder", "Changed"))
        .child(rows);
    let search = Search::new(shown);
    let scroller = tag("div", "l-scroll")
        .attr("id", SCROLLER)
        .bind_flag("hidden", move || search.is_on())
        .child(tree);
    known.watch_scrolling(&scroller);
    tag("section", "l-tree-pane")
        .attr("aria-label", "Folder tree")
        .child(tag("h1", "ui-hide l-pane-only").text(org_name))
        .child(search_bar(
            shown,
            search,
            refused(Action::Create, shown.at()),
        ))
        .child(scroller)
}

/// The id of what scrolls the tree.
pub(super) const SCROLLER: &str = "tree-scroll";

/// Does what pressing a row means.
pub(super) fn open(shown: Shown, row: &Row) {
    match row.kind {
        RowKind::Thing if untrack(|| shown.selected()) == row.uid => {
            shown.shows_detail.set(true);
            on_frame(focus_heading);
        }
        RowKind::Thing => shown.router.go(&routes::group(&row.uid)),
        RowKind::Failed if row.is_top_failure() => shown.load_tops(),
        RowKind::More | RowKind::Failed => shown.load_more(&row.uid),
        RowKind::Name | RowKind::Loading => {}
    }
}

fn stop_editing(shown: Shown) {
    let was_editing = shown.edited.try_get_untracked().flatten().is_some();
    if was_editing {
        shown.edited.set(None);
        focus_tab_stop();
    }
}

/// Puts the focus on a row that is on the page.
pub(super) fn focus_row(key: &str) -> bool {
    let row = find_id(&element_id(key));
    if let Some(row) = &row {
        row.focus();
    }
    row.is_some()
}

/// Whether the focus is on the row of `uid`, or in it.
pub(super) fn has_focus(uid: &Uidp) -> bool {
    let row = find_id(&element_id(uid.as_str()));
    row.is_some_and(|row| row.html().matches(":focus-within").unwrap_or(false))
}

/// Gives the focus back to the tree after its rows moved or went: to the row that is its tab stop.
pub(super) fn focus_tab_stop() {
    on_frame(|| {
        if let Some(row) = find("[role=treegrid] [tabindex='0']") {
            row.focus();
        }
    });
}

/// Shows the tree again on a narrow page, with the focus on the row that was chosen.
pub(super) fn back_to_tree(shown: Shown) {
    shown.shows_detail.set(false);
    let key = untrack(|| shown.selected()).to_string();
    on_frame(move || {
        focus_row(&key);
    });
}
