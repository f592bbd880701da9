//! How many refreshes and introspections a second, beside npm `oidc-provider` in the same run on the
//! same cores, and how long the command line takes. It measures; it asserts nothing.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a benchmark that cannot go on has failed"
)]

mod command;
#[path = "../support/connection.rs"]
mod connection;
mod load;
mod ours;
mod peer;
#[path = "../support/server.rs"]
mod server;
#[path = "../support/times.rs"]
mod times;

use std::path::PathBuf;
use std::time::Duration;

use bailiwick_testkit::Folder;
use load::{Case, Endpoints};
use times::Times;

/// Connections that are busy at a time, each with a grant of its own.
const CONNECTIONS: usize = 16;
/// Rounds of each case at each server. They take turns, so that what else the machine does meets
/// both alike.
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_secs(3);
/// Before each case, unmeasured, at each server.
const WARM_UP: Duration = Duration::from_secs(2);

/// What is measured, its name, and by how many times we are to be faster.
const CASES: [(Case, &str, f64); 2] = [
    (Case::Refresh, "refresh", 1.5),
    (Case::Introspection, "introspection", 3.0),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (options, wanted): (Vec<_>, Vec<_>) = arguments
        .iter()
        .partition(|argument| argument.starts_with('-'));
    // `cargo test --benches` runs this as well, and expects no benchmark.
    let is_test = !options.iter().any(|option| *option == "--bench");
    if is_test || !wanted.iter().all(|name| "tokens".contains(name.as_str())) {
        return;
    }
    let data = Folder::new();
    let loads = CASES.len() * (ROUNDS + 1);
    let (server, mut grants) = ours::start(data.path(), CONNECTIONS * loads + 1);
    let mut peer = peer::Peer::start(ours::SECRET);
    let our = Endpoints {
        port: server.port(),
        client: "cli",
        token: "/oauth/token",
        introspection: "/oauth/introspect",
    };
    let their = Endpoints {
        port: peer.port(),
        client: "app",
        token: "/token",
        introspection: "/token/introspection",
    };
    println!("{CONNECTIONS} connections, {ROUNDS} rounds of {ROUND:?} each, requests a second");
    for (case, name, budget) in CASES {
        let mut measured = [Measured::default(), Measured::default()];
        for round in 0..=ROUNDS {
            let length = if round == 0 { WARM_UP } else { ROUND };
            let own = grants.split_off(grants.len() - CONNECTIONS);
            let ours = load::load(&our, case, own, length);
            // Fresh ones each round: its store forgets what has not been used for long.
            let theirs = load::load(&their, case, peer.grants(CONNECTIONS), length);
            if round > 0 {
                measured[0].add(ours);
                measured[1].add(theirs);
            }
        }
        let [ours, theirs] = measured.map(Measured::print);
        println!(
            "{name}: ours {}\n{:width$}oidc-provider {}\n{:width$}{:.2}x; budget {budget:.1}x",
            ours.1,
            "",
            theirs.1,
            "",
            ours.0 / theirs.0,
            width = name.len() + 2,
        );
    }
    println!(
        "resident memory of ours after it: {:.1} MB",
        server.resident_megabytes()
    );
    if let Some(binary) = std::env::var_os(server::BINARY) {
        let token = load::access_token(&our, grants.remove(0));
        command::measure(&PathBuf::from(binary), data.path(), our.port, &token);
    }
}

/// One case at one server.
#[derive(Debug, Default)]
struct Measured {
    rounds: Vec<usize>,
    times: Times,
}

impl Measured {
    fn add(&mut self, times: Vec<Duration>) {
        self.rounds.push(times.len());
        for took in times {
            self.times.add(took);
        }
    }

    /// The rate over all rounds, and what there is to say about it.
    fn print(mut self) -> (f64, String) {
        let rate = |requests: usize, rounds: f64| requests as f64 / (ROUND.as_secs_f64() * rounds);
        let each: Vec<String> = self
            .rounds
            .iter()
            .map(|requests| format!("{:.0}", rate(*requests, 1.0)))
            .collect();
        let all = rate(self.rounds.iter().sum(), ROUNDS as f64);
        let [p50, p99] = [50, 99].map(|part| self.times.percentile(part));
        let said = format!(
            "{all:.0} ({}), p50 {p50:.2} ms, p99 {p99:.2} ms",
            each.join(", ")
        );
        (all, said)
    }
}
