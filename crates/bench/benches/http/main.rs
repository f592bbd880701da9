//! How long one page of a group's children takes over HTTP, in a large organization and in a small
//! one, and how much memory the server takes. It measures; it asserts nothing.
#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on has failed"
)]

#[path = "../support/connection.rs"]
mod connection;
mod fill;
mod question;
#[path = "../support/server.rs"]
mod server;
#[path = "../support/times.rs"]
mod times;

use bailiwick_testkit::Folder;
use bailiwick_testkit::store::sign_in;
use connection::Connection;
use fill::Node;
use question::{Session, page};
use server::{Server, free_port};
use times::Times;

/// The console's order and the interface's default.
const ORDERS: [&str; 2] = ["name", "uid"];
/// Requests to each page. They take turns, so that what else the machine does meets all alike.
const REQUESTS: usize = 1000;
const WARM_UP: usize = 100;
const PAGE_SIZE: u32 = 200;

/// Budgets of the design: milliseconds, times, megabytes.
const P99: f64 = 5.0;
const RATIO: f64 = 1.5;
const RSS: f64 = 60.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (options, wanted): (Vec<_>, Vec<_>) = arguments
        .iter()
        .partition(|argument| argument.starts_with('-'));
    // `cargo test --benches` runs this as well, and expects no benchmark.
    let is_test = !options.iter().any(|option| *option == "--bench");
    if is_test || !wanted.iter().all(|filter| "http".contains(filter.as_str())) {
        return;
    }
    let data = Folder::new();
    let (nodes, session) = prepare(&data);
    let port = free_port();
    let (own, provider) = (port.to_string(), free_port().to_string());
    let arguments = [
        "--dev".as_ref(),
        "--data".as_ref(),
        data.path().as_os_str(),
        "--port".as_ref(),
        own.as_ref(),
        "--provider-port".as_ref(),
        provider.as_ref(),
    ];
    let server = Server::start(data.path(), port, &arguments);
    let idle = server.resident_megabytes();
    let mut connection = Connection::open(server.port());
    let mut cases: Vec<Case> = ORDERS
        .iter()
        .flat_map(|order| nodes.iter().map(|node| Case::new(node, order)))
        .collect();
    for case in &cases {
        let answer = connection.send(&session.get(server.port(), &case.path));
        assert_eq!(page(&answer), case.node.page(PAGE_SIZE), "{}", case.path);
    }
    for round in 0..WARM_UP + REQUESTS {
        for case in &mut cases {
            let answer = connection.send(&session.get(server.port(), &case.path));
            assert_eq!(answer.status, 200);
            if round >= WARM_UP {
                case.times.add(answer.took);
            }
        }
    }
    println!("one page of {PAGE_SIZE} children, {REQUESTS} requests each, in milliseconds");
    print(&mut cases);
    println!(
        "resident memory: {idle:.1} MB after start, {:.1} MB after the run; budget {RSS:.0} MB idle",
        server.resident_megabytes()
    );
}

/// A page that is asked for over and over.
#[derive(Debug)]
struct Case<'a> {
    node: &'a Node,
    order: &'static str,
    path: String,
    times: Times,
}

impl<'a> Case<'a> {
    fn new(node: &'a Node, order: &'static str) -> Self {
        let uid = &node.uid;
        let path =
            format!("/iam/v2/groups?uidp.childrenOf={uid}&pageSize={PAGE_SIZE}&orderBy={order}");
        Self {
            node,
            order,
            path,
            times: Times::default(),
        }
    }
}

/// A database with both organizations, and the session of who owns them.
#[tokio::main]
async fn prepare(data: &Folder) -> (Vec<Node>, Session) {
    let store = fill::open(data.path()).await;
    let owner = sign_in(&store, "owner@example.com").await;
    let session = Session {
        secret: owner.secret.expose().to_owned(),
        id: owner.session.public_id.to_string(),
    };
    (fill::fill(&store, &owner.caller).await, session)
}

fn print(cases: &mut [Case<'_>]) {
    println!(
        "{:<44} {:<5} {:>7} {:>7} {:>7} {:>12}",
        "node", "order", "p50", "p95", "p99", "p99 to small"
    );
    for cases in cases.chunk_by_mut(|one, other| one.order == other.order) {
        // The last node is the one in the small organization.
        let small = cases.last_mut().unwrap().times.percentile(99);
        for case in cases {
            let [p50, p95, p99] = [50, 95, 99].map(|part| case.times.percentile(part));
            let (name, ratio) = (&case.node.name, p99 / small);
            println!(
                "{name:<44} {:<5} {p50:>7.2} {p95:>7.2} {p99:>7.2} {ratio:>11.2}x",
                case.order
            );
        }
    }
    println!("{:<66} {P99:>7.2} {RATIO:>11.2}x", "budget");
}
