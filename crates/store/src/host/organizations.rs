//! Organizations and role bindings, by the host.

use std::collections::HashMap;

use bailiwick_domain::{
    CreateGroupError, HostBindError, HostUnbindError, RootBinding, Uidp, has_owner,
};
use sqlx::Row as _;

use crate::access::{is_there, uidp};
use crate::act::Attempt;
use crate::bindings::{Given, NewBinding, Origin, bound, root_binding};
use crate::error::{Failure, StoreError};
use crate::groups::{GroupRow, NewGroup, found, insert};
use crate::host::HostHandle;
use crate::roles::bindable;
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
                if bindable(act.tx, &binding.role, &binding.group)
                    .await?
                    .is_none()
                {
                    return Err(Failure::Rule(HostBindError::RoleNotFound));
                }
                if binding.ends_at.is_some_and(|end| end <= act.now) {
                    return Err(Failure::Rule(HostBindError::Ended));
                }
                match act.give(&binding, Origin::OwnAct).await? {
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
                let (binding, identity) = bound(act.tx, &uid)
                    .await?
                    .ok_or(Failure::Rule(HostUnbindError::NotFound))?;
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
        let rows = sqlx::query(
            "SELECT b.uid, b.group_uid, b.role_uid, b.ends_at, b.identity_uid, i.issuer, i.suspended,
                 roles.capabilities AS role_capabilities
             FROM groups g JOIN role_bindings b ON b.group_uid = g.uid
             JOIN identities i ON i.uid = b.identity_uid
             LEFT JOIN roles ON roles.uid = b.role_uid
             WHERE g.parent = ''",
        )
        .fetch_all(&mut *snapshot)
        .await?;
        let mut bindings: HashMap<String, Vec<RootBinding>> = HashMap::new();
        for row in &rows {
            if let Some(binding) = root_binding(row, &self.store.issuers)? {
                let organization = row.try_get("group_uid")?;
                bindings.entry(organization).or_default().push(binding);
            }
        }
        let rows = sqlx::query("SELECT uid, name FROM groups WHERE parent = '' ORDER BY name")
            .fetch_all(&mut *snapshot)
            .await?;
        let mut found = Vec::new();
        for row in &rows {
            let uid: String = row.try_get("uid")?;
            if !has_owner(bindings.remove(&uid).unwrap_or_default()) {
                found.push((uidp("groups.uid", &uid)?, row.try_get("name")?));
            }
        }
        Ok(found)
    }
}
