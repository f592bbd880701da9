//! Trunk, wasm-bindgen and wasm-split-cli, built from crates.io.

use std::path::PathBuf;

use anyhow::Result;

use super::{is_program, on_path, says_version};
use crate::command::Program;
use crate::lockfile::locked_version;
use crate::steps::Steps;
use crate::workspace::{Workspace, put_in_place, remove_folder};

/// The version of trunk that our index.html and Trunk.toml are written for.
const TRUNK: &str = "0.21.14";

/// The version of wasm-split-cli that knows what the locked `wasm_split_helpers` writes.
const WASM_SPLIT: &str = "0.2.4";

/// A tool that cargo can install.
#[derive(Debug)]
pub(super) struct CargoTool {
    /// The program's name, also that of its folder in the cache.
    pub(super) name: &'static str,
    /// Exactly this version.
    pub(super) version: String,
    package: &'static str,
    /// The features without which there is no program.
    features: &'static [&'static str],
    /// Whether the package's own lock file can be used.
    locked: bool,
    patience: &'static str,
}

/// The tools that building the console needs.
pub(super) fn wanted(workspace: &Workspace) -> Result<[CargoTool; 3]> {
    let lock = workspace.root().join("Cargo.lock");
    Ok([
        CargoTool {
            name: "trunk",
            version: TRUNK.to_owned(),
            package: "trunk",
            features: &[],
            locked: true,
            patience: "4 to 12 min, once",
        },
        // The tool refuses a module that another version of the library made.
        CargoTool {
            name: "wasm-bindgen",
            version: locked_version(&lock, "wasm-bindgen")?,
            package: "wasm-bindgen-cli",
            features: &[],
            // Its lock file names a version that was taken back.
            locked: false,
            patience: "1 to 3 min, once",
        },
        CargoTool {
            name: "wasm-split-cli",
            version: WASM_SPLIT.to_owned(),
            package: "wasm_split_cli_support",
            features: &["build-binary"],
            locked: true,
            patience: "1 min, once",
        },
    ])
}

/// Makes sure that a tool is there; the folder is none if it is on PATH anyway.
pub(super) fn ensure(
    tool: &CargoTool,
    workspace: &Workspace,
    steps: &mut Steps,
) -> Result<Option<PathBuf>> {
    let label = format!("{} {}", tool.name, tool.version);
    if on_path(tool.name).is_some_and(|program| says_version(&program, &tool.version)) {
        steps.found(&label, "found on PATH");
        return Ok(None);
    }
    let place = workspace.tool(&format!("{}-{}", tool.name, tool.version));
    let bin = place.join("bin");
    if is_program(&bin.join(tool.name)) {
        steps.found(&label, "there already");
        return Ok(Some(bin));
    }
    steps.quiet(&format!("Building {label} ({})", tool.patience), || {
        let scratch = workspace.scratch(tool.name)?;
        let root = scratch.join("root");
        // Unoptimized: built in a third of the time, and the tool's own work is short.
        let mut install = Program::cargo()
            .args([
                "install",
                tool.package,
                "--version",
                &tool.version,
                "--debug",
            ])
            .args(tool.features.iter().flat_map(|name| ["--features", *name]))
            .args(["--root".as_ref(), root.as_os_str()])
            .args(["--target-dir".as_ref(), scratch.join("target").as_os_str()])
            // Settings meant for the product's own build are not meant for tools.
            .without_env("CARGO_TARGET_DIR")
            .without_env("RUSTFLAGS")
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .folder(&scratch)
            .cure(format!(
                "cargo could not install {label}: see that cargo reaches its registry, then again."
            ));
        if tool.locked {
            install = install.args(["--locked"]);
        }
        install.quiet()?;
        put_in_place(&root, &place)?;
        remove_folder(&scratch)?;
        Ok(())
    })?;
    Ok(Some(bin))
}
