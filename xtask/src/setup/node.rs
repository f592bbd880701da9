//! Node and what npm installs: tools of the console's build and the packages of the browser tests.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use sha2::{Digest as _, Sha256};

use super::{is_program, on_path, says_version};
use crate::apt;
use crate::command::Program;
use crate::steps::Steps;
use crate::workspace::{Workspace, put_in_place, remove_folder};

const OLDEST_NODE: u32 = 18;

/// Makes sure that `node` and `npm` are on PATH.
pub(super) fn ensure_node(steps: &mut Steps) -> Result<()> {
    if on_path("node").is_none() || on_path("npm").is_none() {
        steps.quiet("Installing Node", || {
            apt::install(&["nodejs", "npm"], "Node 18 or newer with npm")
        })?;
    }
    let version = Program::new("node").args(["--version"]).read()?;
    if major(&version).is_none_or(|major| major < OLDEST_NODE) {
        bail!(
            "Node {version} is too old: install Node {OLDEST_NODE} or newer \
             (for example from https://nodejs.org), then again"
        );
    }
    steps.found(&format!("Node {version}"), "found on PATH");
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// A program that npm can install.
#[derive(Debug)]
pub(super) struct NpmTool {
    /// The package.
    pub(super) package: &'static str,
    /// Exactly this version.
    pub(super) version: &'static str,
    program: &'static str,
    /// What the program answers to `--version`, as one of the words.
    says: &'static str,
}

/// The tools that building the console needs.
pub(super) const TOOLS: [NpmTool; 2] = [
    // Distributions ship versions that miscompile what today's compiler emits.
    NpmTool {
        package: "binaryen",
        version: "132.0.0",
        program: "wasm-opt",
        says: "132",
    },
    // Trunk's own minifier does not read what wasm-bindgen writes.
    NpmTool {
        package: "esbuild",
        version: "0.28.2",
        program: "esbuild",
        says: "0.28.2",
    },
];

/// Makes sure that a tool is there; the folder is none if it is on PATH anyway.
pub(super) fn ensure_tool(
    tool: &NpmTool,
    workspace: &Workspace,
    steps: &mut Steps,
) -> Result<Option<PathBuf>> {
    let (package, version) = (tool.package, tool.version);
    let label = format!("{package} {version}");
    if on_path(tool.program).is_some_and(|program| says_version(&program, tool.says)) {
        steps.found(&label, "found on PATH");
        return Ok(None);
    }
    let place = workspace.tool(&format!("{package}-{version}"));
    let bin = place.join("node_modules/.bin");
    if is_program(&bin.join(tool.program)) {
        steps.found(&label, "there already");
        return Ok(Some(bin));
    }
    steps.quiet(&format!("Installing {label}"), || {
        let scratch = workspace.scratch(package)?;
        let exact = format!("{package}@{version}");
        npm(&["install", "--no-save", "--prefix", ".", &exact])
            .folder(&scratch)
            .cure(format!(
                "npm could not install {package}: see that npm reaches its registry, then again."
            ))
            .quiet()?;
        put_in_place(&scratch, &place)?;
        Ok(())
    })?;
    Ok(Some(bin))
}

/// Makes sure that tests/e2e/node_modules is what its lock file says.
pub(super) fn ensure_test_packages(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    let folder = workspace.browser_tests();
    let lock_file = folder.join("package-lock.json");
    let lock =
        fs::read(&lock_file).with_context(|| format!("cannot read {}", lock_file.display()))?;
    let wanted = hex(&Sha256::digest(lock));
    // Written last, so that an interrupted installation has none.
    let stamp = folder.join("node_modules/.bailiwick-lock");
    let label = "packages of tests/e2e";
    if fs::read_to_string(&stamp).is_ok_and(|stamp| stamp == wanted) {
        steps.found(label, "there already");
        return Ok(());
    }
    steps.quiet(&format!("Installing the {label}"), || {
        remove_folder(&folder.join("node_modules"))?;
        npm(&["ci"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .folder(&folder)
            .cure(
                "npm could not install the packages of tests/e2e: see that npm reaches its \
                 registry, then again.",
            )
            .quiet()?;
        fs::write(&stamp, &wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
        Ok(())
    })
}

fn npm(args: &[&str]) -> Program {
    Program::new("npm")
        .args(args)
        .args(["--no-audit", "--no-fund"])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn reads_nodes_version() {
        assert_eq!(super::major("v20.20.2"), Some(20));
        assert_eq!(super::major("nonsense"), None);
    }
}
