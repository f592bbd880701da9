//! Resources: `/iam/v2/…`. A handler reads the input, makes one call on its handle, and answers.

pub(crate) mod access;
pub(crate) mod capabilities;
pub(crate) mod group_invites;
pub(crate) mod groups;
pub(crate) mod identities;
mod paging;
pub(crate) mod role_bindings;
pub(crate) mod roles;
