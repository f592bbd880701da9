//! One role binding, and the parts that every reading of them shares.

use bailiwick_domain::{Capability, GetBindingError, Micros, Uidp, allows};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::access::{held_by, uidp};
use crate::act::Act;
use crate::bindings::{RoleBindingsHandle, group_of};
use crate::error::{Failure, StoreError};
use crate::etag::{IfMatch, etag};
use crate::roles::{self, RoleRow};

/// A role binding with the names of what it connects.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleBindingRow {
    /// The binding.
    pub uid: Uidp,
    /// Whose it is.
    pub identity: BoundIdentity,
    /// Where it holds, and below.
    pub group: Uidp,
    /// The group's name.
    pub group_name: String,
    /// The group's description.
    pub group_description: String,
    /// Which role.
    pub role: Uidp,
    /// The role as it is now, unless it is gone.
    pub role_now: Option<RoleRow>,
    /// Who gave it: an identity's UIDP, or `host`; of an invite whoever invited. Empty when unknown.
    pub creator: String,
    /// The invite it came by. That may be forgotten by now.
    pub invite: Option<Uidp>,
    /// When it was made.
    pub create_time: Micros,
    /// When it was last changed.
    pub update_time: Micros,
    /// When it ends, if it does.
    pub ends_at: Option<Micros>,
}

impl RoleBindingRow {
    /// Another one after every change.
    pub fn etag(&self) -> String {
        let [end, time] = [self.ends_at, Some(self.update_time)]
            .map(|time| time.map(|time| time.0.to_string()).unwrap_or_default());
        etag(&[self.uid.as_str(), self.role.as_str(), &end, &time])
    }
}

/// Whose a binding is. All but the id is known only of people who are in the organization by an
/// act of their own: whoever knows an id must not learn a name and an address by binding it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundIdentity {
    /// The identity's UIDP.
    pub uid: Uidp,
    /// Free text from the provider.
    pub name: Option<String>,
    /// The address, if a provider vouches for it.
    pub email: Option<String>,
    /// The provider's issuer.
    pub issuer: Option<String>,
    /// Who they are there.
    pub subject: Option<String>,
}

/// What [`from_row`] reads, of role bindings called `b`.
pub(super) fn columns() -> String {
    format!(
        "b.uid, b.group_uid, b.identity_uid, b.role_uid, b.ends_at, b.create_time, b.update_time,
         b.creator, b.invite_uid, g.name AS group_name, g.description AS group_description,
         i.name AS identity_name, i.email, i.issuer, i.subject, {}",
        roles::COLUMNS
    )
}

/// The tables beside `b`. The place is that of the caller's UIDP.
pub(super) fn joined(caller: &str) -> String {
    format!(
        "JOIN groups g ON g.uid = b.group_uid LEFT JOIN roles ON roles.uid = b.role_uid
         LEFT JOIN identities i ON i.uid = b.identity_uid AND {}",
        is_known("b", caller)
    )
}

/// Whether the caller may know the name of who has the binding `alias`.
pub(super) fn is_known(alias: &str, caller: &str) -> String {
    format!(
        "({alias}.identity_uid = {caller} OR EXISTS (
             SELECT 1 FROM role_bindings o
             WHERE o.organization = {alias}.organization AND o.identity_uid = {alias}.identity_uid
                 AND o.own_act = 1))"
    )
}

impl RoleBindingsHandle<'_> {
    /// One role binding.
    ///
    /// # Errors
    /// [`GetBindingError::NotFound`] for what is not there and for what the caller may not see.
    pub async fn get(&self, uid: &Uidp) -> Result<RoleBindingRow, Failure<GetBindingError>> {
        let caller = self.caller.identity();
        let mut snapshot = self.store.readers.begin().await?;
        let held = held_by(&mut snapshot, self.caller).await?;
        let seen = group_of(uid).is_some_and(|group| {
            allows(
                &held,
                Capability::ROLE_BINDINGS_LIST,
                &group,
                self.store.now(),
            )
        });
        if !seen {
            return Err(Failure::Rule(GetBindingError::NotFound));
        }
        one(&mut snapshot, uid, caller)
            .await?
            .ok_or(Failure::Rule(GetBindingError::NotFound))
    }
}

/// A binding by its UIDP, as `caller` may see it.
pub(super) async fn one(
    connection: &mut AnyConnection,
    uid: &Uidp,
    caller: &Uidp,
) -> Result<Option<RoleBindingRow>, StoreError> {
    let sql = format!(
        "SELECT {} FROM role_bindings b {} WHERE b.uid = $1",
        columns(),
        joined("$2")
    );
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(uid.as_str())
        .bind(caller.as_str())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// Whether a binding is still in the state that the write is for.
pub(super) async fn is_for(
    act: &mut Act<'_>,
    caller: &Uidp,
    uid: &Uidp,
) -> Result<bool, StoreError> {
    if act.if_match == IfMatch::Unconditional {
        return Ok(true);
    }
    let etag = one(act.tx, uid, caller).await?.map(|row| row.etag());
    Ok(act.is_for(etag.as_deref()))
}

pub(super) fn from_row(row: &AnyRow) -> Result<RoleBindingRow, StoreError> {
    let id = |what, column: &str| -> Result<Uidp, StoreError> {
        uidp(what, row.try_get::<&str, _>(column)?)
    };
    let role = id("role_bindings.role_uid", "role_uid")?;
    Ok(RoleBindingRow {
        uid: id("role_bindings.uid", "uid")?,
        identity: BoundIdentity {
            uid: id("role_bindings.identity_uid", "identity_uid")?,
            name: row.try_get("identity_name")?,
            email: row.try_get("email")?,
            issuer: row.try_get("issuer")?,
            subject: row.try_get("subject")?,
        },
        group: id("role_bindings.group_uid", "group_uid")?,
        group_name: row.try_get("group_name")?,
        group_description: row.try_get("group_description")?,
        role_now: roles::from_joined(row, &role)?,
        role,
        creator: row.try_get("creator")?,
        invite: row
            .try_get::<Option<&str>, _>("invite_uid")?
            .map(|invite| uidp("role_bindings.invite_uid", invite))
            .transpose()?,
        create_time: Micros(row.try_get("create_time")?),
        update_time: Micros(row.try_get("update_time")?),
        ends_at: row.try_get::<Option<i64>, _>("ends_at")?.map(Micros),
    })
}
