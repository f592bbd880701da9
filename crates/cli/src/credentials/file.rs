//! One file of credentials: read with suspicion, written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use crate::credentials::Credentials;
use crate::failure::Failure;

/// The rights that group and others may not have.
const OTHERS: u32 = 0o077;

/// Reads the credentials of `server`; `None` when there are none.
///
/// # Errors
/// See [`super::Folder::read`].
pub(crate) fn read(path: &Path, server: &str) -> Result<Option<Credentials>, Failure> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(path, &error)),
    };
    let mode = file
        .metadata()
        .map_err(|error| unreadable(path, &error))?
        .mode();
    if mode & OTHERS != 0 {
        return Err(Failure::refused(format!(
            "Others can read the credentials in {}: run `chmod 600 {}`, and if somebody may have \
             done so already, `bailiwick auth logout` and then `bailiwick auth login`.",
            path.display(),
            path.display()
        )));
    }
    let mut text = String::new();
    file.read_to_string(&mut text)
        .map_err(|error| unreadable(path, &error))?;
    let credentials: Credentials = serde_json::from_str(&text).map_err(|_| {
        Failure::refused(format!(
            "The credentials in {} are damaged. Run `bailiwick auth login` to make them anew.",
            path.display()
        ))
    })?;
    if credentials.server != server {
        return Err(Failure::refused(format!(
            "The credentials in {} are those of {}, and go nowhere else. Run \
             `bailiwick auth login --server {server}`.",
            path.display(),
            credentials.server
        )));
    }
    Ok(Some(credentials))
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::refused(format!("{} cannot be read: {error}.", path.display()))
}

/// Puts the credentials there. Until all of it is on the disk the old file stands. Only who holds the
/// lock may call this: there is one name for what is not yet whole.
///
/// # Errors
/// A folder that cannot be written, a full disk; then nothing has changed.
pub(crate) fn write(path: &Path, credentials: &Credentials) -> io::Result<()> {
    let beside = path.with_extension("new");
    let written = put(&beside, credentials).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What hindered the writing is what the person has to hear.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn put(path: &Path, credentials: &Credentials) -> io::Result<()> {
    // Left by a process that was killed.
    let _ = fs::remove_file(path);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(&serde_json::to_vec(credentials)?)?;
    file.sync_all()
}
