//! The table of organizations, and its skeleton.

use bailiwick_api::Group;
use leptos::prelude::*;

use crate::routes;
use crate::ui::avatar;
use crate::ui::id::id;
use crate::ui::skeleton::{bone, loading};
use crate::ui::time::time;

/// The table.
pub(super) fn table(groups: &[Group]) -> AnyView {
    let rows = groups.iter().map(row).collect_view();
    view! {
        <table class="ui-table">
            <caption class="ui-hide">"Your organizations"</caption>
            {head()}
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn head() -> AnyView {
    view! {
        <thead>
            <tr>
                <th scope="col">"Name"</th>
                <th scope="col" data-fold="">
                    "Description"
                </th>
                <th scope="col" data-fold="">
                    "Id"
                </th>
                <th scope="col">"Changed"</th>
            </tr>
        </thead>
    }
    .into_any()
}

fn row(group: &Group) -> AnyView {
    // A folder whose organization one may not see stands here by itself, and says where it is.
    let way: Vec<&str> = group.path.iter().map(|step| step.name.as_str()).collect();
    let way = (!way.is_empty()).then(|| ["in ", &way.join(" / ")].concat());
    let about = group.description.clone();
    let folded = (!about.is_empty()).then(|| {
        view! {
            <span class="ui-table-sub" data-folded="">
                {about.clone()}
            </span>
        }
    });
    view! {
        <tr>
            <td>
                <div class="ui-who">
                    {avatar::square(&group.name)} <span class="ui-who-name">
                        <a class="ui-table-main" href=routes::group(&group.uid)>
                            {group.name.clone()}
                        </a>
                        {way.map(|way| view! { <span class="ui-table-sub">{way}</span> })} {folded}
                    </span>
                </div>
            </td>
            <td data-fold="" class="ui-quiet">
                {about}
            </td>
            <td data-fold="">{id(group.uid.as_str(), &group.name)}</td>
            <td>{time(&group.update_time)}</td>
        </tr>
    }
    .into_any()
}

/// The table before its rows are here.
pub(super) fn skeleton() -> AnyView {
    let row = || {
        view! {
            <tr>
                <td>{bone()}</td>
                <td data-fold="">{bone()}</td>
                <td data-fold="">{bone()}</td>
                <td>{bone()}</td>
            </tr>
        }
        .into_any()
    };
    let table = view! {
        <table class="ui-table">
            {head()} <tbody>{row()} {row()} {row()}</tbody>
        </table>
    };
    loading("Loading your organizations", table.into_any())
}
