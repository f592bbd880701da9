//! `bailiwick serve` in production, as whoever runs it meets it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod certificates;
mod production;
mod stopping;
mod tls;
