//! `bailiwick auth`: signing in and out.

mod browser;
mod device;
mod invite;
mod login;
mod loopback;
mod pkce;
mod status;

use clap::{Args, Subcommand};

use crate::context::{Context, Globals};
use crate::failure::Failure;

/// What `auth` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    pub(crate) globals: Globals,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Sign in with a browser, or with --headless by a code that you type elsewhere.
    Login(login::Arguments),
    /// End the sign-in, here and at the server.
    Logout,
    /// Say who is signed in, and which roles they hold.
    Status,
    /// Print an access token for other programs. Treat it as a password.
    Token,
}

pub(crate) async fn run(command: &Arguments, context: &Context) -> Result<String, Failure> {
    match &command.command {
        Command::Login(arguments) => login::run(arguments, context).await,
        Command::Logout => status::log_out(context).await,
        Command::Status => status::show(context).await,
        Command::Token => {
            context.format(&[])?;
            let token = context.sign_in()?.access_token().await?;
            Ok(token + "\n")
        }
    }
}
