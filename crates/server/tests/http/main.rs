//! The server over HTTP, as anyone may come at it. One binary, a module for each subject.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod adversary;
mod bindings_change;
mod client;
mod client_redirects;
mod client_secrets;
mod clients;
mod csrf;
mod device_guesses;
mod github;
mod group_invites;
mod headers;
mod host;
mod input;
mod invite_ends;
mod issuer;
mod liar;
mod limits;
mod paging;
mod providers;
mod reading;
mod role_bindings;
mod roles;
mod sessions;
mod sign_in;
mod sweep;
mod tokens;
mod world;
