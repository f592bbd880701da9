//! A PostgreSQL server for the tests: found or installed, given a cluster of its own in
//! a temporary folder, and taken away at the end, however the end comes.

mod account;
mod certificates;
mod cluster;
mod folder;
mod programs;

pub(crate) use self::cluster::Cluster;
pub(crate) use self::programs::{Programs, ensure};
