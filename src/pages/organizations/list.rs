//! The table of organizations, and its skeleton.

use bailiwick_api::Group;

use crate::routes;
use crate::ui::avatar;
use crate::ui::dom::{El, el, tag, views};
use crate::ui::id::id;
use crate::ui::skeleton::{bone, loading};
use crate::ui::time::time;

/// The table.
pub(super) fn table(groups: &[Group]) -> El {
    let rows = groups.iter().map(|group| row(group).into());
    tag("table", "ui-table")
        .child(tag("caption", "ui-hide").child("Your organizations"))
        .child(head())
        .child(el("tbody").child(views(rows)))
}

fn head() -> El {
    let column = |words: &str| el("th").attr("scope", "col").child(words);
    let row = el("tr")
        .child(column("Name"))
        .child(column("Description").flag("data-fold"))
        .child(column("Id").flag("data-fold"))
        .child(column("Changed"));
    el("thead").child(row)
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
    el("tr")
        .child(el("td").child(who))
        .child(tag("td", "ui-quiet").flag("data-fold").child(about))
        .child(
            el("td")
                .flag("data-fold")
                .child(id(group.uid.as_str(), &group.name)),
        )
        .child(el("td").child(time(&group.update_time)))
}

/// The table before its rows are here.
pub(super) fn skeleton() -> El {
    let row = |_| {
        el("tr")
            .child(el("td").child(bone()))
            .child(el("td").flag("data-fold").child(bone()))
            .child(el("td").flag("data-fold").child(bone()))
            .child(el("td").child(bone()))
            .into()
    };
    let table = tag("table", "ui-table")
        .child(head())
        .child(el("tbody").child(views((0..3).map(row))));
    loading("Loading your organizations", table)
}
