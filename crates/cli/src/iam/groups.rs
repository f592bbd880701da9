//! `iam groups`: the older words for organizations and folders.

use bailiwick_api::query::Scope;
use clap::Subcommand;

use crate::context::Context;
use crate::failure::Failure;
use crate::iam::group_commands::{self as groups, Delete, Update, named};
use crate::output::Format;
use crate::resolve::{Wanted, group};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the groups that you may see.
    #[command(visible_alias = "ls")]
    List {
        /// Only those below this one: its id, path or name.
        #[arg(long, value_name = "GROUP")]
        parent: Option<String>,
    },
    /// Make a group: say where with --parent, or --no-parent for an organization.
    Create {
        /// Its name: 1 to 63 of a-z, 0-9, dot, underscore, dash and space.
        name: String,
        /// The group that it stands in: its id, path or name.
        #[arg(long, value_name = "GROUP", required_unless_present = "no_parent")]
        parent: Option<String>,
        /// Make an organization. You become its owner.
        #[arg(long, conflicts_with = "parent")]
        no_parent: bool,
        /// What it is for.
        #[arg(short, long, default_value = "")]
        description: String,
    },
    /// Print one as JSON.
    Describe {
        /// Its id, path or name.
        group: String,
    },
    /// Rename or describe one.
    Update(Update),
    /// Delete one, with --force and all that is in it.
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

pub(super) async fn run(command: &Command, context: &Context) -> Result<String, Failure> {
    match command {
        Command::List { parent } => list(context, parent.as_deref()).await,
        Command::Create {
            name,
            parent,
            description,
            ..
        } => groups::create(context, parent.as_deref(), name, description).await,
        Command::Describe { group } => groups::describe(context, group, Wanted::Any).await,
        Command::Update(update) => groups::update(context, update, Wanted::Any).await,
        Command::Delete(delete) => groups::delete(context, delete, Wanted::Any).await,
    }
}

async fn list(context: &Context, parent: Option<&str>) -> Result<String, Failure> {
    let format = context.format(&[Format::Table, Format::Json, Format::Tree, Format::Id])?;
    let server = context.server()?;
    let scope = match parent {
        Some(parent) => Scope::DescendantsOf(group(&server, parent, Wanted::Any).await?.uid),
        None => Scope::All,
    };
    let found = groups::listed(&server, scope).await?;
    groups::shown(format, found, |group| {
        format!("{} {}", group.uid, named(&group.name, &group.description))
    })
}
