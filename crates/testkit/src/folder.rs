//! A folder that is gone with the test.

use std::path::{Path, PathBuf};

use bailiwick_store::Secret;

/// An empty folder under the machine's temporary one.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes it.
    pub fn new() -> Self {
        let name = format!("bailiwick-test-{}", Secret::random().unwrap().expose());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A file that is still open is gone when it is closed.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
