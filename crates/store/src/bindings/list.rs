//! Pages of role bindings. Rule 5: a list holds exactly what single checks allow, counts included.

use bailiwick_domain::limits::TOTAL_COUNT_MAX;
use bailiwick_domain::{Capability, Uidp, scopes};
use sqlx::Row as _;

use crate::access::grants;
use crate::bindings::get::{columns, from_row, joined};
use crate::bindings::{RoleBindingRow, RoleBindingsHandle};
use crate::error::StoreError;
use crate::listing::{Filter, OrderField, Page, PageAsk, PageKey, Scope};

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRoleBindings {
    /// Which part of the tree: the children of a group are the bindings directly at it.
    pub scope: Scope,
    /// Bound to this identity.
    pub identity: Option<Uidp>,
    /// Directly at this group.
    pub group: Option<Uidp>,
    /// Of this role.
    pub role: Option<Uidp>,
    /// Which page.
    pub page: PageAsk,
}

impl RoleBindingsHandle<'_> {
    /// One page of what the caller may see, in two statements: who asks, and all the rest.
    ///
    /// # Errors
    /// The database failed. What the caller may not see is simply not there.
    pub async fn list(&self, list: &ListRoleBindings) -> Result<Page<RoleBindingRow>, StoreError> {
        let mut snapshot = self.store.readers.begin().await?;
        let held = grants(&mut snapshot, self.caller.identity()).await?;
        let visible = scopes(&held, Capability::ROLE_BINDINGS_LIST, self.store.now());
        let PageAsk { order, size, .. } = list.page;
        let Some((filter, sql)) = statement(list, &visible, self.caller.identity()) else {
            return Ok(Page::empty());
        };
        let (mut rows, mut total) = (Vec::new(), 0);
        for row in filter.bind(sql).fetch_all(&mut *snapshot).await? {
            total = row.try_get("total")?;
            if row.try_get::<Option<&str>, _>("uid")?.is_some() {
                rows.push(from_row(&row)?);
            }
        }
        Ok(Page::cut(
            rows,
            size,
            |last| PageKey {
                value: match order.field {
                    OrderField::CreateTime => last.create_time.0.to_string(),
                    _ => last.uid.to_string(),
                },
                uid: last.uid.to_string(),
            },
            total,
        ))
    }
}

/// The statement that answers everything but who asks; `None` when nothing can be there.
pub(crate) fn statement(
    list: &ListRoleBindings,
    visible: &[&Uidp],
    caller: &Uidp,
) -> Option<(Filter, String)> {
    let PageAsk {
        order, size, skip, ..
    } = list.page;
    let mut filter = Filter::on("role_bindings", "r", "group_uid");
    if !filter.scope(&list.scope, visible, order) {
        return None;
    }
    for (column, wanted) in [
        ("identity_uid", &list.identity),
        ("group_uid", &list.group),
        ("role_uid", &list.role),
    ] {
        if let Some(uid) = wanted {
            filter.equals(column, uid.as_str());
        }
    }
    let source = filter.source();
    let all = filter.condition();
    if let Some(after) = &list.page.after {
        filter.after(order, after);
    }
    let shown = filter.condition();
    let caller = filter.text(caller.as_str());
    let sql = format!(
        "WITH {with}
         counted AS (SELECT COUNT(*) AS total FROM (
             SELECT 1 AS one FROM {from} WHERE {all} LIMIT {most}) AS enough)
         SELECT counted.total, shown.* FROM counted LEFT JOIN (
             SELECT {columns} FROM (
                 SELECT r.* FROM {from} WHERE {shown} ORDER BY {order} LIMIT {limit} OFFSET {skip}) b
             {joined}) shown ON 1 = 1
         ORDER BY {last_order}",
        columns = columns(),
        with = source.with,
        from = source.from,
        most = TOTAL_COUNT_MAX + 1,
        order = order.sql("r"),
        limit = size.saturating_add(1),
        joined = joined(&caller),
        last_order = order.sql("shown"),
    );
    Some((filter, sql))
}
