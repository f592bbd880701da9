//! One of several changes, by the function that makes it when it comes alone.

use bailiwick_domain::{ChangeError, Uidp};

use crate::act::{Act, Attempt};
use crate::bindings::{self, create_binding, delete_binding, update_binding};
use crate::changes::AccessChange;
use crate::error::{Failure, StoreError};
use crate::identities::{REMOVE, remove_identity};
use crate::roles::{self, create_role, delete_role, update_role};

/// Makes it as a part of the act. What a rule refuses leaves nothing behind.
pub(super) async fn make(
    act: &mut Act<'_>,
    caller: &Uidp,
    change: AccessChange,
) -> Result<(), Failure<ChangeError>> {
    savepoint(act, "SAVEPOINT change").await?;
    let made = attempt(act, caller.clone(), change).await;
    if made.is_err() {
        savepoint(act, "ROLLBACK TO change").await?;
    }
    savepoint(act, "RELEASE change").await?;
    made
}

/// A statement about savepoints.
pub(super) async fn savepoint(act: &mut Act<'_>, sql: &'static str) -> Result<(), StoreError> {
    sqlx::raw_sql(sql).execute(&mut *act.tx).await?;
    Ok(())
}

async fn attempt(
    act: &mut Act<'_>,
    caller: Uidp,
    change: AccessChange,
) -> Result<(), Failure<ChangeError>> {
    match change {
        AccessChange::CreateBinding(new) => {
            let attempt = Attempt::on(bindings::CREATE, &new.group);
            let made = act.part(attempt, |act| Box::pin(create_binding(act, caller, new)));
            made.await.map(|_| ()).map_err(rule)
        }
        AccessChange::UpdateBinding(uid, change) => {
            let attempt = Attempt::on(bindings::UPDATE, &uid);
            let made = act.part(attempt, |act| {
                Box::pin(update_binding(act, caller, uid, change))
            });
            made.await.map(|_| ()).map_err(rule)
        }
        AccessChange::DeleteBinding(uid) => {
            let attempt = Attempt::on(bindings::DELETE, &uid);
            let made = act.part(attempt, |act| Box::pin(delete_binding(act, caller, uid)));
            made.await.map_err(rule)
        }
        AccessChange::CreateRole(new) => {
            let attempt = Attempt::on(roles::CREATE, &new.group);
            let made = act.part(attempt, |act| Box::pin(create_role(act, new)));
            made.await.map(|_| ()).map_err(rule)
        }
        AccessChange::UpdateRole(uid, change) => {
            let attempt = Attempt::on(roles::UPDATE, &uid);
            let made = act.part(attempt, |act| Box::pin(update_role(act, uid, change)));
            made.await.map(|_| ()).map_err(rule)
        }
        AccessChange::DeleteRole(uid) => {
            let attempt = Attempt::on(roles::DELETE, &uid);
            let made = act.part(attempt, |act| Box::pin(delete_role(act, uid)));
            made.await.map_err(rule)
        }
        AccessChange::RemoveIdentity { identity, group } => {
            let attempt = Attempt::on(REMOVE, &group);
            let made = act.part(attempt, |act| {
                Box::pin(remove_identity(act, caller, identity, group))
            });
            made.await.map(|_| ()).map_err(rule)
        }
    }
}

fn rule<E: Into<ChangeError>>(failure: Failure<E>) -> Failure<ChangeError> {
    match failure {
        Failure::Rule(rule) => Failure::Rule(rule.into()),
        Failure::Store(error) => Failure::Store(error),
    }
}
