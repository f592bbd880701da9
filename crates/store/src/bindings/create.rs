//! Binding a role.

use bailiwick_domain::{Capability, CreateBindingError, EndError, Micros, Uidp, may_end};

use crate::act::{Act, Attempt};
use crate::bindings::get::one;
use crate::bindings::{Given, Origin, RoleBindingRow, RoleBindingsHandle};
use crate::error::{Failure, corrupt};
use crate::roles::bindable;

/// What the audit trail calls it.
pub(crate) const CREATE: &str = "role_bindings.create";

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
        let caller = self.caller.identity().clone();
        let attempt = Attempt::on(CREATE, &binding.group);
        self.store
            .act_for(self.caller, &self.if_match, attempt, move |act| {
                Box::pin(create_binding(act, caller, binding))
            })
            .await
    }
}

/// Binds a role for `caller`, whose act this is.
pub(crate) async fn create_binding(
    act: &mut Act<'_>,
    caller: Uidp,
    binding: NewBinding,
) -> Result<RoleBindingRow, Failure<CreateBindingError>> {
    let permit = act
        .permit(
            Capability::ROLE_BINDINGS_CREATE,
            &binding.group,
            CreateBindingError::GroupNotFound,
            CreateBindingError::Forbidden,
        )
        .await?;
    let role = bindable(act.tx, &binding.role, &permit.at)
        .await?
        .ok_or(Failure::Rule(CreateBindingError::RoleNotFound))?;
    if role.reserved {
        return Err(Failure::Rule(CreateBindingError::RoleReserved));
    }
    may_end(binding.ends_at, act.now).map_err(|wrong| {
        Failure::Rule(match wrong {
            EndError::Past => CreateBindingError::Ended,
            EndError::TooFar => CreateBindingError::EndTooFar,
        })
    })?;
    permit
        .reaches(&role.capabilities, &permit.at, binding.ends_at, act.now)
        .map_err(|beyond| Failure::Rule(CreateBindingError::BeyondReach(beyond)))?;
    act.step_up_for_owner(&role.capabilities, &permit.at)?;
    let origin = match binding.identity == caller {
        true => Origin::OwnAct,
        false => Origin::OthersAct,
    };
    let uid = match act.give(&binding, origin).await? {
        Given::Made(uid) | Given::Already(uid) => uid,
        Given::OtherEnd => return Err(Failure::Rule(CreateBindingError::OtherEnd)),
    };
    let row = one(act.tx, &uid, &caller).await?;
    Ok(row.ok_or_else(|| corrupt("role_bindings.uid", uid.as_str()))?)
}
