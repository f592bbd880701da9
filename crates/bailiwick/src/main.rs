//! `bailiwick`: the server and its administration in one binary.

mod admin;
mod config_check;
mod configured;
mod logging;
mod serve;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

/// Self-hosted identity and access control.
#[derive(Debug, Parser)]
#[command(name = "bailiwick", version, about, after_help = bailiwick_cli::EXIT_CODES)]
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
    /// Commands about the configuration file.
    #[command(subcommand)]
    Config(config_check::Command),
    /// Client commands.
    #[command(flatten)]
    Client(bailiwick_cli::Command),
}

fn main() -> ExitCode {
    let arguments = bailiwick_cli::with_two_dashes(std::env::args_os());
    let done = match Arguments::parse_from(arguments).command {
        Command::Client(command) => return command.run(Arguments::command()),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Admin(arguments) => admin::run(arguments),
        Command::Config(config_check::Command::Check(arguments)) => config_check::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // For people: without the backtrace that returning the error would print.
            eprintln!("error: {}", causes(&error));
            ExitCode::FAILURE
        }
    }
}

/// The error and what caused it, each said once: some errors tell their cause themselves.
fn causes(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !said.contains(&cause) {
            let between = if said.is_empty() { "" } else { ": " };
            said = said + between + &cause;
        }
    }
    said
}
