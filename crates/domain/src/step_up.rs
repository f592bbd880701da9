//! What takes a sign-in that is not long ago, so that a browser left open cannot do it.

use std::time::Duration;

use thiserror::Error;

use crate::{CapabilitySet, Micros, Refusal, Uidp, owner};

/// So long a sign-in counts as recent.
pub const STEP_UP_WITHIN: Duration = Duration::from_secs(15 * 60);

/// The last sign-in was too long ago for this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("This takes a sign-in of the last 15 minutes. Sign in again, and do it once more.")]
pub struct StepUpRequired;

impl Refusal for StepUpRequired {
    fn reason(&self) -> &'static str {
        "STEP_UP_REQUIRED"
    }
}

/// Whether somebody who proved who they are at `auth_time` has done so recently.
///
/// # Errors
/// [`StepUpRequired`] if it was more than [`STEP_UP_WITHIN`] ago.
pub fn signed_in_recently(auth_time: Micros, now: Micros) -> Result<(), StepUpRequired> {
    match auth_time < now.earlier(STEP_UP_WITHIN) {
        true => Err(StepUpRequired),
        false => Ok(()),
    }
}

/// Whether a grant of `capabilities` at `at` makes an owner of an organization.
pub fn makes_owner(capabilities: &CapabilitySet, at: &Uidp) -> bool {
    at.parent().is_none() && owner().capabilities.is_subset_of(capabilities)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{editor, gulfstream};

    #[test]
    fn a_sign_in_is_recent_for_fifteen_minutes_to_the_microsecond() {
        let signed_in = Micros::from_seconds(1_000_000);
        let end = signed_in.later(STEP_UP_WITHIN);
        assert_eq!(signed_in_recently(signed_in, end), Ok(()));
        let after = Micros(end.0 + 1);
        assert_eq!(signed_in_recently(signed_in, after), Err(StepUpRequired));
    }

    #[test]
    fn an_owner_is_made_by_all_that_owners_have_at_the_root_and_nowhere_else() {
        let organization = Uidp::root([1; 20]);
        let folder = organization.child([2; 8]).unwrap();
        let all = owner().capabilities;
        assert!(makes_owner(&all, &organization));
        assert!(makes_owner(
            &all.union(&gulfstream().capabilities),
            &organization
        ));
        assert!(!makes_owner(&all, &folder));
        assert!(!makes_owner(&editor().capabilities, &organization));
    }
}
