//! `/iam/v2/groupInvites`: read the input with the domain's constructors, make one call, answer.

mod code;
mod read;
mod wire;
mod write;

pub(crate) use code::{accept, decline, inspect};
pub(crate) use read::{get, list};
pub(crate) use wire::inviter;
pub(crate) use write::{create, create_batch, delete, extend, reissue};
