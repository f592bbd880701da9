//! The table of organizations, and its skeleton.

use bailiwick_api::Group;

use crate::reactive::untrack;
use crate::remote::Remote;
use crate::routes;
use crate::session::use_session;
use crate::state::{Callback, Signal};
use crate::ui::avatar;
use crate::ui::dom::{El, View, dynamic, el, nothing, tag, views};
use crate::ui::id::id;
use crate::ui::skeleton::{bone, loading};
use crate::ui::table::{Column, Sorting, head};
use crate::ui::time::time;

use super::state::Listed;

const COLUMNS: &[Column] = &[
    Column {
        key: "name",
        words: "Name",
        folds: false,
    },
    Column {
        key: "",
        words: "Description",
        folds: true,
    },
    Column {
        key: "",
        words: "You are",
        folds: true,
    },
    Column {
        key: "",
        words: "Id",
        folds: true,
    },
    Column {
        key: "updateTime",
        words: "Changed",
        folds: false,
    },
];

/// The table.
pub(super) fn table(listed: Listed) -> El {
    let sorting = Sorting {
        now: Signal::derive(move || listed.sort()),
        ask: Callback::new(move |sort| listed.sort_by(&sort)),
    };
    let rows = move || match &*listed.groups.read() {
        Remote::Ready(groups) => views(groups.iter().map(|group| row(group).into())),
        _ => nothing(),
    };
    tag("table", "ui-table")
        .child(tag("caption", "ui-hide").child("Your organizations"))
        .child(head(COLUMNS, Some(sorting), None))
        .child(el("tbody").child(dynamic(rows)))
}

fn row(group: &Group) -> El {
    // A folder whose organization one may not see stands here by itself, and says where it is.
    let way: Vec<&str> = group.path.iter().map(|step| step.name.as_str()).collect();
    let way = (!way.is_empty())
        .then(|| tag("span", "ui-table-sub").child(["in ", &way.join(" / ")].concat()));
    let about = &group.description;
    let folded =
        (!about.is_empty()).then(|| tag("span", "ui-table-sub").flag("data-folded").child(about));
    let link = tag("a", "ui-table-main")
        .attr("href", &routes::group(&group.uid))
        .child(&group.name);
    let name = tag("span", "ui-who-name")
        .child(link)
        .child(way)
        .child(folded);
    let who = tag("div", "ui-who")
        .child(avatar::square(&group.name))
        .child(name);
    let fold = |class: &str, inner: View| tag("td", class).flag("data-fold").child(inner);
    el("tr")
        .child(el("td").child(who))
        .child(fold("ui-quiet", about.into()))
        .child(fold("", roles(group).into()))
        .child(fold("", id(group.uid.as_str(), &group.name).into()))
        .child(el("td").child(time(&group.update_time)))
}

/// The roles that one has there, as far as this page knows.
fn roles(group: &Group) -> String {
    let held = untrack(|| use_session().roles_at(&group.uid));
    let mut names: Vec<&str> = held.iter().map(|held| held.role.name.as_str()).collect();
    names.dedup();
    names.join(", ")
}

/// The table before its rows are here.
pub(super) fn skeleton() -> El {
    let row = |_| {
        let cells = COLUMNS.iter().map(|column| {
            let cell = el("td").child(bone());
            if column.folds {
                cell.flag("data-fold")
            } else {
                cell
            }
            .into()
        });
        el("tr").child(views(cells)).into()
    };
    let table = tag("table", "ui-table")
        .child(head(COLUMNS, None, None))
        .child(el("tbody").child(views((0..3).map(row))));
    loading("Loading your organizations", table)
}
