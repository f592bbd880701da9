//! Binding many roles at once, in one transaction.

use bailiwick_domain::{BatchBindingError, CreateBindingError};

use crate::act::Attempt;
use crate::bindings::create::{CREATE, create_binding};
use crate::bindings::{NewBinding, RoleBindingRow, RoleBindingsHandle};
use crate::error::Failure;

const BATCH_CREATE: &str = "role_bindings.batch_create";

impl RoleBindingsHandle<'_> {
    /// Binds all of these roles or none, and answers the bindings in their order. What is bound
    /// already in the same way, or stands further up, is no write.
    ///
    /// # Errors
    /// See [`BatchBindingError`].
    pub async fn create_batch(
        &self,
        bindings: Vec<NewBinding>,
    ) -> Result<Vec<RoleBindingRow>, Failure<BatchBindingError>> {
        let Some(first) = bindings.first() else {
            return Ok(Vec::new());
        };
        let organization = first.group.organization();
        let caller = self.caller.identity().clone();
        self.store
            .act_for(
                self.caller,
                &self.if_match,
                Attempt::on(BATCH_CREATE, &organization),
                move |act| {
                    Box::pin(async move {
                        act.nothing_changed();
                        let mut rows = Vec::with_capacity(bindings.len());
                        for (at, binding) in bindings.into_iter().enumerate() {
                            // Another one is not locked.
                            if !organization.reaches(&binding.group) {
                                return Err(refused(
                                    at,
                                    Failure::Rule(CreateBindingError::GroupNotFound),
                                ));
                            }
                            let (caller, attempt) =
                                (caller.clone(), Attempt::on(CREATE, &binding.group));
                            let row = act
                                .part(attempt, move |act| {
                                    Box::pin(create_binding(act, caller, binding))
                                })
                                .await
                                .map_err(|failure| refused(at, failure))?;
                            rows.push(row);
                        }
                        act.tell("role_bindings", rows.len().to_string());
                        Ok(rows)
                    })
                },
            )
            .await
    }
}

fn refused(at: usize, failure: Failure<CreateBindingError>) -> Failure<BatchBindingError> {
    match failure {
        Failure::Rule(error) => Failure::Rule(BatchBindingError { at, error }),
        Failure::Store(error) => Failure::Store(error),
    }
}
