//! Creating, renaming and deleting groups. Each is decided and written in one transaction.

use bailiwick_domain::{
    Capability, CreateGroupError, DeleteGroupError, GROUP_DEPTH_MAX, Micros, Uidp,
    UpdateGroupError, owner,
};
use sqlx::{AnyConnection, Row as _};

use crate::access::{Caller, Denied, Permit, permit};
use crate::audit::{self, Entry};
use crate::bindings;
use crate::error::{Failure, StoreError, corrupt};
use crate::groups::read::one;
use crate::groups::{GroupChange, GroupRow, GroupsHandle, NewGroup};
use crate::secret::random_bytes;

/// How many names RESOURCE_NOT_EMPTY gives.
const NAMES: i64 = 10;

impl GroupsHandle<'_> {
    /// Creates a folder below `parent`.
    ///
    /// # Errors
    /// See [`CreateGroupError`].
    pub async fn create_folder(
        &self,
        parent: Uidp,
        group: NewGroup,
    ) -> Result<GroupRow, Failure<CreateGroupError>> {
        let caller = self.caller.clone();
        self.store
            .write(move |tx, now| {
                Box::pin(async move {
                    let permit = permit(tx, &caller, Capability::GROUPS_CREATE, &parent, now)
                        .await?
                        .map_err(|denied| match denied {
                            Denied::Unseen => CreateGroupError::ParentNotFound,
                            Denied::Missing(what) => CreateGroupError::Forbidden(what),
                        })
                        .map_err(Failure::Rule)?;
                    if permit.at.depth() >= GROUP_DEPTH_MAX {
                        return Err(Failure::Rule(CreateGroupError::TooDeep));
                    }
                    let uid = permit
                        .at
                        .child(random_bytes()?)
                        .map_err(|_| Failure::Rule(CreateGroupError::TooDeep))?;
                    insert(tx, &uid, &group, now).await?;
                    written(
                        tx,
                        &caller,
                        "groups.create",
                        &uid,
                        &[("name", group.name.as_str())],
                        now,
                    )
                    .await?;
                    found(tx, &uid).await
                })
            })
            .await
    }

    /// Creates an organization and makes the caller its owner.
    ///
    /// # Errors
    /// See [`CreateGroupError`]; `open` is the server's policy.
    pub async fn create_organization(
        &self,
        group: NewGroup,
        open: bool,
    ) -> Result<GroupRow, Failure<CreateGroupError>> {
        if !open {
            return Err(Failure::Rule(CreateGroupError::OrganizationsClosed));
        }
        let caller = self.caller.clone();
        self.store
            .write(move |tx, now| {
                Box::pin(async move {
                    let uid = Uidp::root(random_bytes()?);
                    insert(tx, &uid, &group, now).await?;
                    bindings::insert(tx, caller.identity(), owner().uid(), &uid, None, now).await?;
                    written(
                        tx,
                        &caller,
                        "groups.create",
                        &uid,
                        &[("name", group.name.as_str())],
                        now,
                    )
                    .await?;
                    found(tx, &uid).await
                })
            })
            .await
    }

    /// Changes name or description.
    ///
    /// # Errors
    /// See [`UpdateGroupError`].
    pub async fn update(
        &self,
        uid: Uidp,
        change: GroupChange,
    ) -> Result<GroupRow, Failure<UpdateGroupError>> {
        let caller = self.caller.clone();
        self.store
            .write(move |tx, now| {
                Box::pin(async move {
                    let permit = permit(tx, &caller, Capability::GROUPS_UPDATE, &uid, now)
                        .await?
                        .map_err(|denied| match denied {
                            Denied::Unseen => UpdateGroupError::NotFound,
                            Denied::Missing(what) => UpdateGroupError::Forbidden(what),
                        })
                        .map_err(Failure::Rule)?;
                    apply(tx, &permit, &change, now).await?;
                    let mut detail = Vec::new();
                    if let Some(name) = &change.name {
                        detail.push(("name", name.as_str()));
                    }
                    if let Some(description) = &change.description {
                        detail.push(("description", description.as_str()));
                    }
                    written(tx, &caller, "groups.update", &uid, &detail, now).await?;
                    found(tx, &uid).await
                })
            })
            .await
    }

    /// Deletes a group without groups below it; its bindings go with it.
    ///
    /// # Errors
    /// See [`DeleteGroupError`].
    pub async fn delete(&self, uid: Uidp) -> Result<(), Failure<DeleteGroupError>> {
        let caller = self.caller.clone();
        self.store
            .write(move |tx, now| {
                Box::pin(async move {
                    let permit = permit(tx, &caller, Capability::GROUPS_DELETE, &uid, now)
                        .await?
                        .map_err(|denied| match denied {
                            Denied::Unseen => DeleteGroupError::NotFound,
                            Denied::Missing(what) => DeleteGroupError::Forbidden(what),
                        })
                        .map_err(Failure::Rule)?;
                    must_be_empty(tx, &permit).await?;
                    let name = found(tx, &uid).await?.name;
                    sqlx::query("DELETE FROM groups WHERE uid = $1")
                        .bind(uid.as_str())
                        .execute(&mut *tx)
                        .await?;
                    written(tx, &caller, "groups.delete", &uid, &[("name", &name)], now).await
                })
            })
            .await
    }
}

/// The name index decides who was first, so two requests at once cannot both have the name.
async fn insert(
    tx: &mut AnyConnection,
    uid: &Uidp,
    group: &NewGroup,
    now: Micros,
) -> Result<(), Failure<CreateGroupError>> {
    let parent = uid.parent();
    let done = sqlx::query(
        "INSERT INTO groups (uid, parent, name, description, create_time, update_time)
         VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (parent, name) DO NOTHING",
    )
    .bind(uid.as_str())
    .bind(parent.as_ref().map_or("", Uidp::as_str))
    .bind(group.name.as_str())
    .bind(group.description.as_str())
    .bind(now.0)
    .execute(tx)
    .await?;
    match done.rows_affected() {
        0 => Err(Failure::Rule(CreateGroupError::NameTaken)),
        _ => Ok(()),
    }
}

async fn apply(
    tx: &mut AnyConnection,
    permit: &Permit,
    change: &GroupChange,
    now: Micros,
) -> Result<(), Failure<UpdateGroupError>> {
    let changed = sqlx::query(
        "UPDATE groups SET name = COALESCE($2, name), description = COALESCE($3, description),
             update_time = $4
         WHERE uid = $1",
    )
    .bind(permit.at.as_str())
    .bind(change.name.as_ref().map(|name| name.as_str().to_owned()))
    .bind(
        change
            .description
            .as_ref()
            .map(|description| description.as_str().to_owned()),
    )
    .bind(now.0)
    .execute(tx)
    .await;
    match changed {
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            Err(Failure::Rule(UpdateGroupError::NameTaken))
        }
        other => Ok(other.map(|_| ())?),
    }
}

async fn must_be_empty(
    tx: &mut AnyConnection,
    permit: &Permit,
) -> Result<(), Failure<DeleteGroupError>> {
    let inside: i64 = sqlx::query("SELECT COUNT(*) AS inside FROM groups WHERE parent = $1")
        .bind(permit.at.as_str())
        .fetch_one(&mut *tx)
        .await?
        .try_get("inside")?;
    if inside == 0 {
        return Ok(());
    }
    let rows = sqlx::query("SELECT name FROM groups WHERE parent = $1 ORDER BY name LIMIT $2")
        .bind(permit.at.as_str())
        .bind(NAMES)
        .fetch_all(tx)
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

/// What every write in an organization leaves behind: a new revision and an audit row.
async fn written<E>(
    tx: &mut AnyConnection,
    caller: &Caller,
    action: &'static str,
    uid: &Uidp,
    detail: &[(&'static str, &str)],
    now: Micros,
) -> Result<(), Failure<E>> {
    let organization = uid.organization();
    sqlx::query("UPDATE groups SET revision = revision + 1 WHERE uid = $1")
        .bind(organization.as_str())
        .execute(&mut *tx)
        .await?;
    audit::record(
        tx,
        now,
        Entry {
            organization: Some(&organization),
            actor: caller.identity().as_str(),
            action,
            target: uid.as_str(),
            request_id: &caller.request_id,
            detail,
        },
    )
    .await?;
    Ok(())
}

async fn found<E>(tx: &mut AnyConnection, uid: &Uidp) -> Result<GroupRow, Failure<E>> {
    let row = one(tx, uid).await?;
    Ok(row.ok_or_else(|| -> StoreError { corrupt("groups.uid", uid.as_str()) })?)
}
