//! Pages of invites. Rule 5: a list holds exactly what single checks allow, counts included.

use bailiwick_domain::limits::TOTAL_COUNT_MAX;
use bailiwick_domain::{Capability, INVITE_KEPT, InviteState, MailboxKey, Micros, Uidp, scopes};
use sqlx::Row as _;

use crate::access::held_by;
use crate::error::StoreError;
use crate::invites::row::{JOINED, columns, complete, from_row};
use crate::invites::{GroupInvitesHandle, InviteRow};
use crate::listing::{Filter, OrderField, Page, PageAsk, PageKey, Scope, Value};

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListInvites {
    /// Which part of the tree: the children of a group are the invites directly at it, its
    /// descendants those at it and below.
    pub scope: Scope,
    /// With this key id.
    pub key_id: Option<String>,
    /// Of this role.
    pub role: Option<Uidp>,
    /// For this mailbox.
    pub email: Option<MailboxKey>,
    /// For an address that has this in it, in small letters.
    pub search: Option<String>,
    /// In one of these states.
    pub states: Vec<InviteState>,
    /// Which page.
    pub page: PageAsk,
}

impl GroupInvitesHandle<'_> {
    /// One page of what the caller may see. However many there are, it takes four statements: who
    /// asks, the invites, the names above them, and who accepted them.
    ///
    /// # Errors
    /// The database failed. What the caller may not see is simply not there.
    pub async fn list(&self, list: &ListInvites) -> Result<Page<InviteRow>, StoreError> {
        let now = self.store.now();
        let mut snapshot = self.store.readers.begin().await?;
        let held = held_by(&mut snapshot, self.caller).await?;
        let visible = scopes(&held, Capability::GROUP_INVITES_LIST, now);
        let PageAsk { order, size, .. } = list.page;
        let Some((filter, sql)) = statement(list, &visible, now) else {
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
                    OrderField::CreateTime => last.create_time.0.to_string(),
                    OrderField::ExpireTime => last.expire_time.0.to_string(),
                    _ => last.uid.to_string(),
                },
                uid: last.uid.to_string(),
            },
            total,
        );
        page.rows = complete(&mut snapshot, page.rows).await?;
        Ok(page)
    }
}

/// The statement that answers everything but who asks; `None` when nothing can be there.
pub(crate) fn statement(
    list: &ListInvites,
    visible: &[&Uidp],
    now: Micros,
) -> Option<(Filter, String)> {
    let PageAsk {
        order, size, skip, ..
    } = list.page;
    let mut filter = Filter::on("group_invites", "v", "group_uid");
    if !filter.scope(&list.scope, visible, order) {
        return None;
    }
    // The way of an index that gives an organization's invites in the order of their making.
    if let Scope::DescendantsOf(group) = &list.scope {
        filter.equals("organization", group.organization().as_str());
    }
    for (column, wanted) in [
        ("key_id", list.key_id.as_deref()),
        ("role_uid", list.role.as_ref().map(Uidp::as_str)),
        ("email_key", list.email.as_ref().map(MailboxKey::as_str)),
    ] {
        if let Some(text) = wanted {
            filter.equals(column, text);
        }
    }
    if let Some(part) = &list.search {
        filter.contains("email_key", part);
    }
    states(&mut filter, &list.states, now);
    let source = filter.source();
    let all = filter.condition();
    if let Some(after) = &list.page.after {
        filter.after(order, after);
    }
    let shown = filter.condition();
    let sql = format!(
        "WITH {with}
         counted AS (SELECT COUNT(*) AS total FROM (
             SELECT 1 AS one FROM {from} WHERE {all} LIMIT {most}) AS enough)
         SELECT counted.total, shown.* FROM counted LEFT JOIN (
             SELECT {columns} FROM (
                 SELECT v.* FROM {from} WHERE {shown} ORDER BY {order} LIMIT {limit} OFFSET {skip}) v
             {JOINED}) shown ON 1 = 1
         ORDER BY {last_order}",
        columns = columns(),
        with = source.with,
        from = source.from,
        most = TOTAL_COUNT_MAX + 1,
        order = order.sql("v"),
        limit = size.saturating_add(1),
        last_order = order.sql("shown"),
    );
    Some((filter, sql))
}

/// Narrows to what is in one of these states, and not over for too long.
fn states(filter: &mut Filter, states: &[InviteState], now: Micros) {
    let place = filter.place(Value::Number(now.0));
    let oldest = filter.place(Value::Number(now.earlier(INVITE_KEPT).0));
    let of = |state: &InviteState| match state {
        InviteState::Pending => format!("(v.close = '' AND v.expire_time > {place})"),
        InviteState::Expired => {
            format!("(v.close = '' AND v.expire_time <= {place} AND v.expire_time > {oldest})")
        }
        closed => format!(
            "(v.close = '{}' AND v.close_time > {oldest})",
            closed.as_str()
        ),
    };
    let conditions: Vec<String> = states.iter().map(of).collect();
    // A value that no condition uses would be one too many for PostgreSQL.
    filter.and(format!(
        "({} AND {oldest} < {place})",
        match conditions.is_empty() {
            true => "1 = 0".to_owned(),
            false => format!("({})", conditions.join(" OR ")),
        }
    ));
}
