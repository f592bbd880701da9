//! Removing a role binding.

use bailiwick_domain::{Capability, DeleteBindingError, Uidp};

use crate::act::{Act, Attempt};
use crate::bindings::get::is_for;
use crate::bindings::{RoleBindingsHandle, bound, group_of};
use crate::error::Failure;

/// What the audit trail calls it.
pub(crate) const DELETE: &str = "role_bindings.delete";

impl RoleBindingsHandle<'_> {
    /// Removes a binding. One's own may always go, but for rule 3. What is not there, where the
    /// caller may remove bindings, is no write and no error.
    ///
    /// # Errors
    /// See [`DeleteBindingError`].
    pub async fn delete(&self, uid: Uidp) -> Result<(), Failure<DeleteBindingError>> {
        let caller = self.caller.identity().clone();
        self.store
            .act_for(
                self.caller,
                &self.if_match,
                Attempt::on(DELETE, &uid),
                move |act| Box::pin(delete_binding(act, caller, uid)),
            )
            .await
    }
}

/// Removes a binding for `caller`, whose act this is.
pub(crate) async fn delete_binding(
    act: &mut Act<'_>,
    caller: Uidp,
    uid: Uidp,
) -> Result<(), Failure<DeleteBindingError>> {
    let group = group_of(&uid).ok_or(Failure::Rule(DeleteBindingError::NotFound))?;
    let found = bound(act.tx, &uid).await?;
    let own = found
        .as_ref()
        .is_some_and(|(_, identity)| *identity == caller);
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
    if !is_for(act, &caller, &uid).await? {
        return Err(Failure::Rule(DeleteBindingError::Stale));
    }
    let Some((binding, identity)) = found else {
        act.nothing_changed();
        return Ok(());
    };
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
            .map_err(|beyond| Failure::Rule(DeleteBindingError::BeyondReach(beyond)))?;
    }
    match act.take(&binding, &identity).await? {
        true => Ok(()),
        false => Err(Failure::Rule(DeleteBindingError::LastOwner)),
    }
}
