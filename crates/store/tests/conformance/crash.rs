//! A store that is killed while it writes. The child is this very binary; it says what was
//! acknowledged, and after kill -9 all of that is there.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::Arc;

use bailiwick_domain::Uidp;
use bailiwick_store::{Location, Store, SystemClock};
use bailiwick_testkit::TestStore;
use bailiwick_testkit::store::{group, options, sign_in};

const DATABASE: &str = "BAILIWICK_CRASH_DATABASE";
const EMAIL: &str = "owner@example.com";
/// How many write at a time, so that commits are shared.
const WRITERS: usize = 8;

/// A path or a URL, for the child's environment.
fn said(location: Location) -> String {
    match location {
        Location::Sqlite(path) => path.display().to_string(),
        Location::Postgres(url) => url,
    }
}

async fn open(said: String) -> Store {
    let location = match said.contains("://") {
        true => Location::Postgres(said),
        false => Location::Sqlite(said.into()),
    };
    let options = options(location, true);
    Store::open(&options, Arc::new(SystemClock)).await.unwrap()
}

/// Writes until it is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the crash test starts it as its child"]
async fn child() {
    let Ok(database) = std::env::var(DATABASE) else {
        return;
    };
    let store = open(database).await;
    let caller = sign_in(&store, EMAIL).await.caller;
    let tag = format!("r{}", store.count_groups().await.unwrap());
    let groups = store.groups(&caller);
    let organization = groups.create_organization(group(&tag), true).await;
    let organization = organization.unwrap().uid;
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (store, caller) = (store.clone(), caller.clone());
            let parent = organization.clone();
            tokio::spawn(async move {
                for at in 0.. {
                    let folder = group(&format!("f{writer}-{at}"));
                    let made = store
                        .groups(&caller)
                        .create_folder(parent.clone(), folder)
                        .await;
                    // One write: a line arrives whole or not at all.
                    let line = format!("made {}\n", made.unwrap().uid);
                    std::io::stdout().write_all(line.as_bytes()).unwrap();
                    std::io::stdout().flush().unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
}

/// Runs a child until it has said so many things, kills it, and answers all that it said.
fn until_killed(database: &str, acknowledged: usize) -> Vec<Uidp> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child", "--ignored", "--nocapture"])
        .env(DATABASE, database)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut made = Vec::new();
    let mut line = String::new();
    while out.read_line(&mut line).unwrap() > 0 {
        // The test harness writes to the same place, perhaps without ending its line.
        let said = line
            .strip_suffix('\n')
            .and_then(|line| line.rsplit_once("made "));
        made.extend(said.map(|(_, uid)| uid.parse::<Uidp>().unwrap()));
        if made.len() == acknowledged {
            child.kill().unwrap();
        }
        line.clear();
    }
    let status = child.wait().unwrap();
    assert!(!status.success(), "it ended by itself: {status}");
    made
}

pub(crate) async fn what_was_acknowledged_survives_kill_nine(test: &TestStore) {
    let soak = std::env::var("BAILIWICK_SOAK").is_ok_and(|soak| soak == "1");
    let rounds = if soak { 1000 } else { 25 };
    let database = said(test.database.location());
    for round in 0..rounds {
        let acknowledged = 10 + round * 37 % 101;
        let made = tokio::task::block_in_place(|| until_killed(&database, acknowledged));
        assert!(made.len() >= acknowledged, "round {round}: {}", made.len());
        let store = test.open_again(true).await.unwrap();
        let caller = sign_in(&store, EMAIL).await.caller;
        let groups = store.groups(&caller);
        for uid in &made {
            let found = groups.get(uid).await;
            assert!(
                found.is_ok(),
                "round {round}: {uid} is lost of {}",
                made.len()
            );
        }
        let organization = made[0].organization();
        let trail = store.audit_rows(Some(&organization)).await.unwrap();
        let numbers: Vec<_> = trail.iter().map(|row| row.seq).collect();
        let count = i64::try_from(trail.len()).unwrap();
        assert_eq!(numbers, (1..=count).collect::<Vec<_>>(), "round {round}");
        assert!(
            trail.len() > made.len(),
            "round {round}: a row for each write"
        );
        for row in &trail {
            let uid = row.target.parse().unwrap();
            assert!(
                groups.get(&uid).await.is_ok(),
                "round {round}: a row without its write"
            );
        }
    }
}
