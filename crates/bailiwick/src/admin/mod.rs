//! `bailiwick admin`: what whoever runs the server may do on the machine itself, beside a server
//! that runs or before it first does. Rule 2 does not bind the host; everything is audited as
//! `host`.

mod audit;
mod find;
mod identity;
mod key;
mod organization;
mod role_binding;
mod sign_ins;

use anyhow::{Context as _, Result};
use bailiwick_server::{Config, open_store};
use bailiwick_store::Store;
use clap::{Args, Subcommand};

use crate::configured::Configured;

/// What `admin` takes.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    configured: Configured,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an organization, and an invite for its first owner
    CreateOrg(organization::Create),
    /// Make an invite for an owner of an organization: the way back in
    OwnerInvite(organization::OwnerInvite),
    /// Bind a role, the reserved ones too
    Bind(role_binding::Bind),
    /// Remove a role binding
    Unbind(role_binding::Unbind),
    /// Suspend or restore a person
    #[command(subcommand)]
    Identity(identity::Command),
    /// End every session and every client's sign-in, as after restoring a backup
    EndSignIns,
    /// Let a new key sign tokens
    RotateKey(key::Rotate),
    /// Print the audit trail
    Audit(audit::Arguments),
}

/// What every command works on.
struct Host {
    config: Config,
    store: Store,
}

/// Runs a command to its end.
pub(crate) fn run(arguments: Arguments) -> Result<()> {
    let config = arguments.configured.load()?;
    let runtime = tokio::runtime::Runtime::new().context("no runtime")?;
    runtime.block_on(async {
        let store = open_store(&config).await?;
        let host = Host { config, store };
        match arguments.command {
            Command::CreateOrg(create) => create.run(&host).await,
            Command::OwnerInvite(invite) => invite.run(&host).await,
            Command::Bind(bind) => bind.run(&host).await,
            Command::Unbind(unbind) => unbind.run(&host).await,
            Command::Identity(command) => command.run(&host).await,
            Command::EndSignIns => sign_ins::end(&host).await,
            Command::RotateKey(rotate) => rotate.run(&host).await,
            Command::Audit(arguments) => arguments.run(&host).await,
        }
    })
}
