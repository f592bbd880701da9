//! Calls trunk with the tools it is given and nothing from the network.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::{Edition, PACKAGE};
use crate::command::Program;
use crate::setup::{Tools, on_path};
use crate::workspace::{Workspace, remove_folder};

/// Builds into the folder `dist`.
pub(super) fn build(
    edition: Edition,
    dist: &Path,
    workspace: &Workspace,
    tools: &Tools,
) -> Result<()> {
    // Trunk leaves older hashed files beside the new ones.
    remove_folder(dist)?;
    let shims = shims(workspace, tools)?;
    let trunk = Program::calling_cargo("trunk")
        .args(["build", "--release", "--offline", "--dist"])
        .args([dist])
        .args(edition.features())
        .env("PATH", tools.path_after(shims)?)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk takes NO_COLOR for a flag of its own and refuses NO_COLOR=1.
        .without_env("NO_COLOR")
        // It prints its own stack after every mistake in the console's code.
        .without_env("RUST_BACKTRACE")
        .folder(workspace.root());
    tools.wasm.select(trunk).stream()
}

/// A folder with a `cargo` that builds the console and a `wasm-bindgen` that splits it. Trunk calls
/// `cargo build` in the workspace's root without naming a package, which means the default members;
/// and the console is none, so that a plain `cargo build` does not compile it natively.
fn shims(workspace: &Workspace, tools: &Tools) -> Result<PathBuf> {
    let cargo = on_path("cargo").context("cargo is not on PATH")?;
    let folder = workspace.console().join("bin");
    fs::create_dir_all(&folder)?;
    let cargo = format!(
        "#!/bin/sh\nif [ \"$1\" = build ]; then set -- \"$@\" --package {PACKAGE}; fi\n\
         exec '{}' \"$@\"\n",
        cargo.display()
    );
    write_program(&folder.join("cargo"), &cargo)?;
    write_program(
        &folder.join("wasm-bindgen"),
        &super::split::script(workspace, tools)?,
    )?;
    Ok(folder)
}

fn write_program(file: &Path, script: &str) -> Result<()> {
    fs::write(file, script).with_context(|| format!("cannot write {}", file.display()))?;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("cannot make {} a program", file.display()))
}
