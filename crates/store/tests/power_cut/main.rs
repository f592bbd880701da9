//! What a power cut leaves. A child writes to a database and acknowledges; a shim under it notes
//! every change of every file and every sync. From that the disk is put together as it may be
//! found after a cut at any point: what was synced is there, of the rest some sectors are and
//! some are not. All that was acknowledged before the cut must be there, and the same check must
//! find the loss when nothing is synced.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod check;
mod child;
mod disk;
mod log;

use std::collections::BTreeMap;

use bailiwick_testkit::Folder;
use check::{Damage, Kind};
use disk::{Chance, Disk};
use log::Log;

/// Every cut is drawn from its number and this, so that a failure can be seen again.
const SEED: u64 = 0x0b41_11ff;

/// Whether a disk keeps what it was told to sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syncs {
    Kept,
    Ignored,
}

fn cuts() -> u64 {
    let is_soak = std::env::var("BAILIWICK_SOAK").is_ok_and(|soak| soak == "1");
    if is_soak { 1000 } else { 25 }
}

/// Cuts the power at a random point of the log, and looks at what is left.
async fn cut(log: &Log, syncs: Syncs, number: u64) -> Result<(), Damage> {
    let mut chance = Chance::new(SEED + number);
    let first = log.first_acknowledgement();
    // One in eight while the database is made: nothing is promised yet, but it must open.
    let at = match chance.below(8) {
        0 => chance.below(first + 1),
        _ => first + chance.below(log.records().len() - first) + 1,
    };
    let mut disk = Disk::default();
    for record in &log.records()[..at] {
        disk.apply(record, syncs);
    }
    let left = Folder::new();
    disk.write_what_is_left(left.path(), &mut chance);
    check::check(left.path(), &log.acknowledged(at)).await
}

/// All cuts, each of which must leave everything.
async fn must_survive(log: &Log) {
    for number in 0..cuts() {
        if let Err(damage) = cut(log, Syncs::Kept, number).await {
            panic!("cut {number}: {damage}");
        }
    }
}

/// Fewer cuts, of which some must lose what was acknowledged.
async fn must_lose(log: &Log, syncs: Syncs) {
    let mut found: BTreeMap<Option<Kind>, usize> = BTreeMap::new();
    for number in 0..25 {
        let damage = cut(log, syncs, number).await.err();
        *found.entry(damage.map(|damage| damage.kind)).or_default() += 1;
    }
    println!("{found:?}");
    assert!(found.contains_key(&Some(Kind::Lost)), "{found:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_writes_of_the_store_survive_a_power_cut() {
    let log = child::record("child::writes_through_the_store", "");
    // Or else no cut falls into the moving of pages to the database's own file.
    assert!(log.has_checkpoint(), "no checkpoint");
    must_survive(&log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_store_loses_acknowledged_writes_on_a_disk_that_ignores_syncs() {
    let log = child::record("child::writes_through_the_store", "");
    must_lose(&log, Syncs::Ignored).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_syncs_fully_loses_nothing() {
    must_survive(&child::record("child::writes_by_itself", "FULL")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_syncs_less_loses_acknowledged_writes() {
    for synchronous in ["OFF", "NORMAL"] {
        let log = child::record("child::writes_by_itself", synchronous);
        must_lose(&log, Syncs::Kept).await;
    }
}
