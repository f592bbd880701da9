//! Who asks, what they hold, and the permit without which nothing is changed.

use bailiwick_domain::{BuiltInRole, Capability, Grant, Micros, Uidp, allows};
use sqlx::{AnyConnection, Row as _};

use crate::error::{StoreError, corrupt};
use crate::sessions::LiveSession;

/// Who makes a request. Made from a live session only, so that nobody can be impersonated by id.
#[derive(Debug, Clone)]
pub struct Caller {
    pub(crate) identity: Uidp,
    pub(crate) request_id: String,
}

impl Caller {
    /// The person of a session, in one request.
    pub fn of_session(session: &LiveSession, request_id: &str) -> Self {
        Self {
            identity: session.identity.clone(),
            request_id: request_id.to_owned(),
        }
    }

    /// The identity's UIDP.
    pub fn identity(&self) -> &Uidp {
        &self.identity
    }
}

/// Why there is no permit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Denied {
    /// Not there, or not for this caller to see: the two are one answer.
    Unseen,
    /// Seen, but this capability is missing.
    Missing(Capability),
}

/// Proof that the caller holds a capability at a group that exists, in the current transaction.
#[derive(Debug)]
pub(crate) struct Permit {
    /// The group.
    pub(crate) at: Uidp,
    _private: (),
}

/// The live and ended bindings of an identity, with what their roles hold.
pub(crate) async fn grants(
    connection: &mut AnyConnection,
    identity: &Uidp,
) -> Result<Vec<Grant>, StoreError> {
    let rows = sqlx::query(
        "SELECT uid, group_uid, role_uid, ends_at FROM role_bindings WHERE identity_uid = $1",
    )
    .bind(identity.as_str())
    .fetch_all(connection)
    .await?;
    let mut grants = Vec::with_capacity(rows.len());
    for row in rows {
        let role = uidp(
            "role_bindings.role_uid",
            row.try_get::<&str, _>("role_uid")?,
        )?;
        // A role that is gone gives nothing.
        let Some(built_in) = BuiltInRole::by_uid(&role) else {
            continue;
        };
        grants.push(Grant {
            binding: uidp("role_bindings.uid", row.try_get::<&str, _>("uid")?)?,
            group: uidp(
                "role_bindings.group_uid",
                row.try_get::<&str, _>("group_uid")?,
            )?,
            role,
            capabilities: built_in.capabilities,
            ends_at: row.try_get::<Option<i64>, _>("ends_at")?.map(Micros),
        });
    }
    Ok(grants)
}

/// Asks for `what` at `at`. Rule 1: what one may not see does not exist for one.
pub(crate) async fn permit(
    connection: &mut AnyConnection,
    caller: &Caller,
    what: Capability,
    at: &Uidp,
    now: Micros,
) -> Result<Result<Permit, Denied>, StoreError> {
    let held = grants(&mut *connection, &caller.identity).await?;
    let seen = allows(&held, Capability::GROUPS_LIST, at, now);
    let there = seen
        && sqlx::query("SELECT 1 FROM groups WHERE uid = $1")
            .bind(at.as_str())
            .fetch_optional(&mut *connection)
            .await?
            .is_some();
    Ok(if !there {
        Err(Denied::Unseen)
    } else if !allows(&held, what, at, now) {
        Err(Denied::Missing(what))
    } else {
        Ok(Permit {
            at: at.clone(),
            _private: (),
        })
    })
}

pub(crate) fn uidp(what: &'static str, text: &str) -> Result<Uidp, StoreError> {
    text.parse().map_err(|_| corrupt(what, text))
}
