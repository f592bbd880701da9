//! Deleting a group, alone or with everything below.

use bailiwick_domain::{Capability, DeleteGroupError, Uidp};
use sqlx::Row as _;

use crate::access::{Permit, grant};
use crate::act::{Act, Attempt};
use crate::error::Failure;
use crate::groups::{GroupsHandle, found};

/// How many names RESOURCE_NOT_EMPTY gives.
const NAMES: i64 = 10;

/// What may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    /// Only a group without groups below it.
    Empty,
    /// The group and everything below (`force`, AIP-135).
    Subtree,
}

impl GroupsHandle<'_> {
    /// Deletes a group; its role bindings and invites go with it. Rule 2 holds for each of the
    /// bindings, as if it were removed by itself.
    ///
    /// # Errors
    /// See [`DeleteGroupError`].
    pub async fn delete(
        &self,
        uid: Uidp,
        deletion: Deletion,
    ) -> Result<(), Failure<DeleteGroupError>> {
        self.store
            .act_for(
                self.caller,
                &self.if_match,
                Attempt::on("groups.delete", &uid),
                move |act| {
                    Box::pin(async move {
                        let permit = act
                            .permit(
                                Capability::GROUPS_DELETE,
                                &uid,
                                DeleteGroupError::NotFound,
                                DeleteGroupError::Forbidden,
                            )
                            .await?;
                        let before = found(act, &permit.at).await?;
                        if !act.is_for(Some(&before.etag())) {
                            return Err(Failure::Rule(DeleteGroupError::Stale));
                        }
                        if deletion == Deletion::Empty {
                            must_be_empty(act, &permit).await?;
                        }
                        must_reach_all_inside(act, &permit).await?;
                        if permit.at.parent().is_none() {
                            act.step_up()?;
                        }
                        act.tell("name", before.name);
                        let (from, to) = permit.at.below_bounds();
                        // Role bindings and invites follow by their reference to the group.
                        let gone = sqlx::query(
                            "DELETE FROM groups WHERE uid = $1 OR (uid >= $2 AND uid < $3)",
                        )
                        .bind(permit.at.as_str())
                        .bind(from)
                        .bind(to)
                        .execute(&mut *act.tx)
                        .await?;
                        act.tell("groups", gone.rows_affected().to_string());
                        Ok(())
                    })
                },
            )
            .await
    }
}

async fn must_be_empty(
    act: &mut Act<'_>,
    permit: &Permit,
) -> Result<(), Failure<DeleteGroupError>> {
    let inside: i64 = sqlx::query("SELECT COUNT(*) AS inside FROM groups WHERE parent = $1")
        .bind(permit.at.as_str())
        .fetch_one(&mut *act.tx)
        .await?
        .try_get("inside")?;
    if inside == 0 {
        return Ok(());
    }
    let rows = sqlx::query("SELECT name FROM groups WHERE parent = $1 ORDER BY name LIMIT $2")
        .bind(permit.at.as_str())
        .bind(NAMES)
        .fetch_all(&mut *act.tx)
        .await?;
    let names = rows
        .iter()
        .map(|row| row.try_get("name"))
        .collect::<Result<Vec<String>, _>>()?;
    Err(Failure::Rule(DeleteGroupError::NotEmpty {
        more: u64::try_from(inside - NAMES).unwrap_or_default(),
        names,
    }))
}

/// Rule 2 for every role binding at the group and below it, and for every invite that can still
/// become one.
async fn must_reach_all_inside(
    act: &mut Act<'_>,
    permit: &Permit,
) -> Result<(), Failure<DeleteGroupError>> {
    let (from, to) = permit.at.below_bounds();
    let rows = sqlx::query(
        "SELECT inside.uid, inside.group_uid, inside.role_uid, inside.ends_at,
             roles.capabilities AS role_capabilities
         FROM (
             SELECT uid, group_uid, role_uid, ends_at FROM role_bindings
             WHERE group_uid = $1 OR (group_uid >= $2 AND group_uid < $3)
             UNION ALL
             SELECT uid, group_uid, role_uid, ends_at FROM group_invites
             WHERE (group_uid = $1 OR (group_uid >= $2 AND group_uid < $3))
                 AND close = '' AND expire_time > $4) inside
         LEFT JOIN roles ON roles.uid = inside.role_uid",
    )
    .bind(permit.at.as_str())
    .bind(from)
    .bind(to)
    .bind(act.now.0)
    .fetch_all(&mut *act.tx)
    .await?;
    for row in &rows {
        let Some(inside) = grant(row)?.filter(|inside| !inside.has_ended(act.now)) else {
            continue;
        };
        permit
            .reaches(&inside.capabilities, &inside.group, inside.ends_at, act.now)
            .map_err(|beyond| Failure::Rule(DeleteGroupError::BeyondReach(beyond)))?;
    }
    Ok(())
}
