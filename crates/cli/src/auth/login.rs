//! `auth login`.

use std::io::{self, BufRead as _};

use clap::Args;

use crate::auth::{browser, device, invite};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::say;
use crate::server::{Issuer, Server};

/// What `auth login` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Sign in by a code that you type in a browser elsewhere: for a machine without one.
    #[arg(long)]
    headless: bool,
    /// Accept an invite after signing in; - reads the code from stdin.
    #[arg(long, value_name = "CODE")]
    invite_code: Option<String>,
    /// Sign in with this provider, by its id.
    #[arg(long, value_name = "ID", conflicts_with = "headless")]
    provider: Option<String>,
}

pub(super) async fn run(arguments: &Arguments, context: &Context) -> Result<String, Failure> {
    context.format(&[])?;
    let code = match &arguments.invite_code {
        Some(code) => Some(invite::code(&read(code)?)?),
        None => None,
    };
    let sign_in = context.sign_in()?;
    sign_in.can_be_kept()?;
    let issuer = Issuer::discover(&sign_in.http).await?;
    let tokens = match arguments.headless {
        true => device::tokens(&issuer).await?,
        false => browser::tokens(&issuer, sign_in.server(), arguments.provider.as_deref()).await?,
    };
    if let Some(old) = sign_in.begin(tokens)? {
        // It ends by itself too, only later.
        let _ = issuer.revoke(&old).await;
    }
    drop(issuer);
    let server = Server::new(sign_in);
    let who = server.done(server.client.who_am_i().await)?;
    let name = who.email.as_deref().unwrap_or(who.subject.as_str());
    say(&format!("Signed in to {} as {name}.", who.issuer));
    match code {
        Some(code) => invite::accept(&server, &code).await,
        None => Ok(String::new()),
    }
}

fn read(code: &str) -> Result<String, Failure> {
    if code != "-" {
        return Ok(code.to_owned());
    }
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::usage(format!("The invite code cannot be read: {error}.")))?;
    Ok(line)
}
