//! Builders, an in-process server and a fake clock, for tests only.
//!
//! [`TestStore`] is a store in a folder of its own, [`TestServer`] the real server on ports of the
//! machine's choice, and a [`Browser`] walks the real way over HTTP: no step of a sign-in is
//! skipped. Requests go over a plain socket ([`http`]), so that a test can send what no HTTP
//! library would.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot be set up has failed"
)]

pub mod browser;
pub mod clock;
pub mod database;
pub mod folder;
pub mod github;
pub mod http;
pub mod liar;
pub mod server;
pub mod store;
pub mod stubborn;

pub use browser::{Begun, Browser};
pub use clock::TestClock;
pub use database::{Backend, Database};
pub use folder::Folder;
pub use github::Github;
pub use http::{Answer, Ask};
pub use liar::{Liar, Lie};
pub use server::TestServer;
pub use store::{SignedIn, TestStore};
pub use stubborn::{Manner, Stubborn};
