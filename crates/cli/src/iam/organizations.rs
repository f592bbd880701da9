//! `iam organizations`.

use bailiwick_api::query::Scope;
use clap::Subcommand;

use crate::context::Context;
use crate::failure::Failure;
use crate::iam::group_commands::{self as groups, Delete, named};
use crate::output::{Format, say};
use crate::resolve::Wanted;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the organizations that you may see.
    #[command(visible_alias = "ls")]
    List,
    /// Print one as JSON.
    Describe {
        /// Its id or name.
        organization: String,
    },
    /// Make one. You become its owner.
    Create {
        /// Its name: 1 to 63 of a-z, 0-9, dot, underscore, dash and space.
        name: String,
        /// What it is for.
        #[arg(short, long, default_value = "")]
        description: String,
    },
    /// Delete one, with --force and all that is in it.
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

pub(super) async fn run(command: &Command, context: &Context) -> Result<String, Failure> {
    match command {
        Command::List => {
            let format =
                context.format(&[Format::Table, Format::Json, Format::Tree, Format::Id])?;
            let scope = match format {
                Some(Format::Tree) => Scope::All,
                _ => Scope::InRoot,
            };
            let found = groups::listed(&context.server()?, scope).await?;
            if found.is_empty() {
                say(
                    "You are in no organization. Ask for an invite, or make one by `bailiwick iam \
                     organizations create NAME`.",
                );
            }
            groups::shown(format, found, |group| {
                named(&group.name, &group.description)
            })
        }
        Command::Describe { organization } => {
            groups::describe(context, organization, Wanted::Organization).await
        }
        Command::Create { name, description } => {
            groups::create(context, None, name, description).await
        }
        Command::Delete(delete) => groups::delete(context, delete, Wanted::Organization).await,
    }
}
