//! A server in production: its own process, a configuration file, and whoever runs it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};

use bailiwick_testkit::Folder;

/// A running server. It ends with the test.
pub(crate) struct Production {
    pub(crate) base_url: String,
    pub(crate) address: SocketAddr,
    pub(crate) folder: Folder,
    child: Child,
    log: BufReader<ChildStderr>,
}

impl Production {
    /// Starts one in a folder that `prepare` has filled, with more lines in its configuration.
    pub(crate) fn start(scheme: &str, more: &str, prepare: impl FnOnce(&Path)) -> Self {
        let folder = Folder::new();
        prepare(folder.path());
        let address = free_address();
        let base_url = format!("{scheme}://localhost:{}", address.port());
        let text = format!(
            "base_url = {base_url:?}\nlisten = \"{address}\"\ndatabase = \"b.sqlite\"\n{more}\n"
        );
        fs::write(folder.path().join("b.toml"), text).unwrap();
        let mut child = bailiwick(folder.path())
            .args(["serve", "--config", "b.toml"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut ready)
            .unwrap();
        assert_eq!(ready.trim(), base_url);
        let log = BufReader::new(child.stderr.take().unwrap());
        Self {
            base_url,
            address,
            folder,
            child,
            log,
        }
    }

    /// A path in its folder.
    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// What `auth login --headless` says on a machine that trusts what `authority` has signed and
    /// nothing else, up to the address of the page for its code.
    pub(crate) fn login(&self, authority: &str) -> String {
        let mut child = bailiwick(self.folder.path())
            .args(["auth", "login", "--headless"])
            .env("SSL_CERT_FILE", self.path(authority))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("BAILIWICK_SERVER", &self.base_url)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        while !said.contains("/activate") && stderr.read_line(&mut said).unwrap() > 0 {}
        let _ = child.kill();
        child.wait().unwrap();
        said
    }

    /// Sends it a signal, as `HUP`.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([format!("-{name}"), self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
    }

    /// Reads its log up to the next line with this in it.
    pub(crate) fn logs(&mut self, part: &str) -> String {
        let mut heard = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(
                self.log.read_line(&mut line).unwrap(),
                0,
                "no {part:?} in {heard}"
            );
            if line.contains(part) {
                return line;
            }
            heard += &line;
        }
    }

    /// Waits for its end, and gives the rest of its log.
    pub(crate) fn ends(&mut self) -> (ExitStatus, String) {
        let mut log = String::new();
        self.log.read_to_string(&mut log).unwrap();
        (self.child.wait().unwrap(), log)
    }
}

impl Drop for Production {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary, in this folder and with nothing of this machine's own settings.
pub(crate) fn bailiwick(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

/// One that nobody listens at just now.
fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}
