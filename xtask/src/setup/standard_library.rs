//! Rust's standard library for the browser, built from its sources.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::wasm::TARGET;
use crate::command::Program;

/// For size, as the console itself.
const MANIFEST: &str = "[package]
name = \"stub\"
version = \"0.0.0\"
edition = \"2024\"
[profile.release]
opt-level = \"z\"
codegen-units = 1
panic = \"abort\"
[workspace]
";

/// Builds it with a cargo and its compiler's flags. The answer is a folder in `scratch`, which is
/// to be empty.
pub(super) fn build(cargo: Program, flags: &[String], scratch: &Path) -> Result<PathBuf> {
    fs::create_dir(scratch.join("src"))?;
    fs::write(scratch.join("Cargo.toml"), MANIFEST)?;
    fs::write(scratch.join("src/lib.rs"), "#![no_std]\n")?;
    // Without bitcode in the library every build with fat LTO fails.
    let mut all = vec!["-Cembed-bitcode=yes"];
    all.extend(flags.iter().map(String::as_str));
    cargo
        .args(["build", "--release", "-Zbuild-std=std,panic_abort"])
        .args(["-Zbuild-std-features=optimize_for_size"])
        .args(["--target", TARGET, "--target-dir"])
        .args([scratch.join("target")])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", all.join("\x1f"))
        .without_env("CARGO_TARGET_DIR")
        .without_env("RUSTC_WRAPPER")
        .folder(scratch)
        .cure("The standard library could not be built: see that cargo reaches its registry, then again.")
        .quiet()?;
    let built = scratch.join("target").join(TARGET).join("release/deps");
    let ready = scratch.join("lib");
    gather(&built, &ready)?;
    Ok(ready)
}

/// Collects the libraries, without the stub that they were built for.
fn gather(built: &Path, ready: &Path) -> Result<()> {
    fs::create_dir(ready)?;
    for entry in fs::read_dir(built).with_context(|| format!("no {}", built.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libstub-") {
            fs::copy(entry.path(), ready.join(&name))?;
        }
    }
    if !has_std(ready) {
        bail!("the build left no libstd in {}", built.display());
    }
    Ok(())
}

/// Where a compiler with this root looks for the target's libraries.
pub(super) fn library_folder(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TARGET).join("lib")
}

/// Whether the folder holds a standard library.
pub(super) fn has_std(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with("libstd-") && name.ends_with(".rlib")
        })
    })
}
