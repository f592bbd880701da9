//! `cargo xtask <command>`: set up, build, run and test Bailiwick.
//!
//! Everything a person needs after `git clone` goes through here, so that one
//! program knows which tools are wanted, where they live and what to do when one
//! is missing. Each command can be interrupted and started again.

mod apt;
mod command;
mod commands;
mod console;
mod lockfile;
mod postgres;
mod setup;
mod size;
mod steps;
mod summary;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::console::Edition;
use crate::steps::Steps;
use crate::workspace::Workspace;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find or install the tools that building needs
    Setup {
        /// Also what the tests need: PostgreSQL, Chromium and the packages of tests/e2e
        #[arg(long)]
        browser: bool,
    },
    /// Build everything and start a development server
    Run {
        /// Passed on to `bailiwick serve`
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Check formatting, lints, Rust tests, browser tests and the size budget
    Test,
    /// Start a PostgreSQL for the Rust tests and say how to use it
    Postgres,
    /// Build the console as shipped into target/console/embed
    BuildConsole {
        /// With /dev/ui, into target/console/development/embed
        #[arg(long)]
        development: bool,
    },
    /// Compare what the first page costs on the wire with size-budget.toml
    CheckSize,
    /// Run the benchmarks
    Bench {
        /// Passed on to `cargo bench`
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Run the long loops (crash and power-cut rounds at full count)
    Soak {
        /// Passed on to the test binaries, for example a name filter
        #[arg(last = true)]
        args: Vec<String>,
    },
}

fn main() -> ExitCode {
    let mut steps = Steps::default();
    match run(Cli::parse().command, &mut steps) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            steps.print_table();
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command, steps: &mut Steps) -> anyhow::Result<()> {
    let workspace = Workspace::find()?;
    match command {
        Command::Setup { browser: false } => setup::for_building(&workspace, steps).map(drop),
        Command::Setup { browser: true } => setup::for_testing(&workspace, steps).map(drop),
        Command::Run { args } => commands::run(&workspace, steps, &args),
        Command::Test => commands::test(&workspace, steps),
        Command::Postgres => commands::postgres(&workspace, steps),
        Command::BuildConsole { development } => {
            let tools = setup::for_building(&workspace, steps)?;
            let edition = if development {
                Edition::Development
            } else {
                Edition::Shipped
            };
            console::build(edition, &workspace, &tools, steps)
        }
        Command::CheckSize => size::check(&workspace, steps),
        Command::Bench { args } => commands::bench(&workspace, steps, &args),
        Command::Soak { args } => commands::soak(&workspace, steps, &args),
    }
}
