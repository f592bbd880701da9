//! `bailiwick`: the server and its administration in one binary.

mod config_check;
mod logging;
mod serve;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Self-hosted identity and access control.
#[derive(Debug, Parser)]
#[command(name = "bailiwick", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server.
    Serve(serve::Arguments),
    /// Commands about the configuration file.
    #[command(subcommand)]
    Config(config_check::Command),
    /// Client commands.
    #[command(flatten)]
    Client(bailiwick_cli::Command),
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Config(config_check::Command::Check(arguments)) => config_check::run(&arguments),
        Command::Client(command) => {
            command.run();
            Ok(())
        }
    }
}
