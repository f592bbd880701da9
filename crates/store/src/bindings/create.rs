//! Binding a role.

use bailiwick_domain::{BuiltInRole, Capability, CreateBindingError, Micros, Uidp};

use crate::act::{Actor, Attempt};
use crate::bindings::get::one;
use crate::bindings::{Given, RoleBindingRow, RoleBindingsHandle};
use crate::error::{Failure, corrupt};

/// A role to be bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBinding {
    /// To whom. May be someone who has never signed in here.
    pub identity: Uidp,
    /// Which role.
    pub role: Uidp,
    /// Where it holds, and below.
    pub group: Uidp,
    /// When it ends, if it does.
    pub ends_at: Option<Micros>,
}

impl RoleBindingsHandle<'_> {
    /// Binds a role. What is bound already in the same way is no write.
    ///
    /// # Errors
    /// See [`CreateBindingError`].
    pub async fn create(
        &self,
        binding: NewBinding,
    ) -> Result<RoleBindingRow, Failure<CreateBindingError>> {
        let actor = Actor::Person(self.caller.clone());
        let caller = self.caller.identity().clone();
        let attempt = Attempt::on("role_bindings.create", &binding.group);
        self.store
            .act(actor, attempt, move |act| {
                Box::pin(async move {
                    let permit = act
                        .permit(
                            Capability::ROLE_BINDINGS_CREATE,
                            &binding.group,
                            CreateBindingError::GroupNotFound,
                            CreateBindingError::Forbidden,
                        )
                        .await?;
                    let role = BuiltInRole::by_uid(&binding.role)
                        .ok_or(Failure::Rule(CreateBindingError::RoleNotFound))?;
                    if role.reserved {
                        return Err(Failure::Rule(CreateBindingError::RoleReserved));
                    }
                    if binding.ends_at.is_some_and(|end| end <= act.now) {
                        return Err(Failure::Rule(CreateBindingError::Ended));
                    }
                    permit
                        .reaches(&role.capabilities, &permit.at, binding.ends_at, act.now)
                        .map_err(|beyond| Failure::Rule(CreateBindingError::BeyondReach(beyond)))?;
                    let uid = match act.give(&binding, binding.identity == caller).await? {
                        Given::Made(uid) | Given::Already(uid) => uid,
                        Given::OtherEnd => {
                            return Err(Failure::Rule(CreateBindingError::OtherEnd));
                        }
                    };
                    let row = one(act.tx, &uid, &caller).await?;
                    Ok(row.ok_or_else(|| corrupt("role_bindings.uid", uid.as_str()))?)
                })
            })
            .await
    }
}
