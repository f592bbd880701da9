//! The commands that are little more than an order of steps.

mod test;

use anyhow::Result;

pub(crate) use self::test::test;
use crate::console::{self, Edition};
use crate::postgres::Cluster;
use crate::setup;
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Builds everything and becomes a development server.
pub(crate) fn run(workspace: &Workspace, steps: &mut Steps, args: &[String]) -> Result<()> {
    let tools = setup::for_building(workspace, steps)?;
    let edition = Edition::Development;
    console::build(edition, workspace, &tools, steps)?;
    steps.loud("Building the server (some minutes the first time)", || {
        workspace
            .cargo()
            .args(["build", "--release", "-p", "bailiwick"])
            .env("BAILIWICK_CONSOLE_DIR", edition.embed(workspace))
            .stream()
    })?;
    // The server prints its address last, so nothing is printed here. It takes this
    // process's place, so that Ctrl-C reaches it and its exit code is ours.
    crate::command::Program::new(workspace.target().join("release/bailiwick"))
        .args(["serve", "--dev", "--data", "data"])
        .args(args)
        .folder(workspace.root())
        .become_it()
}

/// Runs every benchmark of the workspace, with the console embedded as shipped.
pub(crate) fn bench(workspace: &Workspace, steps: &mut Steps, args: &[String]) -> Result<()> {
    if !has_benchmarks(workspace)? {
        println!("There are no benchmarks: they belong in crates/*/benches.");
        return Ok(());
    }
    let tools = setup::for_building(workspace, steps)?;
    console::build(Edition::Shipped, workspace, &tools, steps)?;
    // One build of the server and the benchmarks: asked for separately, cargo would choose other
    // features and build the dependencies twice. Named like this, test binaries are left out: they
    // know no benchmark's options.
    let all = ["--workspace", "--exclude", console::PACKAGE, "--bench", "*"];
    steps.loud("Building the server and the benchmarks", || {
        workspace
            .cargo()
            .args(["build", "--release", "--bin", "bailiwick"])
            .args(all)
            .stream()
    })?;
    steps.loud("Benchmarks", || {
        workspace
            .cargo()
            .args(["bench"])
            .args(all)
            .args(args)
            .env(
                "BAILIWICK_BIN",
                workspace.target().join("release/bailiwick"),
            )
            .stream()
    })
}

fn has_benchmarks(workspace: &Workspace) -> Result<bool> {
    for entry in std::fs::read_dir(workspace.root().join("crates"))? {
        if entry?.path().join("benches").is_dir() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Runs the tests with their loops at full count, the ignored ones included.
pub(crate) fn soak(workspace: &Workspace, steps: &mut Steps, args: &[String]) -> Result<()> {
    let cluster = Cluster::start(&setup::for_database(workspace, steps)?, steps)?;
    steps.loud("Long loops", || {
        workspace
            .cargo()
            .args(["test", "--profile", "ci", "--workspace"])
            .args(["--exclude", console::PACKAGE, "--no-fail-fast"])
            .args(["--", "--include-ignored"])
            .args(args)
            .env("BAILIWICK_SOAK", "1")
            .envs(cluster.environment())
            .stream()
    })
}

/// Runs a database for tests in another shell, until Ctrl-C.
pub(crate) fn postgres(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    let cluster = Cluster::start(&setup::for_database(workspace, steps)?, steps)?;
    println!("In another shell, before `cargo test`:\n");
    for (name, value) in cluster.environment() {
        println!("export {name}='{value}'");
    }
    println!("\nCtrl-C stops the database and removes its data.");
    loop {
        std::thread::park();
    }
}
