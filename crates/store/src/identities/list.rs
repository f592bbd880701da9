//! Pages of people. Rule 5: a list holds exactly what single checks allow, counts included.

use bailiwick_domain::limits::TOTAL_COUNT_MAX;
use bailiwick_domain::{Capability, Micros, Uidp, scopes};
use sqlx::Row as _;

use crate::access::held_by;
use crate::error::StoreError;
use crate::identities::row::{COLUMNS, from_row, with_bindings};
use crate::identities::{IdentitiesHandle, IdentityRow, SHOWN_IN_LIST};
use crate::listing::{Filter, Order, OrderField, Page, PageAsk, PageKey, Scope, Value};

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListIdentities {
    /// Which part of the tree: who has a live binding directly at a group (its children), at it or
    /// below (its descendants), or anywhere.
    pub scope: Scope,
    /// Only these.
    pub ids: Option<Vec<Uidp>>,
    /// Whose name or address has this in it, in any letters.
    pub search: Option<String>,
    /// Who have this role there.
    pub role: Option<Uidp>,
    /// Of whose bindings there one ends before this.
    pub ending_before: Option<Micros>,
    /// Who were not seen since.
    pub unseen_since: Option<Micros>,
    /// Which page.
    pub page: PageAsk,
}

impl IdentitiesHandle<'_> {
    /// One page of whom the caller may see, in three statements: who asks, the people, and what
    /// they hold.
    ///
    /// # Errors
    /// The database failed. Whom the caller may not see is simply not there.
    pub async fn list(&self, list: &ListIdentities) -> Result<Page<IdentityRow>, StoreError> {
        let now = self.store.now();
        let mut snapshot = self.store.readers.begin().await?;
        let held = held_by(&mut snapshot, self.caller).await?;
        let visible = scopes(&held, Capability::IDENTITY_LIST, now);
        let PageAsk { order, size, .. } = list.page;
        let Some((filter, sql)) = statement(list, &visible, self.caller.identity(), now) else {
            return Ok(Page::empty());
        };
        let (mut rows, mut total) = (Vec::new(), 0);
        for row in filter.bind(sql).fetch_all(&mut *snapshot).await? {
            total = row.try_get("total")?;
            if row.try_get::<Option<&str>, _>("uid")?.is_some() {
                rows.push(from_row(&row)?);
            }
        }
        let mut page = Page::cut(
            rows,
            size,
            |last| PageKey {
                value: match order.field {
                    OrderField::Name => last.label.clone(),
                    OrderField::LastSeenTime => seen(last.last_seen_time).to_string(),
                    _ => last.identity.uid.to_string(),
                },
                uid: last.identity.uid.to_string(),
            },
            total,
        );
        page.rows = with_bindings(
            &mut snapshot,
            page.rows,
            &list.scope,
            &held,
            now,
            SHOWN_IN_LIST,
        )
        .await?;
        Ok(page)
    }
}

/// Never is earliest.
fn seen(time: Option<Micros>) -> i64 {
    time.map_or(0, |time| time.0)
}

/// The statement that answers who there is; `None` when nobody can be there.
pub(crate) fn statement(
    list: &ListIdentities,
    visible: &[&Uidp],
    caller: &Uidp,
    now: Micros,
) -> Option<(Filter, String)> {
    let PageAsk {
        order, size, skip, ..
    } = list.page;
    let mut filter = Filter::on("role_bindings", "r", "group_uid");
    let by_id = Order {
        field: OrderField::Uid,
        descending: false,
    };
    if !filter.scope(&list.scope, visible, by_id) {
        return None;
    }
    if let Some(ids) = &list.ids {
        let places: Vec<String> = ids.iter().map(|uid| filter.text(uid.as_str())).collect();
        if places.is_empty() {
            return None;
        }
        filter.and(format!("r.identity_uid IN ({})", places.join(", ")));
    }
    if let Some(role) = &list.role {
        filter.equals("role_uid", role.as_str());
    }
    let now = filter.place(Value::Number(now.0));
    filter.and(format!("(r.ends_at IS NULL OR r.ends_at > {now})"));
    if let Some(before) = list.ending_before {
        let before = filter.place(Value::Number(before.0));
        filter.and(format!("r.ends_at <= {before}"));
    }
    let source = filter.source();
    let bound = filter.condition();
    let caller = filter.text(caller.as_str());
    let known = people(&mut filter, list);
    let beyond = beyond(&mut filter, list.page.after.as_ref(), order);
    let direction = if order.descending { "DESC" } else { "ASC" };
    let sql = format!(
        "WITH {with}
         bound AS (
             SELECT r.identity_uid AS uid, MAX(CASE WHEN r.identity_uid = {caller} OR EXISTS (
                 SELECT 1 FROM role_bindings o
                 WHERE o.organization = r.organization AND o.identity_uid = r.identity_uid
                     AND o.own_act = 1) THEN 1 ELSE 0 END) AS known
             FROM {from} WHERE {bound} GROUP BY r.identity_uid),
         people AS MATERIALIZED (
             SELECT {COLUMNS}, COALESCE(i.last_seen_time, 0) AS seen
             FROM bound p LEFT JOIN identities i ON i.uid = p.uid AND p.known = 1
             WHERE {known}),
         counted AS (SELECT COUNT(*) AS total FROM (
             SELECT 1 AS one FROM people LIMIT {most}) AS enough)
         SELECT counted.total, shown.* FROM counted LEFT JOIN (
             SELECT * FROM people q WHERE {beyond}
             ORDER BY {column} {direction}, uid {direction} LIMIT {limit} OFFSET {skip}) shown ON 1 = 1
         ORDER BY shown.{column} {direction}, shown.uid {direction}",
        with = source.with,
        from = source.from,
        most = TOTAL_COUNT_MAX + 1,
        limit = size.saturating_add(1),
        column = column(order),
    );
    Some((filter, sql))
}

fn column(order: Order) -> &'static str {
    match order.field {
        OrderField::Name => "label",
        OrderField::LastSeenTime => "seen",
        _ => "uid",
    }
}

/// What a person's own row must be.
fn people(filter: &mut Filter, list: &ListIdentities) -> String {
    let mut wanted = vec!["1 = 1".to_owned()];
    if let Some(part) = &list.search {
        let pattern = Filter::pattern(&part.to_lowercase());
        let place = filter.text(&pattern);
        wanted.push(format!("i.label_key LIKE {place} ESCAPE '\\'"));
    }
    if let Some(since) = list.unseen_since {
        let place = filter.place(Value::Number(since.0));
        wanted.push(format!(
            "(i.last_seen_time IS NULL OR i.last_seen_time < {place})"
        ));
    }
    wanted.join(" AND ")
}

/// What comes after the last row of the page before.
fn beyond(filter: &mut Filter, after: Option<&PageKey>, order: Order) -> String {
    let Some(key) = after else {
        return "1 = 1".to_owned();
    };
    let than = if order.descending { "<" } else { ">" };
    let uid = filter.text(&key.uid);
    let value = match order.field {
        OrderField::Name => filter.text(&key.value),
        OrderField::LastSeenTime => {
            filter.place(Value::Number(key.value.parse().unwrap_or_default()))
        }
        _ => return format!("q.uid {than} {uid}"),
    };
    format!("(q.{}, q.uid) {than} ({value}, {uid})", column(order))
}
