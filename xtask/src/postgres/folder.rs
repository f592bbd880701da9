//! The temporary folder of one cluster: certificates, password, data and log.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::account::Account;
use super::certificates;

/// Who may read a file.
#[derive(Debug, Clone, Copy)]
enum Readers {
    Owner,
    All,
}

/// A folder that belongs to the server's account. Removed when dropped, until `keep`.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    kept: bool,
}

impl Folder {
    /// Makes the folder with everything that must be there before the data.
    pub(super) fn make(account: &Account, password: &str) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("bailiwick-postgres-{}", random_hex()?));
        // The certificate of the authority is for everyone; the data has a folder of its own.
        DirBuilder::new()
            .mode(0o755)
            .create(&path)
            .with_context(|| format!("cannot create {}", path.display()))?;
        let folder = Self { path, kept: false };
        account.own(&folder.path)?;
        let certificates = certificates::make()?;
        for (name, text, readers) in [
            ("ca.pem", certificates.authority.as_str(), Readers::All),
            ("server.pem", certificates.server.as_str(), Readers::All),
            ("server.key", certificates.key.as_str(), Readers::Owner),
            ("password", password, Readers::Owner),
        ] {
            let file = folder.path.join(name);
            write(&file, text, readers)
                .with_context(|| format!("cannot write {}", file.display()))?;
            account.own(&file)?;
        }
        Ok(folder)
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Someone else removes it from now on.
    pub(super) fn keep(&mut self) {
        self.kept = true;
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be removed from a temporary folder is no reason to fail.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

fn write(file: &Path, text: &str, readers: Readers) -> std::io::Result<()> {
    let mode = match readers {
        Readers::Owner => 0o600,
        Readers::All => 0o644,
    };
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(file)?
        .write_all(text.as_bytes())
}

/// 128 random bits.
pub(super) fn random_hex() -> Result<String> {
    let mut bytes = [0; 16];
    fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .context("cannot read /dev/urandom")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
