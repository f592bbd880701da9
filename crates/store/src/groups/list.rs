//! Pages of groups. Rule 5: a list holds exactly what single checks allow, counts included.

use bailiwick_domain::limits::TOTAL_COUNT_MAX;
use bailiwick_domain::{Capability, Uidp, scopes};
use sqlx::Row as _;

use crate::access::held_by;
use crate::error::StoreError;
use crate::groups::read::{columns, from_row, with_paths};
use crate::groups::{GroupRow, GroupsHandle};
use crate::listing::{Filter, OrderField, Page, PageAsk, PageKey, Scope};

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListGroups {
    /// Which part of the tree.
    pub scope: Scope,
    /// Exact name.
    pub name: Option<String>,
    /// A part of the name.
    pub search: Option<String>,
    /// Which page.
    pub page: PageAsk,
}

impl GroupsHandle<'_> {
    /// One page of what the caller may see, in two statements: who asks, and all the rest.
    ///
    /// # Errors
    /// The database failed. What the caller may not see is simply not there.
    pub async fn list(&self, list: &ListGroups) -> Result<Page<GroupRow>, StoreError> {
        let mut snapshot = self.store.readers.begin().await?;
        let held = held_by(&mut snapshot, self.caller).await?;
        let visible = scopes(&held, Capability::GROUPS_LIST, self.store.now());
        let PageAsk { order, size, .. } = list.page;
        let Some((filter, sql)) = statement(list, &visible) else {
            return Ok(Page::empty());
        };
        let (mut rows, mut above, mut total) = (Vec::new(), Vec::new(), 0);
        for row in filter.bind(sql).fetch_all(&mut *snapshot).await? {
            match row.try_get::<i64, _>("part")? {
                1 => rows.push(from_row(&row)?),
                2 => above.push(row),
                _ => total = row.try_get("create_time")?,
            }
        }
        let mut rows = with_paths(rows, &above)?;
        // A union has no order.
        rows.sort_by(|one, other| {
            let ascending = match order.field {
                OrderField::Name => (&one.name, &one.uid).cmp(&(&other.name, &other.uid)),
                OrderField::CreateTime => {
                    (one.create_time, &one.uid).cmp(&(other.create_time, &other.uid))
                }
                OrderField::UpdateTime => {
                    (one.update_time, &one.uid).cmp(&(other.update_time, &other.uid))
                }
                _ => one.uid.cmp(&other.uid),
            };
            if order.descending {
                ascending.reverse()
            } else {
                ascending
            }
        });
        Ok(Page::cut(
            rows,
            size,
            |last| PageKey {
                value: match order.field {
                    OrderField::Name => last.name.clone(),
                    OrderField::CreateTime => last.create_time.0.to_string(),
                    OrderField::UpdateTime => last.update_time.0.to_string(),
                    _ => last.uid.to_string(),
                },
                uid: last.uid.to_string(),
            },
            total,
        ))
    }
}

/// The statement that answers everything but who asks; `None` when nothing can be there.
pub(crate) fn statement(list: &ListGroups, visible: &[&Uidp]) -> Option<(Filter, String)> {
    let PageAsk {
        order, size, skip, ..
    } = list.page;
    let mut filter = Filter::on("groups", "g", "parent");
    if !filter.scope(&list.scope, visible, order) {
        return None;
    }
    if let Some(name) = &list.name {
        filter.equals("name", name);
    }
    if let Some(part) = &list.search {
        filter.contains("name", part);
    }
    let source = filter.source();
    let all = filter.condition();
    if let Some(after) = &list.page.after {
        filter.after(order, after);
    }
    let shown = filter.condition();
    let sql = format!(
        "WITH RECURSIVE {with}
         shown AS (
             SELECT g.uid, g.parent, g.name, g.description, g.create_time, g.update_time,
                 g.device_sign_in
             FROM {from} WHERE {shown} ORDER BY {order} LIMIT {limit} OFFSET {skip}),
         above (uid, name, parent) AS (
             SELECT a.uid, a.name, a.parent FROM groups a
             WHERE a.uid IN (SELECT parent FROM shown)
             UNION
             SELECT a.uid, a.name, a.parent FROM above JOIN groups a ON a.uid = above.parent)
         SELECT 1 AS part, {columns} FROM shown
         UNION ALL
         SELECT 2, uid, name, '', 0, 0, 0, 0 FROM above
         UNION ALL
         SELECT 3, '', '', '', COUNT(*), 0, 0, 0 FROM (
             SELECT 1 AS one FROM {from} WHERE {all} LIMIT {most}) AS enough",
        with = source.with,
        from = source.from,
        columns = columns("shown"),
        order = order.sql("g"),
        limit = size.saturating_add(1),
        most = TOTAL_COUNT_MAX + 1,
    );
    Some((filter, sql))
}
