//! What the console is built from, as one hash.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use super::{files_below, relative};
use crate::setup::Tools;

/// Folders and files that the console is built from. The last one is the code that
/// finishes trunk's output.
const INPUTS: [&str; 12] = [
    "src",
    "style",
    "crates/domain",
    "crates/api",
    "index.html",
    "Trunk.toml",
    "boot.js",
    "build.rs",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "xtask/src/console",
];

/// A text that changes whenever the console has to be built again.
pub(super) fn stamp(root: &Path, tools: &Tools) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(tools.wasm.version());
    for version in &tools.versions {
        hash.update([0]);
        hash.update(version);
    }
    for input in INPUTS {
        add(&mut hash, root, &root.join(input))?;
    }
    Ok(super::embed::hex(&hash.finalize()))
}

fn add(hash: &mut Sha256, root: &Path, input: &Path) -> Result<()> {
    let files = if input.is_dir() {
        files_below(input)?
    } else {
        vec![input.to_path_buf()]
    };
    for file in files {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        // Lengths keep one file's end apart from the next one's name.
        let name = relative(&file, root)?;
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    Ok(())
}
