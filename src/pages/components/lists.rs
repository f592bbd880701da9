//! Tables and trees.

use crate::state::{Callback, RwSignal, Signal};
use crate::ui::avatar;
use crate::ui::button::{Button, Kind};
use crate::ui::dom::{El, View, el, tag, views};
use crate::ui::id::id;
use crate::ui::pagination::{Shown, pagination};
use crate::ui::selection::Selection;
use crate::ui::table::{Column, Sort, Sorting, head};
use crate::ui::time::time;
use crate::ui::tree::{self, Reach, RowActions, RowKind, RowLook, TreeRow};
use crate::ui::tree_edit::EditActions;

use super::sample;

pub(super) fn samples() -> View {
    views([
        sample("table", "Table, selection, pagination", table()),
        sample("tree", "Tree", a_tree()),
    ])
}

const COLUMNS: &[Column] = &[
    Column {
        key: "name",
        words: "Name",
        folds: false,
    },
    Column {
        key: "",
        words: "Id",
        folds: true,
    },
    Column {
        key: "changed",
        words: "Changed",
        folds: false,
    },
];

fn table() -> View {
    let sort = RwSignal::new(Sort::parse("name"));
    let sorting = Sorting {
        now: sort.into(),
        ask: Callback::new(move |wanted| sort.set(wanted)),
    };
    let names = ["auditor@example.com", "ci-deploy", "viewer@example.com"];
    let all = Signal::derive(move || names.map(str::to_owned).to_vec());
    let selection = Selection::new(all);
    let row = |name: &'static str| {
        let who = tag("div", "ui-who")
            .child(avatar::person(name))
            .child(tag("span", "ui-who-name").child(name));
        let uid = id("b5df5a9c657a5411d03fa9fd345ec465e27a8f15", name);
        el("tr")
            .bind_bool("aria-selected", move || selection.has(name))
            .child(tag("td", "ui-tick").child(selection.tick(name, name)))
            .child(el("td").child(who))
            .child(el("td").flag("data-fold").child(uid))
            .child(el("td").child(time("2026-01-02T03:04:05Z")))
            .into()
    };
    let table = tag("table", "ui-table")
        .child(tag("caption", "ui-hide").child("People"))
        .child(head(COLUMNS, Some(sorting), Some(selection)))
        .child(el("tbody").child(views(names.map(row))));
    let shown = Shown {
        here: 3,
        all: Some(1204),
        has_more: true,
    };
    let more = pagination(
        Signal::stored(shown),
        Signal::stored(false),
        Callback::new(|()| {}),
    );
    let remove = || Button::new(Kind::Loss, "Remove").small().view();
    views([
        tag("div", "l-contain").child(table).into(),
        more,
        selection.bar(remove),
    ])
}

fn a_tree() -> El {
    let nothing = Callback::new(|_: String| {});
    let actions = RowActions {
        open: nothing,
        twist: nothing,
        focused: nothing,
        edit: EditActions {
            tidy: ToOwned::to_owned,
            save: nothing,
            leave: Callback::new(|()| {}),
        },
    };
    let thing = |level, name: &str, expanded, reach| RowLook {
        level,
        name: name.to_owned(),
        href: crate::routes::COMPONENTS.to_owned(),
        expanded,
        is_selected: name == "dev",
        reach,
        ..RowLook::default()
    };
    let kind = |kind| RowLook {
        kind,
        level: 2,
        ..RowLook::default()
    };
    let looks = [
        thing(1, "acme", Some(true), Reach::Outside),
        thing(2, "dev", Some(true), Reach::Inside),
        thing(3, "payments", None, Reach::End),
        thing(2, "prod", Some(false), Reach::Outside),
        RowLook {
            name: "unseen".to_owned(),
            ..kind(RowKind::Name)
        },
        kind(RowKind::Loading),
        kind(RowKind::More),
        kind(RowKind::Failed),
    ];
    let rows = tag("div", "ui-tree-rows").attr("role", "rowgroup");
    let _ = rows
        .html()
        .style()
        .set_property("--rows", &looks.len().to_string());
    let rows = looks
        .into_iter()
        .enumerate()
        .fold(rows, |rows, (at, look)| {
            let mut row = TreeRow::new(&["sample-", &at.to_string()].concat(), actions);
            let (indent, reach_indent) = (look.level, 2);
            row.show(
                &RowLook {
                    at,
                    indent,
                    reach_indent,
                    ..look
                },
                at == 0,
            );
            rows.child(row.element())
        });
    tag("div", "ui-tree ui-panel p-form")
        .attr("role", "treegrid")
        .attr("aria-label", "A tree")
        .child(tree::head("Folder", "Changed"))
        .child(rows)
}
