//! Debian's compiler for wasm, for machines that reach package registries but not
//! rustup's servers. It stands beside rustup's; its standard library for the
//! browser is built once from Debian's sources.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use super::standard_library::{self, has_std, library_folder};
use super::wasm::TARGET;
use super::{is_program, on_path};
use crate::apt;
use crate::command::Program;
use crate::steps::Steps;
use crate::workspace::{Workspace, remove_folder};

const NAME: &str = "bailiwick-wasm";
const ROOT: &str = "/usr";
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const LINKER: &str = "wasm-ld-19";
/// Remembers, beside the library, which compiler built it.
const STAMP: &str = "built-by";

/// The environment that makes cargo and trunk use it.
pub(super) fn environment() -> Vec<(&'static str, String)> {
    vec![
        ("RUSTUP_TOOLCHAIN", NAME.to_owned()),
        (
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER",
            LINKER.to_owned(),
        ),
    ]
}

/// What the compiler's `-vV` says.
pub(super) fn version() -> Result<String> {
    Program::new(RUSTC).args(["-vV"]).read()
}

/// Whether nothing is left to do.
pub(super) fn is_complete() -> bool {
    has_packages() && has_library() && is_linked()
}

/// Installs the compiler, builds its library and gives it a name in rustup.
pub(super) fn ensure(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    let label = "The distribution's Rust";
    if is_complete() {
        steps.found(label, "there already");
        return Ok(());
    }
    if !has_packages() {
        steps.quiet(&format!("Installing {}", label.to_lowercase()), || {
            apt::install(
                &["rustc-web", "cargo-web", "rust-web-src", "lld-19"],
                &format!("a Rust compiler for {TARGET}"),
            )?;
            Ok(())
        })?;
    }
    if !has_library() {
        steps.quiet(
            "Building its standard library for wasm (75 s, once)",
            || build_library(workspace),
        )?;
    }
    // Without rustup the distribution's cargo is the one on PATH already.
    if !is_linked() {
        Program::new("rustup")
            .args(["toolchain", "link", NAME, ROOT])
            .quiet()?;
    }
    Ok(())
}

/// The lints of that compiler: another version's cannot read its libraries.
pub(super) fn ensure_clippy(steps: &mut Steps) -> Result<()> {
    if is_program(Path::new("/usr/bin/clippy-driver")) {
        steps.found("The distribution's clippy", "there already");
        return Ok(());
    }
    steps.quiet("Installing the distribution's clippy", || {
        apt::install(&["rust-web-clippy"], "clippy for the distribution's Rust")?;
        Ok(())
    })
}

fn has_packages() -> bool {
    is_program(Path::new(RUSTC))
        && is_program(Path::new(CARGO))
        && Path::new("/usr/lib/rustlib/src/rust/library/std").is_dir()
        && on_path(LINKER).is_some()
}

fn has_library() -> bool {
    let folder = library_folder(Path::new(ROOT));
    let built_by = fs::read_to_string(folder.join(STAMP)).unwrap_or_default();
    has_std(&folder) && version().is_ok_and(|version| version == built_by)
}

fn is_linked() -> bool {
    if on_path("rustup").is_none() {
        return true;
    }
    Program::new("rustup")
        .args(["toolchain", "list"])
        .read()
        .is_ok_and(|list| {
            list.lines()
                .any(|line| line.split_whitespace().next() == Some(NAME))
        })
}

/// Its cargo, with its compiler.
pub(super) fn cargo() -> Program {
    Program::new(CARGO)
        .env("RUSTC", RUSTC)
        .without_env("RUSTUP_TOOLCHAIN")
}

/// What its compiler has to be told, whatever it builds for the browser.
pub(super) fn flags() -> Vec<String> {
    vec![format!("-Clinker={LINKER}")]
}

fn build_library(workspace: &Workspace) -> Result<()> {
    let scratch = workspace.scratch("wasm-std")?;
    let ready = standard_library::build(cargo(), &flags(), &scratch)?;
    fs::write(ready.join(STAMP), version()?)?;
    install(&ready)?;
    remove_folder(&scratch)
}

/// Copies the libraries beside the compiler's own, where only root may write. The
/// last step is a rename, so that half a library is never found.
fn install(ready: &Path) -> Result<()> {
    let place = library_folder(Path::new(ROOT));
    let script = r#"set -e
rm -rf "$2.new"
mkdir -p "$2.new"
cp "$1"/* "$2.new"/
rm -rf "$2"
mv "$2.new" "$2""#;
    let by_hand = format!("sudo cp -r {} {}", ready.display(), place.display());
    if !apt::may_use_sudo(&by_hand)? {
        bail!("run `{by_hand}`, then again");
    }
    apt::as_root("sh")?
        .args(["-c", script, "sh"])
        .args([ready, &place])
        .cure(format!("Run `{by_hand}`, then again."))
        .quiet()
}
