//! A person as they are shown, with what they hold.

use std::collections::HashMap;

use bailiwick_domain::{Capability, Grant, Micros, Uidp, scopes};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::access::uidp;
use crate::bindings::BoundIdentity;
use crate::error::StoreError;
use crate::listing::{Filter, Order, OrderField, Scope, Value};
use crate::roles::{self, COLUMNS as ROLE};

/// A person. Of those who are in the organization by no act of their own only the id is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityRow {
    /// Who.
    pub identity: BoundIdentity,
    /// When they were last seen signed in, to the minute.
    pub last_seen_time: Option<Micros>,
    /// When they first signed in.
    pub create_time: Option<Micros>,
    /// Whether the host has suspended them.
    pub suspended: bool,
    /// What they are sorted by.
    pub(crate) label: String,
    /// Their live bindings where was asked, as far as the caller may see them, the topmost first.
    pub bindings: Vec<IdentityBindingRow>,
    /// How many of those there are.
    pub binding_count: usize,
}

/// A role binding of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityBindingRow {
    /// The binding.
    pub uid: Uidp,
    /// Where it holds, and below.
    pub group: Uidp,
    /// The group's name.
    pub group_name: String,
    /// Which role.
    pub role: Uidp,
    /// The role's name.
    pub role_name: String,
    /// When it ends, if it does.
    pub ends_at: Option<Micros>,
}

/// What [`from_row`] reads, of people called `p` and identities called `i`.
pub(super) const COLUMNS: &str = "p.uid, COALESCE(i.label_key, p.uid) AS label, i.name, i.email, \
     i.issuer, i.subject, i.last_seen_time, i.create_time, i.suspended";

pub(super) fn from_row(row: &AnyRow) -> Result<IdentityRow, StoreError> {
    let time = |column: &str| -> Result<Option<Micros>, StoreError> {
        Ok(row.try_get::<Option<i64>, _>(column)?.map(Micros))
    };
    Ok(IdentityRow {
        identity: BoundIdentity {
            uid: uidp("role_bindings.identity_uid", row.try_get::<&str, _>("uid")?)?,
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            issuer: row.try_get("issuer")?,
            subject: row.try_get("subject")?,
        },
        last_seen_time: time("last_seen_time")?,
        create_time: time("create_time")?,
        suspended: row.try_get::<Option<i64>, _>("suspended")?.unwrap_or(0) != 0,
        label: row.try_get("label")?,
        bindings: Vec::new(),
        binding_count: 0,
    })
}

/// Gives these people their live bindings in `scope`, as far as somebody who holds `held` may see
/// them, in one statement. Of each `most` at most.
pub(super) async fn with_bindings(
    connection: &mut AnyConnection,
    mut people: Vec<IdentityRow>,
    scope: &Scope,
    held: &[Grant],
    now: Micros,
    most: usize,
) -> Result<Vec<IdentityRow>, StoreError> {
    let uids: Vec<&Uidp> = people.iter().map(|person| &person.identity.uid).collect();
    let visible = scopes(held, Capability::ROLE_BINDINGS_LIST, now);
    let Some((filter, sql)) = bindings_statement(&uids, scope, &visible, now) else {
        return Ok(people);
    };
    let rows = filter.bind(sql).fetch_all(connection).await?;
    let mut of: HashMap<Uidp, Vec<IdentityBindingRow>> = HashMap::new();
    for row in &rows {
        let id = |what, column: &str| -> Result<Uidp, StoreError> {
            uidp(what, row.try_get::<&str, _>(column)?)
        };
        let role = id("role_bindings.role_uid", "role_uid")?;
        of.entry(id("role_bindings.identity_uid", "identity_uid")?)
            .or_default()
            .push(IdentityBindingRow {
                uid: id("role_bindings.uid", "uid")?,
                group: id("role_bindings.group_uid", "group_uid")?,
                group_name: row.try_get("group_name")?,
                role_name: roles::from_joined(row, &role)?
                    .map_or_else(String::new, |role| role.name.into_owned()),
                role,
                ends_at: row.try_get::<Option<i64>, _>("ends_at")?.map(Micros),
            });
    }
    for person in &mut people {
        let mut bindings = of.remove(&person.identity.uid).unwrap_or_default();
        person.binding_count = bindings.len();
        bindings.sort_by_key(|binding| (binding.group.depth(), binding.uid.clone()));
        bindings.truncate(most);
        person.bindings = bindings;
    }
    Ok(people)
}

/// The bindings of these people; `None` when the caller may see none.
pub(crate) fn bindings_statement(
    people: &[&Uidp],
    scope: &Scope,
    visible: &[&Uidp],
    now: Micros,
) -> Option<(Filter, String)> {
    let mut filter = Filter::on("role_bindings", "r", "group_uid");
    let order = Order {
        field: OrderField::Uid,
        descending: false,
    };
    if people.is_empty() || !filter.scope(scope, visible, order) {
        return None;
    }
    let places: Vec<String> = people.iter().map(|uid| filter.text(uid.as_str())).collect();
    filter.and(format!("r.identity_uid IN ({})", places.join(", ")));
    let now = filter.place(Value::Number(now.0));
    filter.and(format!("(r.ends_at IS NULL OR r.ends_at > {now})"));
    let source = filter.source();
    let sql = format!(
        "{with}SELECT r.uid, r.group_uid, r.identity_uid, r.role_uid, r.ends_at, g.name AS group_name,
             {ROLE}
         FROM {from} JOIN groups g ON g.uid = r.group_uid LEFT JOIN roles ON roles.uid = r.role_uid
         WHERE {condition}",
        with = with(&source.with),
        from = source.from,
        condition = filter.condition(),
    );
    Some((filter, sql))
}

/// A common table expression as a whole, of one that ends in a comma.
fn with(expression: &str) -> String {
    match expression.trim_end().strip_suffix(',') {
        Some(expression) => format!("WITH {expression} "),
        None => String::new(),
    }
}
