//! `/iam/v2/roleBindings`: read the input with the domain's constructors, make one call, answer.

mod read;
mod wire;
mod write;

pub(crate) use read::{get, list};
pub(crate) use wire::bound;
pub(crate) use write::{change, create, delete, new, update};
