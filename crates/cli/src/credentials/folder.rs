//! Where credentials are.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use crate::credentials::{Credentials, Locked, file};
use crate::failure::Failure;

/// The folder with a file for each server.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// `bailiwick/credentials` in the user's cache folder: `$XDG_CACHE_HOME`, else `~/.cache`, or
    /// `~/Library/Caches` on macOS.
    ///
    /// # Errors
    /// There is neither `XDG_CACHE_HOME` nor `HOME`.
    pub(crate) fn of_user() -> Result<Self, Failure> {
        let absolute = |name| {
            let value: Option<OsString> = std::env::var_os(name);
            value.map(PathBuf::from).filter(|path| path.is_absolute())
        };
        let in_home = match cfg!(target_os = "macos") {
            true => "Library/Caches",
            false => ".cache",
        };
        let cache = absolute("XDG_CACHE_HOME")
            .or_else(|| absolute("HOME").map(|home| home.join(in_home)))
            .ok_or_else(|| {
                Failure::refused(
                    "There is no place for credentials: set HOME or XDG_CACHE_HOME to a folder.",
                )
            })?;
        Ok(Self(cache.join("bailiwick/credentials")))
    }

    /// The file of a server.
    pub(crate) fn file(&self, server: &str) -> PathBuf {
        self.0.join(escaped(server) + ".json")
    }

    /// What is kept of the sign-in at a server.
    ///
    /// # Errors
    /// A file that others may read, or that is none of ours; the message has the cure.
    pub(crate) fn read(&self, server: &str) -> Result<Option<Credentials>, Failure> {
        file::read(&self.file(server), server)
    }

    /// Every server that there is a file for, in order.
    pub(crate) fn servers(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let mut servers: Vec<String> = entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".json").and_then(unescaped))
            .collect();
        servers.sort();
        servers
    }

    /// Waits until no other process changes what is kept of a server.
    ///
    /// # Errors
    /// The folder cannot be made or written.
    pub(crate) fn lock(&self, server: &str) -> Result<Locked, Failure> {
        self.make().map_err(|error| {
            Failure::refused(format!(
                "{} cannot be made: {error}. Set XDG_CACHE_HOME to a folder that you may write to.",
                self.0.display()
            ))
        })?;
        Locked::new(&self.file(server), server)
    }

    fn make(&self) -> io::Result<()> {
        let parent = self.0.parent().unwrap_or(Path::new("/"));
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(parent)?;
        match DirBuilder::new().mode(0o700).create(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                fs::set_permissions(&self.0, Permissions::from_mode(0o700))
            }
            made => made,
        }
    }
}

/// The server's URL as the name of a file: `%` and two hex digits for all but letters, digits, dots
/// and dashes.
fn escaped(server: &str) -> String {
    server
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' => char::from(byte).to_string(),
            byte => format!("%{byte:02x}"),
        })
        .collect()
}

fn unescaped(name: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = name;
    while let Some((plain, more)) = rest.split_once('%') {
        bytes.extend_from_slice(plain.as_bytes());
        bytes.push(u8::from_str_radix(more.get(..2)?, 16).ok()?);
        rest = more.get(2..)?;
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_tells_the_server_and_leaves_the_folder_alone() {
        for server in ["https://id.example.com", "http://[::1]:8080", "../../a b%"] {
            let name = escaped(server);
            assert!(!name.contains('/'), "{name}");
            assert_eq!(unescaped(&name).as_deref(), Some(server));
        }
        assert_eq!(unescaped("%4"), None);
    }
}
