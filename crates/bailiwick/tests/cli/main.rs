//! The command line as people type it: the real binary against the real server, with what it says
//! on stdout and stderr, and its exit code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod access;
mod canned;
mod credentials;
mod device;
mod groups;
mod invites;
mod login;
mod machine;
mod network;
mod offline;
mod roles;
#[cfg(target_os = "linux")]
mod terminal;
