//! Pages of role bindings. Rule 5: a list holds exactly what single checks allow, counts included.

use std::time::Duration;

use bailiwick_domain::limits::TOTAL_COUNT_MAX;
use bailiwick_domain::{BuiltInRole, Capability, Micros, Uidp, scopes};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::access::held_by;
use crate::bindings::get::{columns, from_row, is_known, joined};
use crate::bindings::sort::{self, SortKey};
use crate::bindings::{RoleBindingRow, RoleBindingsHandle};
use crate::error::StoreError;
use crate::listing::{Filter, OrderField, Page, PageAsk, PageKey, Scope, Value};

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
    /// That reach a group.
    pub reaching: Option<Reaching>,
    /// With this in the identity's name or address, as far as the caller may know them, or in the
    /// role's name; in small letters.
    pub search: Option<String>,
    /// That are live and end within this time.
    pub ending_within: Option<Duration>,
    /// Which page.
    pub page: PageAsk,
}

/// From where a binding reaches a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reaching {
    /// Directly at it or from above.
    Group(Uidp),
    /// From above alone.
    Inherited(Uidp),
}

impl RoleBindingsHandle<'_> {
    /// One page of what the caller may see, in two statements: who asks, and all the rest.
    ///
    /// # Errors
    /// The database failed. What the caller may not see is simply not there.
    pub async fn list(&self, list: &ListRoleBindings) -> Result<Page<RoleBindingRow>, StoreError> {
        let now = self.store.now();
        let mut snapshot = self.store.readers.begin().await?;
        let held = held_by(&mut snapshot, self.caller).await?;
        let visible = scopes(&held, Capability::ROLE_BINDINGS_LIST, now);
        let PageAsk { order, size, .. } = list.page;
        let Some((filter, sql)) = statement(list, &visible, self.caller.identity(), now) else {
            return Ok(Page::empty());
        };
        let (mut rows, mut total) = (Vec::new(), 0);
        for row in filter.bind(sql).fetch_all(&mut *snapshot).await? {
            total = row.try_get("total")?;
            if row.try_get::<Option<&str>, _>("uid")?.is_some() {
                rows.push((from_row(&row)?, key(order.field, &row)?));
            }
        }
        let page = Page::cut(rows, size, |(_, key)| key.clone(), total);
        Ok(Page {
            rows: page.rows.into_iter().map(|(row, _)| row).collect(),
            next: page.next,
            total: page.total,
        })
    }
}

/// Where a page would end after this row.
fn key(field: OrderField, row: &AnyRow) -> Result<PageKey, StoreError> {
    let number =
        |column| -> Result<String, StoreError> { Ok(row.try_get::<i64, _>(column)?.to_string()) };
    Ok(PageKey {
        value: match field {
            OrderField::CreateTime => number("create_time")?,
            OrderField::ExpireTime => number("sort_key")?,
            OrderField::Identity | OrderField::Role => row.try_get("sort_key")?,
            _ => String::new(),
        },
        uid: row.try_get("uid")?,
    })
}

/// The statement that answers everything but who asks; `None` when nothing can be there.
pub(crate) fn statement(
    list: &ListRoleBindings,
    visible: &[&Uidp],
    caller: &Uidp,
    now: Micros,
) -> Option<(Filter, String)> {
    let PageAsk {
        order, size, skip, ..
    } = list.page;
    let mut filter = Filter::on("role_bindings", "r", "group_uid");
    match &list.reaching {
        None if !filter.scope(&list.scope, visible, order) => return None,
        None => {}
        Some(reaching) => {
            let groups = reaching.groups(visible);
            if groups.is_empty() {
                return None;
            }
            filter.is_any("group_uid", &groups);
        }
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
    if let Some(within) = list.ending_within {
        let from = filter.place(Value::Number(now.0));
        let to = filter.place(Value::Number(now.later(within).0));
        filter.and(format!("r.ends_at > {from} AND r.ends_at <= {to}"));
        one_organization(&mut filter, visible);
    }
    if let Some(part) = &list.search {
        search(&mut filter, part, caller);
    }
    let source = filter.source();
    let all = filter.condition();
    let sort = SortKey::of(order, &mut filter, caller);
    match (&sort, &list.page.after) {
        (_, None) => {}
        (None, Some(after)) => filter.after(order, after),
        (Some(sort), Some(after)) => sort.after(order, &mut filter, after),
    }
    let shown = filter.condition();
    let caller = filter.text(caller.as_str());
    let (sort_key, sort_from) = sort.as_ref().map_or(("NULL", ""), SortKey::parts);
    let sql = format!(
        "WITH {with}
         counted AS (SELECT COUNT(*) AS total FROM (
             SELECT 1 AS one FROM {from} WHERE {all} LIMIT {most}) AS enough)
         SELECT counted.total, shown.* FROM counted LEFT JOIN (
             SELECT {columns}, b.sort_key FROM (
                 SELECT r.*, {sort_key} AS sort_key FROM {from} {sort_from}
                 WHERE {shown} ORDER BY {order} LIMIT {limit} OFFSET {skip}) b
             {joined}) shown ON 1 = 1
         ORDER BY {last_order}",
        columns = columns(),
        with = source.with,
        from = source.from,
        most = TOTAL_COUNT_MAX + 1,
        order = sort::sql(order, "r", sort_key),
        limit = size.saturating_add(1),
        joined = joined(&caller),
        last_order = sort::sql(order, "shown", "shown.sort_key"),
    );
    Some((filter, sql))
}

impl Reaching {
    /// Where such bindings can stand that the caller may list.
    fn groups(&self, visible: &[&Uidp]) -> Vec<Uidp> {
        let (at, here) = match self {
            Self::Group(uid) => (uid, Some(uid.clone())),
            Self::Inherited(uid) => (uid, None),
        };
        here.into_iter()
            .chain(at.ancestors())
            .filter(|uid| visible.iter().any(|top| top.reaches(uid)))
            .collect()
    }
}

/// The way of an index that has the ends of an organization's bindings.
fn one_organization(filter: &mut Filter, visible: &[&Uidp]) {
    if let [first, others @ ..] = visible {
        let organization = first.organization();
        if others.iter().all(|top| organization.reaches(top)) {
            filter.equals("organization", organization.as_str());
        }
    }
}

/// Narrows to what has a part of a text in its role's name, or in the name or address of a person
/// whom the caller may know.
fn search(filter: &mut Filter, part: &str, caller: &Uidp) {
    let pattern = filter.text(&Filter::pattern(part));
    let caller = filter.text(caller.as_str());
    let mut ways = vec![
        format!(
            "EXISTS (SELECT 1 FROM identities i WHERE i.uid = r.identity_uid
                 AND {label} LIKE {pattern} ESCAPE '\\' AND {known})",
            label = sort::LABEL,
            known = is_known("r", &caller),
        ),
        format!(
            "EXISTS (SELECT 1 FROM roles WHERE roles.uid = r.role_uid
                 AND roles.name LIKE {pattern} ESCAPE '\\')"
        ),
    ];
    for role in BuiltInRole::all() {
        if role.name.contains(part) {
            let uid = filter.text(role.uid().as_str());
            ways.push(format!("r.role_uid = {uid}"));
        }
    }
    filter.and(format!("({})", ways.join(" OR ")));
}
