//! Who has a role, and where.

use bailiwick_api::query::{RoleBindingQuery, Scope};
use bailiwick_api::{PageQuery, RoleBinding};
use bailiwick_domain::Uidp;

use crate::api::query;
use crate::parts::list_pages::{foot, skipped};
use crate::parts::org_page::arrived;
use crate::parts::person::ends;
use crate::parts::who::label;
use crate::remote::Remote;
use crate::router::use_router;
use crate::routes::{self, Part, Tab};
use crate::state::Signal;
use crate::ui::dom::{El, View, dynamic, el, tag, views};
use crate::ui::table::{Column, head};

const COLUMNS: &[Column] = &[column("Person"), column("Where"), column("Ends")];

const fn column(words: &'static str) -> Column {
    Column {
        key: "",
        words,
        folds: false,
    }
}

/// The table.
pub(super) fn holders(org: &Uidp, role: &Uidp) -> View {
    let router = use_router();
    let (at, role, org) = (org.clone(), role.clone(), org.clone());
    let key = move || {
        Some(RoleBindingQuery {
            scope: Scope::DescendantsOf(at.clone()),
            role: Some(role.clone()),
            page: PageQuery {
                order_by: Some("identity".to_owned()),
                skip: skipped(router),
                ..PageQuery::default()
            },
            ..RoleBindingQuery::default()
        })
    };
    let found = query(key, |client, key| {
        Box::pin(async move { client.list_role_bindings(&key).await })
    });
    let state = Signal::derive(move || found.state.with(Remote::bare));
    let body = move || {
        let org = org.clone();
        dynamic(move || {
            let found = found.state.read();
            let page = found.ready()?;
            if page.role_bindings.is_empty() {
                return Some(
                    tag("p", "ui-quiet")
                        .child("Nobody that you may see.")
                        .into(),
                );
            }
            let rows = page.role_bindings.iter().map(|one| row(&org, one).into());
            let table = tag("table", "ui-table")
                .child(tag("caption", "ui-hide").child("Who has it"))
                .child(head(COLUMNS, None, None))
                .child(el("tbody").child(views(rows)));
            let all = page.total_count.as_deref();
            let has_more = !page.next_page_token.is_empty();
            let foot = foot(router, page.role_bindings.len(), all, has_more);
            Some(views([table.into(), foot.into()]))
        })
    };
    arrived("list", state, found.retry(), Box::new(body))
}

fn row(org: &Uidp, binding: &RoleBinding) -> El {
    let person = Part::Person(binding.identity.uid.clone());
    let link = |to: &str, words: &str| tag("a", "ui-table-main").attr("href", to).child(words);
    let who = link(&routes::of_org(org, &person), &label(&binding.identity));
    let place = link(
        &routes::group_tab(&binding.group.uid, Tab::Access),
        &binding.group.name,
    );
    let end = ends(binding.expire_time.as_deref(), "never");
    el("tr")
        .child(el("td").child(who))
        .child(el("td").child(place))
        .child(el("td").child(end))
}
