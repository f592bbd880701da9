//! `iam folders`.

use bailiwick_api::query::Scope;
use clap::Subcommand;

use crate::context::Context;
use crate::failure::Failure;
use crate::iam::group_commands::{self as groups, Delete, Update, named};
use crate::iam::path;
use crate::output::Format;
use crate::resolve::{Wanted, group};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the folders in an organization or folder.
    #[command(visible_alias = "ls")]
    List {
        /// Its id, path or name.
        group: String,
    },
    /// Make one.
    Create {
        /// Its name: 1 to 63 of a-z, 0-9, dot, underscore, dash and space.
        name: String,
        /// The organization or folder that it stands in: its id, path or name.
        #[arg(long, value_name = "GROUP")]
        parent: String,
        /// What it is for.
        #[arg(short, long, default_value = "")]
        description: String,
    },
    /// Print one as JSON.
    Describe {
        /// Its id, path or name.
        folder: String,
    },
    /// Rename or describe one.
    Update(Update),
    /// Delete one, with --force and all that is in it.
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

pub(super) async fn run(command: &Command, context: &Context) -> Result<String, Failure> {
    match command {
        Command::List { group } => list(context, group).await,
        Command::Create {
            name,
            parent,
            description,
        } => groups::create(context, Some(parent), name, description).await,
        Command::Describe { folder } => groups::describe(context, folder, Wanted::Folder).await,
        Command::Update(update) => groups::update(context, update, Wanted::Folder).await,
        Command::Delete(delete) => groups::delete(context, delete, Wanted::Folder).await,
    }
}

/// Folders are told apart by their path: names may stand in several places.
async fn list(context: &Context, text: &str) -> Result<String, Failure> {
    let format = context.format(&[Format::Table, Format::Json, Format::Tree, Format::Id])?;
    let server = context.server()?;
    let top = group(&server, text, Wanted::Any).await?;
    let scope = Scope::DescendantsOf(top.uid.clone());
    let mut found = groups::listed(&server, scope).await?;
    match format {
        Some(Format::Tree) => found.push(top),
        None => found.sort_by_cached_key(|folder| path(&folder.path, &folder.name)),
        _ => {}
    }
    groups::shown(format, found, |folder| {
        named(&path(&folder.path, &folder.name), &folder.description)
    })
}
