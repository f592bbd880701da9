//! Finds a compiler for wasm32-unknown-unknown.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use anyhow::{Context as _, Result, bail};

use super::{distribution, on_path};
use crate::command::Program;
use crate::steps::Steps;
use crate::workspace::Workspace;

/// The target that browsers run.
pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// On a closed network rustup hangs; where it can download, this is ample.
const RUSTUP_LIMIT: Duration = Duration::from_secs(60);

/// A compiler that can build the console, as the environment that selects it.
#[derive(Debug)]
pub(crate) struct WasmToolchain {
    environment: Vec<(&'static str, String)>,
    /// Where it builds. Two compilers do not share a folder, or each would throw
    /// away what the other built.
    target: PathBuf,
    /// What its `rustc -vV` says: part of what the console's build depends on.
    version: String,
}

impl WasmToolchain {
    /// Makes a program (trunk, cargo) use this compiler.
    pub(crate) fn select(&self, program: Program) -> Program {
        self.environment
            .iter()
            .fold(program, |program, (name, value)| program.env(name, value))
            .env("CARGO_TARGET_DIR", &self.target)
    }

    /// What `rustc -vV` says.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// Whether this is the distribution's compiler beside rustup's.
    pub(super) fn is_distribution(&self) -> bool {
        !self.environment.is_empty()
    }

    fn active(workspace: &Workspace) -> Result<Self> {
        Ok(Self {
            environment: Vec::new(),
            target: workspace.target().to_path_buf(),
            version: Program::new("rustc").args(["-vV"]).read()?,
        })
    }

    fn distribution(workspace: &Workspace) -> Result<Self> {
        Ok(Self {
            environment: distribution::environment(),
            target: workspace.target().join("wasm"),
            version: distribution::version()?,
        })
    }
}

/// Finds or installs the compiler. `BAILIWICK_WASM_TOOLCHAIN=distribution` chooses
/// the distribution's even where rustup's would do.
pub(super) fn ensure(workspace: &Workspace, steps: &mut Steps) -> Result<WasmToolchain> {
    let label = format!("Rust for {TARGET}");
    match env::var("BAILIWICK_WASM_TOOLCHAIN").as_deref() {
        Ok("distribution") => {
            distribution::ensure(workspace, steps)?;
            return WasmToolchain::distribution(workspace);
        }
        Ok("") | Err(_) => {}
        Ok(other) => bail!("BAILIWICK_WASM_TOOLCHAIN={other}: only `distribution` is known"),
    }
    if active_has_target()? {
        steps.found(&label, "there already");
        return WasmToolchain::active(workspace);
    }
    if distribution::is_complete() {
        steps.found(&label, "there already (the distribution's compiler)");
        return WasmToolchain::distribution(workspace);
    }
    let mut by_rustup = Ok(());
    if on_path("rustup").is_some() {
        steps.quiet(&format!("Adding {TARGET} with rustup"), || {
            by_rustup = Program::new("rustup")
                .args(["target", "add", TARGET])
                .quiet_within(RUSTUP_LIMIT);
            Ok(())
        })?;
    }
    if active_has_target()? {
        return WasmToolchain::active(workspace);
    }
    if let Err(error) = &by_rustup {
        println!("    rustup could not add it ({error}); trying the distribution's compiler");
    }
    distribution::ensure(workspace, steps).with_context(|| {
        format!("no Rust for {TARGET}: `rustup target add {TARGET}` is the usual way to it")
    })?;
    WasmToolchain::distribution(workspace)
}

fn active_has_target() -> Result<bool> {
    let sysroot = Program::new("rustc")
        .args(["--print", "sysroot"])
        .cure("Install Rust from https://rustup.rs, then again.")
        .read()?;
    Ok(has_std(&library_folder(Path::new(&sysroot))))
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
