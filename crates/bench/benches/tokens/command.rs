//! How long the command line takes, from start to end of the process.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::times::Times;

const RUNS: usize = 50;
/// Budgets of the design, in milliseconds.
const HELP: f64 = 20.0;
const LIST: f64 = 60.0;

/// Prints the medians. The command line is signed in by an access token of the server on this port.
pub(crate) fn measure(binary: &Path, data: &Path, port: u16, access_token: &str) {
    keep(data, port, access_token);
    let server = format!("http://localhost:{port}");
    let list = ["iam", "organizations", "list"];
    for (arguments, budget) in [(&["--help"][..], HELP), (&list[..], LIST)] {
        let mut times = Times::default();
        for _ in 0..RUNS {
            let mut command = Command::new(binary);
            command
                .args(arguments)
                .env("XDG_CACHE_HOME", data)
                .env("BAILIWICK_SERVER", &server)
                .stdout(Stdio::null());
            let start = Instant::now();
            let status = command.status().unwrap();
            times.add(start.elapsed());
            assert!(status.success(), "{arguments:?}");
        }
        let [p50, p99] = [50, 99].map(|part| times.percentile(part));
        println!(
            "bailiwick {:<28} p50 {p50:>6.1} ms, p99 {p99:>6.1} ms; budget {budget:.0} ms",
            arguments.join(" ")
        );
    }
}

/// Credentials, where and as `bailiwick auth login` keeps them.
fn keep(data: &Path, port: u16, access_token: &str) {
    let folder = data.join("bailiwick/credentials");
    let mut private = DirBuilder::new();
    private.recursive(true).mode(0o700).create(&folder).unwrap();
    let credentials = serde_json::json!({
        "server": format!("http://localhost:{port}"),
        "access_token": access_token,
        "access_token_ends_at": u32::MAX,
    });
    let path = folder.join(format!("http%3a%2f%2flocalhost%3a{port}.json"));
    let mut file = OpenOptions::new();
    let file = file.write(true).create_new(true).mode(0o600).open(&path);
    file.unwrap()
        .write_all(credentials.to_string().as_bytes())
        .unwrap();
}
