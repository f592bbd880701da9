//! The standard library that the console is shipped with: without the words of panics, which nobody
//! reads in a browser (docs/decisions/0009).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use sha2::{Digest as _, Sha256};

use super::standard_library::{self, has_std, library_folder};
use crate::command::Program;
use crate::steps::Steps;
use crate::workspace::{Workspace, put_in_place, remove_folder};

/// What the library and all that uses it are compiled with. Settings that are not stable yet:
/// `RUSTC_BOOTSTRAP` goes with them.
const FLAGS: [&str; 4] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
];

/// The library, for one compiler.
#[derive(Debug)]
pub(super) struct SmallStd {
    /// With `lib/rustlib/TARGET/lib` below it.
    sysroot: PathBuf,
    flags: Vec<String>,
}

impl SmallStd {
    /// Builds it unless it is in the cache. `version` is the compiler's, `flags` are what it has to
    /// be told anyway.
    pub(super) fn ensure(
        cargo: Program,
        version: &str,
        flags: Vec<String>,
        workspace: &Workspace,
        steps: &mut Steps,
    ) -> Result<Self> {
        let flags: Vec<String> = flags.into_iter().chain(FLAGS.map(str::to_owned)).collect();
        let key = [version, &flags.join(" ")].concat();
        let name = format!("std-{:x}", Sha256::digest(key));
        let sysroot = workspace.tool(&name);
        let label = "Rust's standard library, small";
        if has_std(&library_folder(&sysroot)) {
            steps.found(label, "there already");
        } else {
            steps.quiet(&format!("Building {label} (1 min, once)"), || {
                make(cargo, &flags, &sysroot, workspace)
            })?;
        }
        Ok(Self { sysroot, flags })
    }

    /// Its name in the cache, another one for each compiler and set of flags.
    pub(super) fn name(&self) -> String {
        let name = self.sysroot.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Makes a program that compiles use it.
    pub(super) fn select(&self, program: Program) -> Program {
        let sysroot = self.sysroot.display().to_string();
        let mut all = vec!["--sysroot", &sysroot];
        all.extend(self.flags.iter().map(String::as_str));
        program
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_ENCODED_RUSTFLAGS", all.join("\x1f"))
    }
}

fn make(cargo: Program, flags: &[String], sysroot: &Path, workspace: &Workspace) -> Result<()> {
    let scratch = workspace.scratch("small-std")?;
    let ready = standard_library::build(cargo, flags, &scratch)?;
    let root = scratch.join("root");
    let place = library_folder(&root);
    fs::create_dir_all(place.join(".."))?;
    fs::rename(ready, place)?;
    put_in_place(&root, sysroot)?;
    remove_folder(&scratch)
}
