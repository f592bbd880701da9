//! The orders of role bindings that no column has.

use bailiwick_domain::{BuiltInRole, Uidp};

use crate::bindings::get::is_known;
use crate::listing::{Filter, Order, OrderField, PageKey, Value};

/// Name and address of an identity called `i`, in small letters.
pub(super) const LABEL: &str = "i.label_key";

/// What rows called `r` are sorted by.
#[derive(Debug)]
pub(super) struct SortKey {
    /// As SQL.
    key: String,
    /// The tables that it needs beside `r`.
    from: String,
    /// Whether it is a number.
    is_number: bool,
}

impl SortKey {
    /// `None` where a column does.
    pub(super) fn of(order: Order, filter: &mut Filter, caller: &Uidp) -> Option<Self> {
        match order.field {
            OrderField::ExpireTime => Some(Self {
                // What never ends is last either way.
                key: match order.descending {
                    true => "COALESCE(r.ends_at, -1)".to_owned(),
                    false => format!("COALESCE(r.ends_at, {})", i64::MAX),
                },
                from: String::new(),
                is_number: true,
            }),
            OrderField::Identity => {
                let caller = filter.text(caller.as_str());
                Some(Self {
                    key:
                        "COALESCE(CASE WHEN i.label_key <> '' THEN i.label_key END, r.identity_uid)"
                            .to_owned(),
                    from: format!(
                        "LEFT JOIN identities i ON i.uid = r.identity_uid AND {}",
                        is_known("r", &caller)
                    ),
                    is_number: false,
                })
            }
            OrderField::Role => {
                let mut key = String::from("CASE r.role_uid");
                for role in BuiltInRole::all() {
                    let (uid, name) = (filter.text(role.uid().as_str()), role.name);
                    key.push_str(&format!(" WHEN {uid} THEN '{name}'"));
                }
                key.push_str(" ELSE COALESCE(roles.name, '') END");
                Some(Self {
                    key,
                    from: "LEFT JOIN roles ON roles.uid = r.role_uid".to_owned(),
                    is_number: false,
                })
            }
            _ => None,
        }
    }

    pub(super) fn parts(&self) -> (&str, &str) {
        (&self.key, &self.from)
    }

    /// Goes on after a row.
    pub(super) fn after(&self, order: Order, filter: &mut Filter, after: &PageKey) {
        let beyond = if order.descending { "<" } else { ">" };
        let value = match self.is_number {
            true => filter.place(Value::Number(after.value.parse().unwrap_or_default())),
            false => filter.text(&after.value),
        };
        let uid = filter.text(&after.uid);
        filter.and(format!("({}, r.uid) {beyond} ({value}, {uid})", self.key));
    }
}

/// What stands after ORDER BY, over rows called `alias`.
pub(super) fn sql(order: Order, alias: &str, sort_key: &str) -> String {
    let direction = if order.descending { "DESC" } else { "ASC" };
    match order.field {
        OrderField::ExpireTime | OrderField::Identity | OrderField::Role => {
            format!("{sort_key} {direction}, {alias}.uid {direction}")
        }
        _ => order.sql(alias),
    }
}
