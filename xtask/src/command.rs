//! Runs other programs: quietly with their last words kept for a failure, or
//! with their output streamed through.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// How many of a failed program's lines are worth showing.
const TAIL_LINES: usize = 40;

/// A program to run, with a sentence that says what to do if it fails.
#[derive(Debug)]
pub(crate) struct Program {
    command: Command,
    cure: String,
}

impl Program {
    /// A program found on PATH or named by its path.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            command: Command::new(program),
            cure: String::new(),
        }
    }

    /// Cargo as the person calls it.
    pub(crate) fn cargo() -> Self {
        Self::calling_cargo("cargo")
    }

    /// A program that itself calls cargo. What the outer `cargo run` has set for
    /// this process must not leak into a build by another toolchain.
    pub(crate) fn calling_cargo(program: &str) -> Self {
        let mut program = Self::new(program);
        for name in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN_SOURCE"] {
            program.command.env_remove(name);
        }
        program
    }

    /// Adds arguments.
    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.command.args(args);
        self
    }

    /// Sets an environment variable.
    pub(crate) fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Sets several environment variables.
    pub(crate) fn envs<K: AsRef<OsStr>, V: AsRef<OsStr>>(
        mut self,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        self.command.envs(variables);
        self
    }

    /// Takes an environment variable away.
    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Sets the folder to run in.
    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What the person should do if it fails: a whole sentence.
    pub(crate) fn cure(mut self, cure: impl Into<String>) -> Self {
        self.cure = cure.into();
        self
    }

    /// Runs it and gives its standard output, trimmed.
    pub(crate) fn read(mut self) -> Result<String> {
        let what = self.describe();
        let output = self
            .command
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("cannot start `{what}`"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!(self.failure(output.status, &tail(&said)));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Runs it without a word; on failure its last lines are in the error.
    pub(crate) fn quiet(mut self) -> Result<()> {
        let what = self.describe();
        let output = self
            .command
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("cannot start `{what}`"))?;
        if output.status.success() {
            return Ok(());
        }
        let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
        said.push_str(&String::from_utf8_lossy(&output.stderr));
        bail!(self.failure(output.status, &tail(&said)))
    }

    /// Runs it quietly, but kills it and everything it started after `limit`.
    pub(crate) fn quiet_within(mut self, limit: Duration) -> Result<()> {
        let what = self.describe();
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start `{what}`"))?;
        let stderr = child.stderr.take().map(collect);
        let deadline = Instant::now() + limit;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if Instant::now() >= deadline {
                // The standard library kills one process; rustup starts others.
                Command::new("kill")
                    .args(["-KILL", "--", &format!("-{}", child.id())])
                    .status()?;
                child.wait()?;
                bail!("`{what}` took longer than {} s", limit.as_secs());
            }
            thread::sleep(Duration::from_millis(100));
        };
        if status.success() {
            return Ok(());
        }
        let said = stderr.and_then(|reader| reader.join().ok());
        bail!(self.failure(status, &tail(&said.unwrap_or_default())))
    }

    /// Runs it with its output streamed through.
    pub(crate) fn stream(mut self) -> Result<()> {
        let what = self.describe();
        let status = self
            .command
            .status()
            .with_context(|| format!("cannot start `{what}`"))?;
        if status.success() {
            return Ok(());
        }
        bail!(self.failure(status, ""))
    }

    /// Streams its output through and gives the lines of standard output that
    /// `keep` chooses, and whether it succeeded.
    pub(crate) fn stream_keeping(
        mut self,
        keep: impl Fn(&str) -> bool,
    ) -> Result<(Vec<String>, Result<()>)> {
        let what = self.describe();
        let mut child = self
            .command
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start `{what}`"))?;
        let mut kept = Vec::new();
        if let Some(stdout) = child.stdout.take() {
            let mut stdout = BufReader::new(stdout);
            let mut line = Vec::new();
            // Lines are bytes: a test may print what is not UTF-8.
            while stdout.read_until(b'\n', &mut line)? > 0 {
                let text = String::from_utf8_lossy(&line);
                print!("{text}");
                if keep(text.trim_end()) {
                    kept.push(text.trim_end().to_owned());
                }
                line.clear();
            }
        }
        let status = child.wait()?;
        let result = if status.success() {
            Ok(())
        } else {
            Err(anyhow::anyhow!(self.failure(status, "")))
        };
        Ok((kept, result))
    }

    /// Becomes that program; returns only if it cannot be started.
    pub(crate) fn become_it(mut self) -> Result<()> {
        let what = self.describe();
        Err(self.command.exec()).with_context(|| format!("cannot start `{what}`"))
    }

    fn describe(&self) -> String {
        let mut what = self.command.get_program().to_string_lossy().into_owned();
        for arg in self.command.get_args() {
            what.push(' ');
            what.push_str(&arg.to_string_lossy());
        }
        what
    }

    fn failure(&self, status: ExitStatus, tail: &str) -> String {
        let mut text = format!("`{}` failed ({status})", self.describe());
        if !tail.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(text, "; it said:\n{tail}");
        }
        if !self.cure.is_empty() {
            let _ = write!(text, "\n{}", self.cure);
        }
        text
    }
}

fn collect(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What could be read before an error is all there is to show.
        let _ = from.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let from = lines.len().saturating_sub(TAIL_LINES);
    lines[from..]
        .iter()
        .map(|line| format!("    {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Program, tail};

    #[test]
    fn a_failure_shows_the_last_words_and_the_cure() {
        let error = Program::new("sh")
            .args(["-c", "echo first; echo last >&2; exit 3"])
            .cure("Do this, then again.")
            .quiet()
            .unwrap_err()
            .to_string();
        assert!(error.contains("    first\n    last"), "{error}");
        assert!(error.ends_with("Do this, then again."), "{error}");
    }

    #[test]
    fn a_limit_kills_the_whole_group() {
        let started = Instant::now();
        let error = Program::new("sh")
            .args(["-c", "sleep 30 & sleep 30; true"])
            .quiet_within(Duration::from_millis(200))
            .unwrap_err();
        assert!(error.to_string().contains("took longer"), "{error}");
        assert!(started.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn keeps_chosen_lines() {
        let (kept, result) = Program::new("sh")
            .args(["-c", "echo 'test result: ok'; echo other; exit 1"])
            .stream_keeping(|line| line.starts_with("test result:"))
            .unwrap();
        assert_eq!(kept, ["test result: ok"]);
        assert!(result.is_err());
    }

    #[test]
    fn the_tail_is_short() {
        let long = "x\n".repeat(500);
        assert_eq!(tail(&long).lines().count(), super::TAIL_LINES);
    }
}
