//! Refusals that say more than what they refuse: of which part of a body, and what is there instead.

use bailiwick_api::status::{Detail, FieldViolation};
use serde::Serialize;

use crate::error::{Error, STALE};

impl Error {
    /// Whether the thing is not in the state that the write was for.
    pub(crate) fn is_stale(&self) -> bool {
        self.status.reason() == Some(STALE)
    }

    /// The same refusal with the thing as it is, if it is there for the caller to see.
    pub(crate) fn with_present(mut self, resource: Option<&impl Serialize>) -> Self {
        if let Some(resource) = resource.and_then(|some| serde_json::to_value(some).ok()) {
            self.present = Some(Box::new(resource));
        }
        self
    }

    /// The same refusal of one of several requests: fields are named from the whole body. `part` is
    /// where in the request, or empty.
    pub(crate) fn within(mut self, request: &str, part: &str) -> Self {
        let mut message = self.status.message.clone();
        let mut is_field = false;
        for detail in &mut self.status.details {
            if let Detail::BadRequest { field_violations } = detail {
                is_field = true;
                for violation in field_violations {
                    let mut whole = vec![request, part, &violation.field];
                    whole.retain(|part| !part.is_empty());
                    let whole = whole.join(".");
                    // As `Status::invalid` says it, and not wherever else the word may stand.
                    let said = |field: &str| format!(": {field}: ");
                    message = message.replacen(&said(&violation.field), &said(&whole), 1);
                    violation.field = whole;
                }
            }
        }
        if !is_field {
            self.status.details.push(Detail::BadRequest {
                field_violations: vec![FieldViolation {
                    field: request.to_owned(),
                    description: message.clone(),
                }],
            });
        }
        self.status.message = message;
        self
    }

    /// Several fields are wrong: `errors` are all of [`invalid`](Self::invalid).
    pub(crate) fn all(errors: Vec<Self>) -> Option<Self> {
        let mut errors = errors.into_iter();
        let mut first = errors.next()?;
        for other in errors {
            first.status.details.extend(
                other
                    .status
                    .details
                    .into_iter()
                    .filter(|detail| matches!(detail, Detail::BadRequest { .. })),
            );
        }
        let mut all = Vec::new();
        first.status.details.retain_mut(|detail| match detail {
            Detail::BadRequest { field_violations } => {
                all.append(field_violations);
                false
            }
            _ => true,
        });
        let violations = Detail::BadRequest {
            field_violations: all,
        };
        first.status.details.push(violations);
        Some(first)
    }
}
