//! Client commands of the `bailiwick` binary. They speak to a server through `bailiwick_api` and
//! never reach a database.
//!
//! A command gives the text for stdout, or a failure with its exit code; questions, URLs to open and
//! errors go to stderr.

mod argv;
mod auth;
mod context;
mod credentials;
mod failure;
mod iam;
mod output;
mod paper;
mod prompt;
mod resolve;
mod server;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

pub use argv::with_two_dashes;

use context::Context;
use failure::Failure;

/// Printed under the help of the binary.
pub const EXIT_CODES: &str = "Exit codes of auth and iam: 0 done, 1 refused or not found, 2 wrong \
usage, 3 the server is out of reach.";

/// The commands that this crate adds to the binary.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign in to a server, and out again.
    #[command(after_help = EXIT_CODES)]
    Auth(auth::Arguments),
    /// Organizations, folders, people, and what they may do.
    #[command(after_help = EXIT_CODES)]
    Iam(iam::Arguments),
    /// Print the completion script of a shell.
    Completion {
        /// Which shell.
        #[arg(value_enum)]
        shell: paper::Shell,
    },
    /// Write the manual pages, a file for each command.
    Man {
        /// The folder; it is made if it is not there.
        folder: PathBuf,
    },
}

impl Command {
    /// Runs the command. `whole` is the binary's command line, for completion and manual.
    pub fn run(self, whole: clap::Command) -> ExitCode {
        let (no_color, done) = match self {
            Self::Auth(arguments) => {
                let context = Context::new(arguments.globals.clone());
                let run = async || auth::run(&arguments, &context).await;
                (arguments.globals.no_color, waited(run))
            }
            Self::Iam(arguments) => {
                let context = Context::new(arguments.globals.clone());
                let run = async || iam::run(&arguments, &context).await;
                (arguments.globals.no_color, waited(run))
            }
            Self::Completion { shell } => (false, Ok(paper::completion(shell, whole))),
            Self::Man { folder } => (false, paper::manual(&folder, whole)),
        };
        let printed = done.and_then(|text| {
            output::print(&text)
                .map_err(|error| Failure::refused(format!("Nothing can be written: {error}.")))
        });
        match printed {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                let text = failure.print(output::error_word(no_color));
                output::say(text.trim_end());
                failure.exit_code()
            }
        }
    }
}

/// Runs on this thread alone.
fn waited(run: impl AsyncFnOnce() -> Result<String, Failure>) -> Result<String, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::refused(format!("Nothing can be waited for: {error}.")))?;
    runtime.block_on(run())
}
