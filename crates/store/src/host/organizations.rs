//! Organizations and role bindings, by the host.

use bailiwick_domain::{BuiltInRole, CreateGroupError, HostBindError, HostUnbindError, Uidp};
use sqlx::Row as _;

use crate::access::{grant, is_there, uidp};
use crate::act::Attempt;
use crate::bindings::{Given, NewBinding, owned};
use crate::error::{Failure, StoreError, corrupt};
use crate::groups::{GroupRow, NewGroup, found, insert};
use crate::host::HostHandle;
use crate::secret::random_bytes;

impl HostHandle<'_> {
    /// Creates an organization that nobody owns yet.
    ///
    /// # Errors
    /// [`CreateGroupError::NameTaken`].
    pub async fn create_organization(
        &self,
        group: NewGroup,
    ) -> Result<GroupRow, Failure<CreateGroupError>> {
        let attempt = Attempt {
            action: "groups.create",
            organization: None,
            target: String::new(),
        };
        self.act(attempt, move |act| {
            Box::pin(async move {
                let uid = Uidp::root(random_bytes()?);
                insert(act, &uid, &group).await?;
                found(act, &uid).await
            })
        })
        .await
    }

    /// Binds any role, reserved ones too. Answers the binding, which may have been there.
    ///
    /// # Errors
    /// See [`HostBindError`].
    pub async fn bind(&self, binding: NewBinding) -> Result<Uidp, Failure<HostBindError>> {
        let attempt = Attempt::on("role_bindings.create", &binding.group);
        self.act(attempt, move |act| {
            Box::pin(async move {
                if !is_there(act.tx, &binding.group).await? {
                    return Err(Failure::Rule(HostBindError::GroupNotFound));
                }
                if BuiltInRole::by_uid(&binding.role).is_none() {
                    return Err(Failure::Rule(HostBindError::RoleNotFound));
                }
                if binding.ends_at.is_some_and(|end| end <= act.now) {
                    return Err(Failure::Rule(HostBindError::Ended));
                }
                match act.give(&binding, true).await? {
                    Given::Made(uid) | Given::Already(uid) => Ok(uid),
                    Given::OtherEnd => Err(Failure::Rule(HostBindError::OtherEnd)),
                }
            })
        })
        .await
    }

    /// Removes a role binding. With `ownerless` even the last owner's.
    ///
    /// # Errors
    /// See [`HostUnbindError`].
    pub async fn unbind(&self, uid: Uidp, ownerless: bool) -> Result<(), Failure<HostUnbindError>> {
        self.act(Attempt::on("role_bindings.delete", &uid), move |act| {
            Box::pin(async move {
                let row = sqlx::query(
                    "SELECT uid, group_uid, role_uid, ends_at, identity_uid
                     FROM role_bindings WHERE uid = $1",
                )
                .bind(uid.as_str())
                .fetch_optional(&mut *act.tx)
                .await?
                .ok_or(Failure::Rule(HostUnbindError::NotFound))?;
                let identity = uidp(
                    "role_bindings.identity_uid",
                    row.try_get::<&str, _>("identity_uid")?,
                )?;
                let binding =
                    grant(&row)?.ok_or_else(|| corrupt("role_bindings.role_uid", uid.as_str()))?;
                if act.take(&binding, &identity).await? || ownerless {
                    Ok(())
                } else {
                    Err(Failure::Rule(HostUnbindError::LastOwner))
                }
            })
        })
        .await
    }

    /// The organizations that nobody who can sign in owns for good: those from
    /// `bailiwick admin create-org` that nobody has joined, and those that a change of the
    /// configuration has left so.
    ///
    /// # Errors
    /// The database failed.
    pub async fn ownerless(&self) -> Result<Vec<(Uidp, String)>, StoreError> {
        let mut snapshot = self.store.readers.begin().await?;
        let rows = sqlx::query("SELECT uid, name FROM groups WHERE parent = '' ORDER BY name")
            .fetch_all(&mut *snapshot)
            .await?;
        let mut found = Vec::new();
        for row in &rows {
            let uid = uidp("groups.uid", row.try_get::<&str, _>("uid")?)?;
            if !owned(&mut snapshot, &uid, &self.store.issuers).await? {
                found.push((uid, row.try_get("name")?));
            }
        }
        Ok(found)
    }
}
