//! Removing a role binding.

use bailiwick_domain::{Capability, DeleteBindingError, Uidp};
use sqlx::Row as _;

use crate::access::{grant, uidp};
use crate::act::{Actor, Attempt};
use crate::bindings::{RoleBindingsHandle, group_of};
use crate::error::{Failure, corrupt};

impl RoleBindingsHandle<'_> {
    /// Removes a binding. One's own may always go, but for rule 3. What is not there, where the
    /// caller may remove bindings, is no write and no error.
    ///
    /// # Errors
    /// See [`DeleteBindingError`].
    pub async fn delete(&self, uid: Uidp) -> Result<(), Failure<DeleteBindingError>> {
        let actor = Actor::Person(self.caller.clone());
        let caller = self.caller.identity().clone();
        self.store
            .act(
                actor,
                Attempt::on("role_bindings.delete", &uid),
                move |act| {
                    Box::pin(async move {
                        let group =
                            group_of(&uid).ok_or(Failure::Rule(DeleteBindingError::NotFound))?;
                        let row = sqlx::query(
                            "SELECT uid, group_uid, role_uid, ends_at, identity_uid
                         FROM role_bindings WHERE uid = $1",
                        )
                        .bind(uid.as_str())
                        .fetch_optional(&mut *act.tx)
                        .await?;
                        let identity = row
                            .as_ref()
                            .map(|row| {
                                uidp(
                                    "role_bindings.identity_uid",
                                    row.try_get::<&str, _>("identity_uid")?,
                                )
                            })
                            .transpose()?;
                        let own = identity.as_ref() == Some(&caller);
                        let permit = match own {
                            true => None,
                            false => Some(
                                act.permit(
                                    Capability::ROLE_BINDINGS_DELETE,
                                    &group,
                                    DeleteBindingError::NotFound,
                                    DeleteBindingError::Forbidden,
                                )
                                .await?,
                            ),
                        };
                        let (Some(row), Some(identity)) = (row, identity) else {
                            act.nothing_changed();
                            return Ok(());
                        };
                        let binding = grant(&row)?
                            .ok_or_else(|| corrupt("role_bindings.role_uid", uid.as_str()))?;
                        if let Some(permit) = permit
                            && !binding.has_ended(act.now)
                        {
                            permit
                                .reaches(
                                    &binding.capabilities,
                                    &binding.group,
                                    binding.ends_at,
                                    act.now,
                                )
                                .map_err(|beyond| {
                                    Failure::Rule(DeleteBindingError::BeyondReach(beyond))
                                })?;
                        }
                        match act.take(&binding, &identity).await? {
                            true => Ok(()),
                            false => Err(Failure::Rule(DeleteBindingError::LastOwner)),
                        }
                    })
                },
            )
            .await
    }
}
