//! The processes that write until they are done, and how they are started under the shim. Each is
//! this very binary.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use bailiwick_domain::Uidp;
use bailiwick_store::{Location, Store, SystemClock};
use bailiwick_testkit::Folder;
use bailiwick_testkit::store::{group, options, sign_in};
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};

use crate::log::{ACKNOWLEDGEMENTS, Log};

/// The database's file in the watched folder.
pub(crate) const DATABASE: &str = "bailiwick.sqlite";
const FOLDER: &str = "POWER_CUT_FOLDER";
const LOG: &str = "POWER_CUT_LOG";
const SYNCHRONOUS: &str = "POWER_CUT_SYNCHRONOUS";

/// How many write at a time, so that commits are shared, and how much each writes.
const WRITERS: usize = 8;
const WRITES: usize = 100;

/// Runs a child until it is done, and reads what the shim wrote down.
pub(crate) fn record(child: &str, synchronous: &str) -> Log {
    let (folder, beside) = (Folder::new(), Folder::new());
    let log = beside.path().join("log");
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", child, "--ignored"])
        .env("LD_PRELOAD", shim(beside.path()))
        .env(FOLDER, folder.path())
        .env(LOG, &log)
        .env(SYNCHRONOUS, synchronous)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{child}: {said}");
    Log::read(&log)
}

fn shim(folder: &Path) -> PathBuf {
    let shim = folder.join("shim.so");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/power_cut/shim.c");
    let done = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&shim)
        .args([source, "-ldl", "-lpthread"])
        .status()
        .unwrap();
    assert!(done.success(), "cc does not compile the shim");
    shim
}

fn acknowledge(folder: &Path, uid: &str) {
    let file = folder.join(ACKNOWLEDGEMENTS);
    let file = OpenOptions::new().create(true).append(true).open(file);
    file.unwrap()
        .write_all(format!("{uid}\n").as_bytes())
        .unwrap();
}

async fn open(folder: &Path) -> Store {
    let options = options(Location::Sqlite(folder.join(DATABASE)), true);
    Store::open(&options, Arc::new(SystemClock)).await.unwrap()
}

/// An organization of the store's.
async fn organization(store: &Store) -> (bailiwick_store::Caller, Uidp) {
    let caller = sign_in(store, "owner@example.com").await.caller;
    let groups = store.groups(&caller);
    let made = groups.create_organization(group("example"), true).await;
    (caller.clone(), made.unwrap().uid)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the tests start it as their child"]
async fn writes_through_the_store() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let store = open(&folder).await;
    let (caller, parent) = organization(&store).await;
    acknowledge(&folder, parent.as_str());
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (store, caller) = (store.clone(), caller.clone());
            let (folder, parent) = (folder.clone(), parent.clone());
            tokio::spawn(async move {
                for at in 0..WRITES {
                    let new = group(&format!("f{writer}-{at}"));
                    let groups = store.groups(&caller);
                    let made = groups.create_folder(parent.clone(), new).await.unwrap();
                    acknowledge(&folder, made.uid.as_str());
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
}

/// Writes as the store's writer does, but with a `synchronous` of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the tests start it as their child"]
async fn writes_by_itself() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let (_, parent) = organization(&open(&folder).await).await;
    let url = format!("sqlite://{}", folder.join(DATABASE).display());
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    let synchronous = std::env::var(SYNCHRONOUS).unwrap();
    run(
        &mut connection,
        &format!("PRAGMA busy_timeout = 5000; PRAGMA synchronous = {synchronous}"),
    )
    .await;
    for at in 0..WRITES {
        let uid = format!("{parent}/{at:016x}");
        let sql = format!(
            "BEGIN IMMEDIATE;
             SAVEPOINT request;
             INSERT INTO groups (uid, parent, name, create_time, update_time)
                 VALUES ('{uid}', '{parent}', 'f{at}', 0, 0);
             UPDATE groups SET revision = revision + 1 WHERE uid = '{parent}';
             INSERT INTO audit (organization, seq, time, actor, action, target, request_id, detail)
                 SELECT '{parent}', 1 + MAX(seq), 0, '', 'groups.create', '{uid}', '', '{{}}'
                 FROM audit WHERE organization = '{parent}';
             RELEASE request;
             COMMIT"
        );
        run(&mut connection, &sql).await;
        acknowledge(&folder, &uid);
    }
}

async fn run(connection: &mut AnyConnection, sql: &str) {
    let statements = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    statements.execute(connection).await.unwrap();
}
