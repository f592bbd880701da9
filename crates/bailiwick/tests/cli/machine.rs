//! A person's machine: an empty cache folder and the binary.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};

use bailiwick_testkit::http::parameter_of;
use bailiwick_testkit::{Ask, Browser, Folder, TestServer};

/// A machine on which nobody is signed in yet.
pub(crate) struct Machine {
    /// Where commands go by default.
    pub(crate) server: String,
    cache: Folder,
}

/// What came of a command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A command that runs, and what it has said on stderr so far.
pub(crate) struct Running {
    child: Child,
    stderr: BufReader<ChildStderr>,
    heard: String,
}

impl Machine {
    pub(crate) fn new(server: &str) -> Self {
        Self {
            server: server.to_owned(),
            cache: Folder::new(),
        }
    }

    /// One where a person is signed in, in the way that `auth login` does it.
    pub(crate) async fn signed_in(server: &TestServer, email: &str) -> Self {
        let machine = Self::new(&server.base_url);
        let mut browser = server.signed_in(email).await;
        let mut login = machine.start(&["auth", "login"]);
        allow(&mut browser, &login.hears("/oauth/authorize?")).await;
        let said = login.ends();
        assert_eq!(said.code, 0, "{said:?}");
        machine
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
        command
            .args(arguments)
            .env_clear()
            .env("XDG_CACHE_HOME", self.cache.path())
            .env("BAILIWICK_SERVER", &self.server)
            .env("BROWSER", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a command without a terminal.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        said(self.command(arguments).output().unwrap())
    }

    /// Runs a command given as words.
    pub(crate) fn says(&self, words: &str) -> Said {
        self.run(&words.split(' ').collect::<Vec<_>>())
    }

    /// Runs a command with this on stdin.
    pub(crate) fn reads(&self, arguments: &[&str], stdin: &str) -> Running {
        let mut running = start(self.command(arguments).stdin(Stdio::piped()));
        let mut pipe = running.child.stdin.take().unwrap();
        pipe.write_all(stdin.as_bytes()).unwrap();
        running
    }

    /// Starts a command and goes on.
    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        start(&mut self.command(arguments))
    }

    /// Stdout of a command that works.
    #[track_caller]
    pub(crate) fn done(&self, words: &str) -> String {
        let said = self.says(words);
        assert_eq!(said.code, 0, "{words}: {said:?}");
        said.stdout
    }

    /// The only word that a command prints.
    #[track_caller]
    pub(crate) fn id(&self, words: &str) -> String {
        self.done(words).trim().to_owned()
    }

    /// A command is refused with this exit code, prints nothing, and says this.
    #[track_caller]
    pub(crate) fn fails(&self, words: &str, code: i32, says: &str) {
        let said = self.says(words);
        let stderr = said.stderr.replace(&self.server, "SERVER");
        assert_eq!((said.code, stderr.trim_end()), (code, says), "{words}");
        assert_eq!(said.stdout, "", "{words}");
    }

    /// The file of the credentials.
    pub(crate) fn file(&self) -> PathBuf {
        let name = self.server.replace(':', "%3a").replace('/', "%2f") + ".json";
        self.folder().join(name)
    }

    /// The folder of all credentials.
    pub(crate) fn folder(&self) -> PathBuf {
        self.cache.path().join("bailiwick/credentials")
    }

    /// The names of all files beside the credentials, without those of locks.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder()).into_iter().flatten();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| !name.ends_with(".lock")).collect()
    }

    /// The access token ends now, as far as this machine knows.
    pub(crate) fn forget_time(&self) {
        let text = std::fs::read_to_string(self.file()).unwrap();
        let mut kept: serde_json::Value = serde_json::from_str(&text).unwrap();
        kept["access_token_ends_at"] = 0.into();
        std::fs::write(self.file(), kept.to_string()).unwrap();
    }
}

fn said(output: std::process::Output) -> Said {
    Said {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn start(command: &mut Command) -> Running {
    let mut child = command.spawn().unwrap();
    let stderr = BufReader::new(child.stderr.take().unwrap());
    Running {
        child,
        stderr,
        heard: String::new(),
    }
}

impl Running {
    /// The next line on stderr with this in it.
    pub(crate) fn hears(&mut self, part: &str) -> String {
        loop {
            let mut line = String::new();
            let length = self.stderr.read_line(&mut line).unwrap();
            assert_ne!(length, 0, "no {part:?} in {:?}", self.heard);
            self.heard += &line;
            if line.contains(part) {
                return line.trim().to_owned();
            }
        }
    }

    /// Waits for the end.
    pub(crate) fn ends(mut self) -> Said {
        let mut stdout = String::new();
        let pipe = self.child.stdout.as_mut().unwrap();
        pipe.read_to_string(&mut stdout).unwrap();
        self.stderr.read_to_string(&mut self.heard).unwrap();
        Said {
            code: self.child.wait().unwrap().code().unwrap(),
            stdout,
            stderr: self.heard,
        }
    }
}

/// What a person does in the browser that was sent to `url`: they allow it. The answer that the
/// listener of the command line gives the browser then.
pub(crate) async fn allow(browser: &mut Browser, url: &str) -> String {
    let back = decide(browser, url, "allow").await;
    visit(&back).await
}

/// Where the browser is sent by `allow` or `deny`.
pub(crate) async fn decide(browser: &mut Browser, url: &str, decision: &str) -> String {
    let (_, path) = url.split_once("/oauth/").unwrap();
    let page = browser
        .send(&browser.visit(&format!("/oauth/{path}")))
        .await;
    assert_eq!(page.status, 303, "{}", page.body);
    let request = parameter_of(page.header("location"), "request").unwrap();
    let body = serde_json::json!({ "request": request }).to_string();
    let seen = browser
        .call("POST", "/auth/authorization:inspect", &body)
        .await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let path = format!("/auth/authorization:{decision}");
    let decided = browser.call("POST", &path, &body).await;
    assert_eq!(decided.status, 200, "{}", decided.body);
    decided.json()["location"].as_str().unwrap().to_owned()
}

/// Visits a URL on loopback, and answers with the page.
pub(crate) async fn visit(url: &str) -> String {
    let (host, path) = url
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .unwrap();
    let ask = Ask::new("GET", &format!("/{path}"));
    let answer = ask.send(host.parse().unwrap(), host).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(
        answer
            .header("content-security-policy")
            .contains("default-src 'none'")
    );
    answer.body
}

/// The text with ids, times and codes made alike, and no wider or narrower for it.
pub(crate) fn alike(text: &str) -> String {
    let mut alike = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest
            .find(|character: char| {
                !character.is_ascii_alphanumeric() && !"_-:.".contains(character)
            })
            .unwrap_or(rest.len())
            .max(1);
        let end = (length..=rest.len()).find(|end| rest.is_char_boundary(*end));
        let (word, more) = rest.split_at(end.unwrap_or(rest.len()));
        alike += &placeholder(word);
        rest = more;
    }
    alike
}

fn placeholder(word: &str) -> String {
    let hex = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let time = word.len() > 18 && word.starts_with("20") && word.ends_with('Z');
    if hex && matches!(word.len(), 16 | 40) {
        "x".repeat(word.len())
    } else if time {
        word.replace(|character: char| character.is_ascii_digit(), "0")
    } else if word.starts_with("bwi_") {
        "CODE".to_owned()
    } else {
        word.to_owned()
    }
}
