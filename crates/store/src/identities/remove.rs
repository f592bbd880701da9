//! Taking from a person all that they hold at a group and below.

use bailiwick_domain::{Capability, DeleteBindingError, RemoveIdentityError, Uidp};
use sqlx::Row as _;

use crate::access::uidp;
use crate::act::{Act, Actor, Attempt};
use crate::bindings::{DELETE as DELETE_BINDING, delete_binding};
use crate::error::Failure;
use crate::identities::IdentitiesHandle;

/// What the audit trail calls it.
pub(crate) const REMOVE: &str = "identities.remove";

impl IdentitiesHandle<'_> {
    /// Removes all role bindings of a person at a group and below, all or none; answers how many.
    /// Whoever removes themselves leaves, and needs no right for it.
    ///
    /// # Errors
    /// See [`RemoveIdentityError`].
    pub async fn remove(
        &self,
        identity: Uidp,
        group: Uidp,
    ) -> Result<usize, Failure<RemoveIdentityError>> {
        let actor = Actor::Person(self.caller.clone());
        let caller = self.caller.identity().clone();
        self.store
            .act(actor, Attempt::on(REMOVE, &group), move |act| {
                Box::pin(remove_identity(act, caller, identity, group))
            })
            .await
    }
}

/// Removes a person for `caller`, whose act this is.
pub(crate) async fn remove_identity(
    act: &mut Act<'_>,
    caller: Uidp,
    identity: Uidp,
    group: Uidp,
) -> Result<usize, Failure<RemoveIdentityError>> {
    if identity != caller {
        act.permit(
            Capability::ROLE_BINDINGS_DELETE,
            &group,
            RemoveIdentityError::GroupNotFound,
            RemoveIdentityError::Forbidden,
        )
        .await?;
    }
    let (from, to) = group.below_bounds();
    let rows = sqlx::query(
        "SELECT uid FROM role_bindings
         WHERE identity_uid = $1 AND (group_uid = $2 OR (group_uid >= $3 AND group_uid < $4))",
    )
    .bind(identity.as_str())
    .bind(group.as_str())
    .bind(from)
    .bind(to)
    .fetch_all(&mut *act.tx)
    .await?;
    act.tell("identity", identity.as_str());
    for row in &rows {
        let binding = uidp("role_bindings.uid", row.try_get::<&str, _>("uid")?)?;
        let (caller, attempt) = (caller.clone(), Attempt::on(DELETE_BINDING, &binding));
        act.part(attempt, |act| {
            Box::pin(delete_binding(act, caller, binding))
        })
        .await
        .map_err(refused)?;
    }
    if rows.is_empty() {
        act.nothing_changed();
    }
    Ok(rows.len())
}

fn refused(failure: Failure<DeleteBindingError>) -> Failure<RemoveIdentityError> {
    match failure {
        Failure::Store(error) => Failure::Store(error),
        Failure::Rule(rule) => Failure::Rule(match rule {
            // Nobody asks here for a binding as it was.
            DeleteBindingError::NotFound | DeleteBindingError::Stale => {
                RemoveIdentityError::GroupNotFound
            }
            DeleteBindingError::Forbidden(what) => RemoveIdentityError::Forbidden(what),
            DeleteBindingError::BeyondReach(beyond) => RemoveIdentityError::BeyondReach(beyond),
            DeleteBindingError::LastOwner => RemoveIdentityError::LastOwner,
        }),
    }
}
