//! The peer: npm `oidc-provider`, as a process of its own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::server::free_port;

/// A running peer, which ends with this value.
#[derive(Debug)]
pub(crate) struct Peer {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    port: u16,
}

impl Peer {
    /// Starts one whose introspecting client has this secret.
    pub(crate) fn start(secret: &str) -> Self {
        let bench = Path::new(env!("CARGO_MANIFEST_DIR"));
        let port = free_port();
        let mut process = Command::new("node")
            .arg(bench.join("benches/tokens/peer.mjs"))
            .arg(bench.join("../../tests/e2e/package.json"))
            .args([&port.to_string(), secret])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (process.stdin.take(), process.stdout.take());
        let mut peer = Self {
            process,
            input: input.unwrap(),
            output: BufReader::new(output.unwrap()),
            port,
        };
        assert_eq!(peer.line()["port"], port, "run `npm ci` in tests/e2e");
        peer
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Refresh tokens, each of a grant of its own.
    pub(crate) fn grants(&mut self, count: usize) -> Vec<String> {
        writeln!(self.input, "{count}").unwrap();
        serde_json::from_value(self.line()).unwrap()
    }

    fn line(&mut self) -> serde_json::Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_default()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
