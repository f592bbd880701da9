//! Deleting a custom role that nobody has.

use bailiwick_domain::{BuiltInRole, Capability, DeleteRoleError, RoleHolder, Uidp, allows};
use sqlx::Row as _;

use crate::access::{Permit, uidp};
use crate::act::{Act, Attempt};
use crate::error::{Failure, StoreError};
use crate::roles::RolesHandle;
use crate::roles::shown::{is_seen, one};

/// What the audit trail calls it.
pub(crate) const DELETE: &str = "roles.delete";
/// How many holders a refusal names.
const NAMED: usize = 10;
/// Among how many bindings those are looked for.
const LOOKED_AT: i64 = 200;

impl RolesHandle<'_> {
    /// Deletes a role. Bindings of it that have ended go with it. What is not there, where the caller
    /// may delete roles, is no write and no error.
    ///
    /// # Errors
    /// See [`DeleteRoleError`].
    pub async fn delete(&self, uid: Uidp) -> Result<(), Failure<DeleteRoleError>> {
        self.store
            .act_for(
                self.caller,
                &self.if_match,
                Attempt::on(DELETE, &uid),
                move |act| Box::pin(delete_role(act, uid)),
            )
            .await
    }
}

/// Deletes a role by whoever acts.
pub(crate) async fn delete_role(
    act: &mut Act<'_>,
    uid: Uidp,
) -> Result<(), Failure<DeleteRoleError>> {
    if BuiltInRole::by_uid(&uid).is_some() {
        return Err(Failure::Rule(DeleteRoleError::BuiltIn));
    }
    let home = uid
        .parent()
        .ok_or(Failure::Rule(DeleteRoleError::NotFound))?;
    let found = one(act.tx, &uid).await?;
    let now = act.now;
    let permit = act
        .permit_if(
            Capability::ROLES_DELETE,
            &home,
            |held| match found {
                Some(_) => is_seen(held, &uid, now),
                None => allows(held, Capability::ROLES_DELETE, &home, now),
            },
            DeleteRoleError::NotFound,
            DeleteRoleError::Forbidden,
        )
        .await?;
    let etag = found.as_ref().map(|found| found.role.etag());
    if !act.is_for(etag.as_deref()) {
        return Err(Failure::Rule(DeleteRoleError::Stale));
    }
    let Some(found) = found else {
        act.nothing_changed();
        return Ok(());
    };
    permit
        .reaches(&found.role.capabilities, &home, None, act.now)
        .map_err(|beyond| Failure::Rule(DeleteRoleError::BeyondReach(beyond)))?;
    must_be_unbound(act, &permit, &uid).await?;
    let ended = sqlx::query("DELETE FROM role_bindings WHERE role_uid = $1")
        .bind(uid.as_str())
        .execute(&mut *act.tx)
        .await?;
    sqlx::query("DELETE FROM roles WHERE uid = $1")
        .bind(uid.as_str())
        .execute(&mut *act.tx)
        .await?;
    act.tell("name", found.role.name.as_ref());
    act.tell("ended_bindings", ended.rows_affected().to_string());
    Ok(())
}

async fn must_be_unbound(
    act: &mut Act<'_>,
    permit: &Permit,
    role: &Uidp,
) -> Result<(), Failure<DeleteRoleError>> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS bindings FROM role_bindings
         WHERE role_uid = $1 AND (ends_at IS NULL OR ends_at > $2)",
    )
    .bind(role.as_str())
    .bind(act.now.0)
    .fetch_one(&mut *act.tx)
    .await?;
    let bindings = u64::try_from(row.try_get::<i64, _>("bindings")?).unwrap_or_default();
    if bindings == 0 {
        return Ok(());
    }
    let holders = holders(act, permit, role).await?;
    Err(Failure::Rule(DeleteRoleError::Bound {
        more: bindings.saturating_sub(holders.len() as u64),
        holders,
    }))
}

/// The first who have the role, as far as whoever acts may list role bindings. Names are told of
/// those alone who are in the organization by an act of their own.
async fn holders(
    act: &mut Act<'_>,
    permit: &Permit,
    role: &Uidp,
) -> Result<Vec<RoleHolder>, StoreError> {
    let rows = sqlx::query(
        "SELECT b.group_uid, b.identity_uid, g.name AS group_name, i.name, i.email
         FROM role_bindings b JOIN groups g ON g.uid = b.group_uid
         LEFT JOIN identities i ON i.uid = b.identity_uid AND EXISTS (
             SELECT 1 FROM role_bindings o
             WHERE o.organization = b.organization AND o.identity_uid = b.identity_uid
                 AND o.own_act = 1)
         WHERE b.role_uid = $1 AND (b.ends_at IS NULL OR b.ends_at > $2)
         ORDER BY b.group_uid, b.uid LIMIT $3",
    )
    .bind(role.as_str())
    .bind(act.now.0)
    .bind(LOOKED_AT)
    .fetch_all(&mut *act.tx)
    .await?;
    let mut holders = Vec::new();
    for row in &rows {
        let group = uidp(
            "role_bindings.group_uid",
            row.try_get::<&str, _>("group_uid")?,
        )?;
        if !permit.allows_at(Capability::ROLE_BINDINGS_LIST, &group, act.now) {
            continue;
        }
        let known = |column| -> Result<Option<String>, StoreError> {
            let text: Option<String> = row.try_get(column)?;
            Ok(text.filter(|text| !text.is_empty()))
        };
        let who = match known("name")? {
            Some(name) => Some(name),
            None => known("email")?,
        };
        holders.push(RoleHolder {
            who: match who {
                Some(who) => who,
                None => row.try_get("identity_uid")?,
            },
            at: row.try_get("group_name")?,
        });
        if holders.len() == NAMED {
            break;
        }
    }
    Ok(holders)
}
