//! `/iam/v2/access:…`: decisions, why they are so, and what changes would do to them.

mod change;
mod check;
mod effect;
mod explain;
mod explained;

pub(crate) use change::change;
pub(crate) use check::check;
pub(crate) use explain::explain;
