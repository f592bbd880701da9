//! One process at a time changes the credentials of a server. A refresh token is good once: of two
//! processes that sent the same one, the second would end the sign-in.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::credentials::{Credentials, file};
use crate::failure::Failure;

/// The right to change the credentials of a server, until it is dropped or the process ends.
#[derive(Debug)]
pub(crate) struct Locked {
    path: PathBuf,
    server: String,
    _lock: File,
}

impl Locked {
    /// Waits for the lock file beside `path`. It is never removed: who waits for a removed one would
    /// hold nothing.
    pub(super) fn new(path: &Path, server: &str) -> Result<Self, Failure> {
        let lock = path.with_extension("lock");
        let opened = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&lock)
            .and_then(|file| file.lock().map(|()| file));
        Ok(Self {
            _lock: opened.map_err(|error| cannot(&lock, &error))?,
            path: path.to_owned(),
            server: server.to_owned(),
        })
    }

    /// What is kept now.
    ///
    /// # Errors
    /// As of [`super::Folder::read`].
    pub(crate) fn read(&self) -> Result<Option<Credentials>, Failure> {
        file::read(&self.path, &self.server)
    }

    /// The token whose revocation ends the sign-in, even if others could read it: then above all.
    pub(crate) fn last_token(&self) -> Option<String> {
        let text = fs::read_to_string(&self.path).ok()?;
        let kept: Credentials = serde_json::from_str(&text).ok()?;
        let ours = kept.server == self.server;
        ours.then(|| kept.refresh_token.unwrap_or(kept.access_token))
    }

    /// Puts these there instead.
    ///
    /// # Errors
    /// They cannot be written; then nothing has changed.
    pub(crate) fn write(&self, credentials: &Credentials) -> Result<(), Failure> {
        file::write(&self.path, credentials).map_err(|error| cannot(&self.path, &error))
    }

    /// Takes them away, whatever is in the file.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(crate) fn remove(&self) -> Result<(), Failure> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(cannot(&self.path, &error))
            }
            _ => Ok(()),
        }
    }
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    Failure::refused(format!(
        "{} cannot be written: {error}. Credentials are kept there; set XDG_CACHE_HOME to a folder \
         that you may write to.",
        path.display()
    ))
}
