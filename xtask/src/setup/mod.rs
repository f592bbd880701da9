//! Finds or installs what building and testing need. What is there is used as it
//! is; what is installed goes into the cache, whole or not at all.

mod browser;
mod cargo_tools;
mod distribution;
mod node;
mod small_std;
mod standard_library;
mod wasm;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context as _, Result};

pub(crate) use self::wasm::WasmToolchain;
use crate::apt;
use crate::command::Program;
use crate::postgres;
use crate::steps::Steps;
use crate::workspace::Workspace;

/// What building the console needs.
#[derive(Debug)]
pub(crate) struct Tools {
    /// The compiler for the browser.
    pub(crate) wasm: WasmToolchain,
    /// Folders that hold trunk, wasm-bindgen, wasm-opt and esbuild, if not on PATH anyway.
    folders: Vec<PathBuf>,
    /// The names and versions of these tools.
    pub(crate) versions: Vec<String>,
}

impl Tools {
    /// PATH with the tools before everything else.
    pub(crate) fn path(&self) -> Result<OsString> {
        self.path_of(self.folders.clone())
    }

    /// PATH with a folder, then the tools, before everything else.
    pub(crate) fn path_after(&self, first: PathBuf) -> Result<OsString> {
        let mut ours = vec![first];
        ours.extend(self.folders.iter().cloned());
        self.path_of(ours)
    }

    fn path_of(&self, ours: Vec<PathBuf>) -> Result<OsString> {
        let old = env::var_os("PATH").unwrap_or_default();
        env::join_paths(ours.into_iter().chain(env::split_paths(&old)))
            .context("a folder of the tools has a colon in its name; set BAILIWICK_CACHE")
    }
}

/// What `cargo xtask test` needs.
#[derive(Debug)]
pub(crate) struct TestTools {
    /// What building needs.
    pub(crate) build: Tools,
    /// The browser's program.
    pub(crate) chromium: PathBuf,
    /// The database server's programs.
    pub(crate) postgres: postgres::Programs,
}

/// Sets up for `run` and `build-console`.
pub(crate) fn for_building(workspace: &Workspace, steps: &mut Steps) -> Result<Tools> {
    let _lock = workspace.lock_cache()?;
    basics(steps)?;
    let wasm = wasm::ensure(workspace, steps)?;
    let mut tools = Tools {
        wasm,
        folders: Vec::new(),
        versions: Vec::new(),
    };
    for tool in cargo_tools::wanted(workspace)? {
        let folder = cargo_tools::ensure(&tool, workspace, steps)?;
        tools.add(folder, format!("{} {}", tool.name, tool.version));
    }
    node::ensure_node(steps)?;
    for tool in &node::TOOLS {
        let folder = node::ensure_tool(tool, workspace, steps)?;
        tools.add(folder, format!("{} {}", tool.package, tool.version));
    }
    Ok(tools)
}

/// Sets up for `test`: building, PostgreSQL, Chromium and the browser tests' packages.
pub(crate) fn for_testing(workspace: &Workspace, steps: &mut Steps) -> Result<TestTools> {
    let build = for_building(workspace, steps)?;
    let _lock = workspace.lock_cache()?;
    if build.wasm.is_distribution() {
        distribution::ensure_clippy(steps)?;
    }
    let postgres = postgres::ensure(steps)?;
    let chromium = browser::ensure_chromium(steps)?;
    node::ensure_test_packages(workspace, steps)?;
    Ok(TestTools {
        build,
        chromium,
        postgres,
    })
}

/// Sets up for `postgres` and `soak`: the database server alone.
pub(crate) fn for_database(workspace: &Workspace, steps: &mut Steps) -> Result<postgres::Programs> {
    let _lock = workspace.lock_cache()?;
    postgres::ensure(steps)
}

impl Tools {
    fn add(&mut self, folder: Option<PathBuf>, version: String) {
        self.folders.extend(folder);
        self.versions.push(version);
    }
}

/// What cargo itself needs to build the server.
fn basics(steps: &mut Steps) -> Result<()> {
    if on_path("cc").is_none() {
        steps.quiet("Installing a C compiler", || {
            apt::install(&["gcc", "libc6-dev"], "a C compiler (`cc`)")
        })?;
    }
    if on_path("git").is_none() {
        steps.quiet("Installing git", || apt::install(&["git"], "git"))?;
    }
    Ok(())
}

/// Where a program is on PATH.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|file| is_program(file))
}

/// Whether a file is there and may be run.
pub(crate) fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(file).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// Whether a program answers `--version` with exactly this version.
fn says_version(program: &Path, version: &str) -> bool {
    Program::new(program)
        .args(["--version"])
        .read()
        .is_ok_and(|said| said.split_whitespace().any(|word| word == version))
}
