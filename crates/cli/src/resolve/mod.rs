//! What people write for groups, roles and identities, and what it means.

mod groups;
mod identities;
mod roles;

pub(crate) use groups::{Wanted, group};
pub(crate) use identities::identity;
pub(crate) use roles::role;

use crate::failure::Failure;

/// The only one of several, or why it cannot be told which. `what` is as `folder "ci"`, and `line`
/// tells candidates apart.
fn only<T>(
    mut found: Vec<T>,
    what: &str,
    none: &str,
    line: impl Fn(&T) -> String,
) -> Result<T, Failure> {
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(last), false) => {
            found.push(last);
            let say = format!("There is more than one {what}. Say which by its id:");
            Err(Failure::refused(say).lines(found.iter().map(line)))
        }
        (None, _) => Err(Failure::refused(none)),
    }
}
