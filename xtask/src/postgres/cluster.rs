//! One running cluster.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::Programs;
use super::account::Account;
use super::folder::{Folder, random_hex};
use crate::steps::Steps;

/// Starts the server, and stops it when this process is gone, whatever ended it.
const SUPERVISOR: &str = include_str!("supervisor.sh");

/// A server on loopback with TLS, which is gone, with its data, when this is dropped.
#[derive(Debug)]
pub(crate) struct Cluster {
    supervisor: Child,
    url: String,
    authority: String,
}

impl Cluster {
    /// Makes a cluster and waits until it answers.
    pub(crate) fn start(programs: &Programs, steps: &mut Steps) -> Result<Self> {
        let mut cluster = None;
        steps.quiet(&format!("Starting PostgreSQL {}", programs.version), || {
            cluster = Some(launch(programs)?);
            Ok(())
        })?;
        cluster.context("no cluster was started")
    }

    /// What tells the tests where it is.
    pub(crate) fn environment(&self) -> [(&'static str, &str); 2] {
        [
            ("BAILIWICK_TEST_POSTGRES", &self.url),
            ("BAILIWICK_TEST_POSTGRES_CA", &self.authority),
        ]
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        // It is gone already, or goes by itself: nothing is left to do about an error.
        let _ = self.supervisor.wait();
    }
}

fn launch(programs: &Programs) -> Result<Cluster> {
    let account = Account::choose()?;
    let password = random_hex()?;
    let mut folder = Folder::make(&account, &password)?;
    let port = free_port()?;
    let mut supervisor = supervise(folder.path(), &programs.bin, port, &account.prefix())?;
    folder.keep();

    let mut said = String::new();
    if let Some(stdout) = supervisor.stdout.take() {
        BufReader::new(stdout).read_line(&mut said)?;
    }
    let cluster = Cluster {
        url: format!("postgres://bailiwick:{password}@127.0.0.1:{port}/postgres"),
        authority: folder.path().join("ca.pem").display().to_string(),
        supervisor,
    };
    if said.trim_end() == "ready" {
        return Ok(cluster);
    }
    bail!(last_words(cluster))
}

fn supervise(folder: &Path, bin: &Path, port: u16, prefix: &[String]) -> Result<Child> {
    Command::new("sh")
        .args(["-c", SUPERVISOR, "supervisor"])
        .arg(folder)
        .arg(bin)
        .arg(port.to_string())
        .args(prefix)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Ctrl-C is for this process; the supervisor notices its end.
        .process_group(0)
        .spawn()
        .context("cannot start `sh`")
}

fn last_words(mut cluster: Cluster) -> String {
    let mut said = String::new();
    if let Some(mut stderr) = cluster.supervisor.stderr.take() {
        // What could be read before an error is all there is to show.
        let _ = stderr.read_to_string(&mut said);
    }
    format!(
        "PostgreSQL did not start; it said:\n{}\nSee that {} has room and may be entered by all \
         users, or set TMPDIR to a folder where that is so, then again.",
        said.trim_end(),
        std::env::temp_dir().display()
    )
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{BufRead as _, BufReader};
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;

    use super::{random_hex, supervise};

    /// A folder as the supervisor gets it, with programs that only pretend.
    fn pretend(initdb: &str, postgres: &str, pg_isready: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{}", random_hex().unwrap()));
        fs::create_dir(&folder).unwrap();
        for (name, body) in [
            ("initdb", initdb),
            ("postgres", postgres),
            ("pg_isready", pg_isready),
        ] {
            let file = folder.join(name);
            fs::write(&file, format!("#!/bin/sh\n{body}\n")).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        }
        folder
    }

    #[test]
    fn when_the_pipe_closes_the_folder_goes_after_the_server() {
        // The server makes a folder of its own last of all: if it were not waited for, it would stay.
        let server = "sleep 0.3; mkdir -p \"$(dirname \"$0\")/late\"";
        let folder = pretend("exit 0", server, "exit 0");
        let mut supervisor = supervise(&folder, &folder, 1, &[]).unwrap();
        let mut said = String::new();
        let stdout = supervisor.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut said).unwrap();
        assert_eq!(said, "ready\n");
        drop(supervisor.stdin.take());
        assert!(supervisor.wait().unwrap().success());
        assert!(!folder.exists());
    }

    #[test]
    fn a_failure_shows_the_log_and_removes_the_folder() {
        let fails = "echo no room; exit 1";
        for (initdb, postgres) in [(fails, "exit 0"), ("exit 0", fails)] {
            let folder = pretend(initdb, postgres, "exit 1");
            let supervisor = supervise(&folder, &folder, 1, &[]).unwrap();
            let ended = supervisor.wait_with_output().unwrap();
            assert_eq!(String::from_utf8_lossy(&ended.stderr), "no room\n");
            assert!(ended.stdout.is_empty());
            assert!(!folder.exists());
        }
    }
}
