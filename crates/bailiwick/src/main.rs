//! `bailiwick`: the server and its administration in one binary.

mod admin;
mod configured;
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
    /// Administer on the machine itself, whether a server runs or not.
    Admin(admin::Arguments),
    /// Client commands.
    #[command(flatten)]
    Client(bailiwick_cli::Command),
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Admin(arguments) => admin::run(arguments),
        Command::Client(command) => {
            command.run();
            Ok(())
        }
    }
}
