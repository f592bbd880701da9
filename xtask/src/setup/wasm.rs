//! Finds a compiler for wasm32-unknown-unknown.

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::small_std::SmallStd;
use super::standard_library::{has_std, library_folder};
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
    /// The library that the console is shipped with; none where its sources cannot be had.
    small: Option<SmallStd>,
}

impl WasmToolchain {
    /// Makes a program (trunk, cargo) use this compiler.
    pub(crate) fn select(&self, program: Program) -> Program {
        let program = self
            .environment
            .iter()
            .fold(program, |program, (name, value)| program.env(name, value))
            .env("CARGO_TARGET_DIR", &self.target);
        match &self.small {
            Some(small) => small.select(program),
            None => program,
        }
    }

    /// What `rustc -vV` says, and which library it uses.
    pub(crate) fn version(&self) -> String {
        let small = self.small.as_ref().map(SmallStd::name);
        [self.version.as_str(), &small.unwrap_or_default()].concat()
    }

    /// Whether this is the distribution's compiler beside rustup's.
    pub(super) fn is_distribution(&self) -> bool {
        !self.environment.is_empty()
    }

    /// The compiler on PATH, with what `rustup` has beside it.
    fn active(workspace: &Workspace, steps: &mut Steps) -> Result<Self> {
        let version = Program::new("rustc").args(["-vV"]).read()?;
        let small = if env::var_os("BAILIWICK_PLAIN_STD").is_some() {
            None
        } else if has_sources(&sysroot()?) {
            let cargo = Program::cargo();
            Some(SmallStd::ensure(
                cargo,
                &version,
                Vec::new(),
                workspace,
                steps,
            )?)
        } else {
            println!(
                "    without rust-src the console gets the ordinary standard library and is past \
                 its size budget: `rustup component add rust-src`"
            );
            None
        };
        Ok(Self {
            environment: Vec::new(),
            target: workspace.target().to_path_buf(),
            version,
            small,
        })
    }

    fn distribution(workspace: &Workspace, steps: &mut Steps) -> Result<Self> {
        let version = distribution::version()?;
        let (cargo, flags) = (distribution::cargo(), distribution::flags());
        let small = SmallStd::ensure(cargo, &version, flags, workspace, steps)?;
        Ok(Self {
            environment: distribution::environment(),
            target: workspace.target().join("wasm"),
            version,
            small: Some(small),
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
            return WasmToolchain::distribution(workspace, steps);
        }
        Ok("") | Err(_) => {}
        Ok(other) => bail!("BAILIWICK_WASM_TOOLCHAIN={other}: only `distribution` is known"),
    }
    if is_active_complete()? {
        steps.found(&label, "there already");
        return WasmToolchain::active(workspace, steps);
    }
    if distribution::is_complete() {
        steps.found(&label, "there already (the distribution's compiler)");
        return WasmToolchain::distribution(workspace, steps);
    }
    if let Err(error) = by_rustup(steps) {
        println!("    rustup could not add it ({error}); trying the distribution's compiler");
    }
    if is_active_complete()? {
        return WasmToolchain::active(workspace, steps);
    }
    let by_distribution = distribution::ensure(workspace, steps);
    if by_distribution.is_err() && has_target(&sysroot()?) {
        return WasmToolchain::active(workspace, steps);
    }
    by_distribution.with_context(|| {
        format!(
            "no Rust for {TARGET}: `rustup target add {TARGET}` and `rustup component add \
             rust-src` are the usual way to it"
        )
    })?;
    WasmToolchain::distribution(workspace, steps)
}

/// Adds what the active compiler lacks. Without rustup nothing happens.
fn by_rustup(steps: &mut Steps) -> Result<()> {
    if on_path("rustup").is_none() {
        return Ok(());
    }
    let mut outcome = Ok(());
    steps.quiet(&format!("Adding {TARGET} and rust-src with rustup"), || {
        let add = |what: [&str; 3]| Program::new("rustup").args(what).quiet_within(RUSTUP_LIMIT);
        outcome =
            add(["target", "add", TARGET]).and_then(|()| add(["component", "add", "rust-src"]));
        Ok(())
    })?;
    outcome
}

fn is_active_complete() -> Result<bool> {
    let sysroot = sysroot()?;
    Ok(has_target(&sysroot) && has_sources(&sysroot))
}

/// Where the compiler on PATH keeps its libraries.
fn sysroot() -> Result<PathBuf> {
    let sysroot = Program::new("rustc")
        .args(["--print", "sysroot"])
        .cure("Install Rust from https://rustup.rs, then again.")
        .read()?;
    Ok(PathBuf::from(sysroot))
}

fn has_target(sysroot: &Path) -> bool {
    has_std(&library_folder(sysroot))
}

fn has_sources(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib/src/rust/library/std").is_dir()
}
