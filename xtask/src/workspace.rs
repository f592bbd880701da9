//! Where things are: the repository, the build folders and the cache of tools.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context as _, Result, bail};

use crate::command::Program;

/// The folders that every command works with.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
    cache: PathBuf,
}

impl Workspace {
    /// Finds the repository this program was built from, and the cache.
    pub(crate) fn find() -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here
            .parent()
            .filter(|root| root.join("Cargo.lock").is_file())
            .with_context(|| {
                format!(
                    "{} is not inside the repository any more; run `cargo xtask` in the repository",
                    here.display()
                )
            })?
            .to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => std::path::absolute(&folder)
                .with_context(|| format!("CARGO_TARGET_DIR={} is no path", folder.display()))?,
            None => root.join("target"),
        };
        Ok(Self {
            root,
            target,
            cache: cache_folder()?,
        })
    }

    /// The root of the repository.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Cargo, to be run in the repository with that target folder. If there is a built
    /// console, it is always told where: a variable that comes and goes would make it
    /// build the server anew.
    pub(crate) fn cargo(&self) -> Program {
        let cargo = Program::cargo()
            .folder(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
        if self.embed().join("manifest.json").is_file() {
            cargo.env("BAILIWICK_CONSOLE_DIR", self.embed())
        } else {
            cargo
        }
    }

    /// Where the console's build leaves its files. Always in the repository, so
    /// that the server's build script has one place to look.
    pub(crate) fn console(&self) -> PathBuf {
        self.root.join("target/console")
    }

    /// The console's finished files, which the server embeds.
    pub(crate) fn embed(&self) -> PathBuf {
        self.console().join("embed")
    }

    /// The browser tests.
    pub(crate) fn browser_tests(&self) -> PathBuf {
        self.root.join("tests/e2e")
    }

    /// The folder of one installed tool, for example `trunk-0.21.14`.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        self.cache.join("tools").join(name)
    }

    /// An empty folder in the cache for work that is thrown away or renamed when
    /// done. It is on the cache's file system, so the rename is atomic. Only who has
    /// the lock may use it.
    pub(crate) fn scratch(&self, name: &str) -> Result<PathBuf> {
        let folder = self.cache.join("tmp").join(name);
        remove_folder(&folder)?;
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(folder)
    }

    /// Waits until no other checkout installs tools into the same cache. Dropping the
    /// file, or dying, gives the lock back.
    pub(crate) fn lock_cache(&self) -> Result<File> {
        fs::create_dir_all(&self.cache)
            .with_context(|| format!("cannot create {}", self.cache.display()))?;
        let file = self.cache.join("lock");
        let lock =
            File::create(&file).with_context(|| format!("cannot create {}", file.display()))?;
        lock.lock()
            .with_context(|| format!("cannot lock {}", file.display()))?;
        Ok(lock)
    }
}

/// Removes a folder; one that is not there is no error.
pub(crate) fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Puts a finished folder in its final place, instead of what stood there.
pub(crate) fn put_in_place(finished: &Path, place: &Path) -> Result<()> {
    remove_folder(place)?;
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot create {}", parent.display()))?;
    }
    fs::rename(finished, place)
        .with_context(|| format!("cannot move {} to {}", finished.display(), place.display()))
}

fn cache_folder() -> Result<PathBuf> {
    let set = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(folder) = set("BAILIWICK_CACHE") {
        return std::path::absolute(&folder)
            .with_context(|| format!("BAILIWICK_CACHE={} is no path", folder.display()));
    }
    if let Some(folder) = set("XDG_CACHE_HOME") {
        return Ok(folder.join("bailiwick"));
    }
    match set("HOME") {
        Some(home) => Ok(home.join(".cache/bailiwick")),
        None => bail!("no HOME: set BAILIWICK_CACHE to a folder for the tools"),
    }
}
