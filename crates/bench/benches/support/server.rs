//! The real server, as it is shipped, as a process of its own.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Which server to measure. Without it, the one of this repository is built.
pub(crate) const BINARY: &str = "BAILIWICK_BIN";

/// A running server, which ends with this value.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts one that was told by `arguments` of `serve` to listen on this port. Its log goes to
    /// `data`.
    pub(crate) fn start(data: &Path, port: u16, arguments: &[&OsStr]) -> Self {
        let log = data.join("log");
        let mut process = Command::new(binary())
            .arg("serve")
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        // Its address is the first thing that it prints, once it listens.
        let mut url = String::new();
        let stdout = process.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut url).unwrap();
        let log = std::fs::read_to_string(log).unwrap();
        assert!(url.starts_with("http://"), "it did not start: {log}");
        std::thread::sleep(Duration::from_secs(1));
        Self { process, port }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// What Linux says is resident; not a number elsewhere.
    pub(crate) fn resident_megabytes(&self) -> f64 {
        let status = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(status).unwrap_or_default();
        let kilobytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| {
                rest.trim()
                    .trim_end_matches("kB")
                    .trim()
                    .parse::<f64>()
                    .ok()
            });
        kilobytes.map_or(f64::NAN, |kilobytes| kilobytes * 1024.0 / 1e6)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn binary() -> PathBuf {
    if let Some(binary) = std::env::var_os(BINARY) {
        return PathBuf::from(binary);
    }
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--package", "bailiwick"])
        .status()
        .unwrap();
    assert!(built.success(), "the server does not compile");
    // `target/tmp`, wherever target is.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    target.join("release/bailiwick")
}
