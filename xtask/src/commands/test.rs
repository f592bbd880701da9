//! `cargo xtask test`: everything that must hold before a change is accepted.

use anyhow::{Result, bail};

use crate::command::Program;
use crate::console::{self, Edition};
use crate::postgres::Cluster;
use crate::setup::{self, TestTools};
use crate::size;
use crate::steps::Steps;
use crate::summary;
use crate::workspace::Workspace;

/// The one profile that builds the server for Rust tests and browser tests.
const PROFILE: &str = "ci";

/// Sets up, then runs every check. A failed check does not hide the next one: all
/// are run, and the end says which failed.
pub(crate) fn test(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    let tools = setup::for_testing(workspace, steps)?;
    let mut checks = Checks::default();
    checks.add(
        "formatting",
        steps.loud("Formatting", || formatting(workspace)),
    );
    // The one that is shipped last: its module is what `size` looks into.
    for edition in [Edition::Development, Edition::Shipped] {
        console::build(edition, workspace, &tools.build, steps)?;
    }
    checks.add("lints", steps.loud("Lints", || lints(workspace)));
    checks.add(
        "lints of the console",
        steps.loud("Lints of the console", || console_lints(workspace, &tools)),
    );
    steps.loud("Building the server and its tests", || build(workspace))?;

    let mut results = Vec::new();
    let rust = rust_tests(workspace, &tools, steps, &mut results);
    checks.add("Rust tests", rust);
    let browser = steps.loud("Browser tests", || {
        browser_tests(workspace, &tools, &mut results)
    });
    checks.add("browser tests", browser);
    checks.add("size budget", size::check(workspace, steps));

    steps.print_table();
    println!();
    for line in results {
        println!("{line}");
    }
    checks.verdict()
}

/// What went wrong so far.
#[derive(Debug, Default)]
struct Checks {
    failed: Vec<&'static str>,
}

impl Checks {
    fn add(&mut self, name: &'static str, result: Result<()>) {
        if let Err(error) = result {
            eprintln!("error: {error:#}");
            self.failed.push(name);
        }
    }

    fn verdict(&self) -> Result<()> {
        if self.failed.is_empty() {
            return Ok(());
        }
        bail!("failed: {}", self.failed.join(", "))
    }
}

fn formatting(workspace: &Workspace) -> Result<()> {
    workspace
        .cargo()
        .args(["fmt", "--all", "--check"])
        .cure("Run `cargo fmt --all`, then again.")
        .stream()
}

fn lints(workspace: &Workspace) -> Result<()> {
    workspace
        .cargo()
        .args(["clippy", "--profile", PROFILE, "--workspace"])
        .args(["--exclude", console::PACKAGE, "--all-targets"])
        .args(["--", "-D", "warnings"])
        .stream()
}

fn console_lints(workspace: &Workspace, tools: &TestTools) -> Result<()> {
    // The profile of the build just made: it has compiled the macros already.
    let clippy = workspace
        .cargo()
        .args([
            "clippy",
            "--profile",
            console::PROFILE,
            "-p",
            console::PACKAGE,
        ])
        .args(["--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]);
    tools.build.wasm.select(clippy).stream()
}

/// Builds the tests and the binary in one go: asked for separately, cargo would
/// choose other features and build the dependencies twice.
fn build(workspace: &Workspace) -> Result<()> {
    workspace
        .cargo()
        .args(["build", "--profile", PROFILE, "--workspace"])
        .args(["--exclude", console::PACKAGE, "--bins", "--tests"])
        .stream()
}

fn rust_tests(
    workspace: &Workspace,
    tools: &TestTools,
    steps: &mut Steps,
    results: &mut Vec<String>,
) -> Result<()> {
    let cluster = Cluster::start(&tools.postgres, steps)?;
    steps.loud("Rust tests", || {
        let (lines, result) = workspace
            .cargo()
            .args(["test", "--profile", PROFILE, "--workspace"])
            .args(["--exclude", console::PACKAGE, "--no-fail-fast"])
            .envs(cluster.environment())
            .stream_keeping(summary::is_cargo_result)?;
        results.push(summary::total(&lines));
        result
    })
}

fn browser_tests(
    workspace: &Workspace,
    tools: &TestTools,
    results: &mut Vec<String>,
) -> Result<()> {
    let (lines, result) = Program::new("npx")
        .args(["--no-install", "playwright", "test"])
        .env(
            "BAILIWICK_BIN",
            workspace.target().join(PROFILE).join("bailiwick"),
        )
        .env(
            "BAILIWICK_DEVELOPMENT_CONSOLE",
            Edition::Development.embed(workspace),
        )
        .env("CHROMIUM", &tools.chromium)
        .env("CI", "1")
        .folder(&workspace.browser_tests())
        .stream_keeping(summary::is_playwright_result)?;
    results.extend(lines);
    result
}
