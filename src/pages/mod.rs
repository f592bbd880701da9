//! The pages. None of them imports another one.

pub(crate) mod activate;
pub(crate) mod authorize;
pub(crate) mod callback;
#[cfg(feature = "dev-ui")]
pub(crate) mod components;
pub(crate) mod group;
pub(crate) mod invite;
pub(crate) mod login;
pub(crate) mod me;
pub(crate) mod members;
pub(crate) mod not_found;
pub(crate) mod organizations;
pub(crate) mod person;
pub(crate) mod role;
pub(crate) mod roles;
