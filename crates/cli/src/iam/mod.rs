//! `bailiwick iam`: organizations, folders, people and what they may do.

mod bindings;
mod explain;
mod folders;
mod group_commands;
mod groups;
mod identities;
mod invites;
mod organizations;
mod pages;
mod preview;
mod roles;
mod times;

use bailiwick_api::PathElement;
use clap::{Args, Subcommand};

use crate::context::{Context, Globals};
use crate::failure::Failure;
use crate::output::plain;

pub(crate) use pages::{groups_of, identities_of, roles_of};

/// What `iam` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    pub(crate) globals: Globals,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Organizations: groups without a parent.
    #[command(
        subcommand,
        visible_alias = "organization",
        aliases = ["orgs", "org"]
    )]
    Organizations(organizations::Command),
    /// Folders: groups in an organization.
    #[command(subcommand, visible_alias = "folder")]
    Folders(folders::Command),
    /// Groups: organizations and folders alike.
    #[command(subcommand, visible_alias = "group")]
    Groups(groups::Command),
    /// Invites to a group.
    #[command(subcommand, visible_alias = "invite")]
    Invites(invites::Command),
    /// Roles: sets of capabilities.
    #[command(subcommand, visible_alias = "role")]
    Roles(roles::Command),
    /// Role bindings: who holds which role where.
    #[command(subcommand, visible_alias = "role-binding")]
    RoleBindings(bindings::Command),
    /// Identities: people who hold something.
    #[command(subcommand, visible_alias = "identity")]
    Identities(identities::Command),
    /// Say whether somebody may do something somewhere, and why.
    Explain(explain::Arguments),
}

pub(crate) async fn run(command: &Arguments, context: &Context) -> Result<String, Failure> {
    match &command.command {
        Command::Organizations(command) => organizations::run(command, context).await,
        Command::Folders(command) => folders::run(command, context).await,
        Command::Groups(command) => groups::run(command, context).await,
        Command::Invites(command) => invites::run(command, context).await,
        Command::Roles(command) => roles::run(command, context).await,
        Command::RoleBindings(command) => bindings::run(command, context).await,
        Command::Identities(command) => identities::run(command, context).await,
        Command::Explain(arguments) => explain::run(arguments, context).await,
    }
}

/// A group's path: `acme/eng/ci`.
pub(crate) fn path(ancestors: &[PathElement], name: &str) -> String {
    let names = ancestors.iter().map(|ancestor| ancestor.name.as_str());
    plain(&names.chain([name]).collect::<Vec<_>>().join("/"))
}
