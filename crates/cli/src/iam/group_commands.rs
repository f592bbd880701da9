//! What organizations, folders and groups have in common.

use bailiwick_api::query::{GroupQuery, Scope};
use bailiwick_api::{Group, GroupPage, GroupWrite, PageQuery};
use bailiwick_domain::Uidp;
use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::iam::{groups_of, path};
use crate::output::{Format, Table, json, plain, tree};
use crate::prompt;
use crate::resolve::{Wanted, group};
use crate::server::Server;

/// A change of a group.
#[derive(Debug, Args)]
pub(super) struct Update {
    /// Its id, path or name.
    group: String,
    /// A new name.
    #[arg(short, long, required_unless_present = "description")]
    name: Option<String>,
    /// A new description; empty takes it away.
    #[arg(short, long)]
    description: Option<String>,
}

/// The end of a group.
#[derive(Debug, Args)]
pub(super) struct Delete {
    /// Its id, path or name.
    group: String,
    /// With everything below it.
    #[arg(long)]
    force: bool,
    /// Do not ask.
    #[arg(short = 'y', long)]
    yes: bool,
}

/// The groups of a part of the tree, by name.
pub(super) async fn listed(server: &Server, scope: Scope) -> Result<Vec<Group>, Failure> {
    let order_by = Some("name".to_owned());
    let query = GroupQuery {
        scope,
        page: PageQuery {
            order_by,
            ..PageQuery::default()
        },
        ..GroupQuery::default()
    };
    groups_of(server, query).await
}

/// Groups in a form, or each on the line that `line` makes of it.
pub(super) fn shown(
    format: Option<Format>,
    groups: Vec<Group>,
    line: impl Fn(&Group) -> String,
) -> Result<String, Failure> {
    Ok(match format {
        None => groups.iter().map(|group| line(group) + "\n").collect(),
        Some(Format::Table) => {
            let mut table = Table::new(&["ID", "NAME", "DESCRIPTION"]);
            for group in groups {
                table.row([group.uid.to_string(), group.name, group.description]);
            }
            table.print()
        }
        Some(Format::Id) => groups
            .iter()
            .map(|group| format!("{}\n", group.uid))
            .collect(),
        Some(Format::Tree) => tree(&groups),
        Some(Format::Json) => {
            return json(&GroupPage {
                total_count: Some(groups.len().to_string()),
                groups,
                ..GroupPage::default()
            });
        }
    })
}

/// A name in brackets, and a description if there is one.
pub(super) fn named(name: &str, description: &str) -> String {
    plain(format!("[{name}] {description}").trim_end())
}

pub(super) async fn describe(
    context: &Context,
    text: &str,
    wanted: Wanted,
) -> Result<String, Failure> {
    context.format(&[Format::Json])?;
    let server = context.server()?;
    json(&group(&server, text, wanted).await?)
}

/// What a command that makes or changes one group prints.
fn one(format: Option<Format>, group: Group) -> Result<String, Failure> {
    match format {
        Some(Format::Json) => json(&group),
        format => shown(format, vec![group], |group| {
            format!("{} {}", group.uid, named(&group.name, &group.description))
        }),
    }
}

const FORMS: [Format; 3] = [Format::Table, Format::Json, Format::Id];

pub(super) async fn create(
    context: &Context,
    parent: Option<&str>,
    name: &str,
    description: &str,
) -> Result<String, Failure> {
    let format = context.format(&FORMS)?;
    let server = context.server()?;
    let parent: Option<Uidp> = match parent {
        Some(parent) => Some(group(&server, parent, Wanted::Any).await?.uid),
        None => None,
    };
    let write = GroupWrite::new(name, description);
    let made = server.client.create_group(parent.as_ref(), &write).await;
    one(format, server.done(made)?)
}

pub(super) async fn update(
    context: &Context,
    update: &Update,
    wanted: Wanted,
) -> Result<String, Failure> {
    let format = context.format(&FORMS)?;
    let server = context.server()?;
    let uid = group(&server, &update.group, wanted).await?.uid;
    let mut write = GroupWrite::default();
    write.name.clone_from(&update.name);
    write.description.clone_from(&update.description);
    one(
        format,
        server.done(server.client.update_group(&uid, &write).await)?,
    )
}

pub(super) async fn delete(
    context: &Context,
    delete: &Delete,
    wanted: Wanted,
) -> Result<String, Failure> {
    let format = context.format(&[Format::Id])?;
    let server = context.server()?;
    let group = group(&server, &delete.group, wanted).await?;
    let place = path(&group.path, &group.name);
    let deleted = match delete.force {
        true => {
            let question = format!("Delete {place} and everything below it, for good?");
            prompt::confirm_name(delete.yes, &question, &group.name)?;
            server.client.delete_subtree(&group.uid).await
        }
        false => {
            prompt::confirm(delete.yes, &format!("Delete {place} for good?"))?;
            server.client.delete_group(&group.uid).await
        }
    };
    server.done(deleted)?;
    Ok(match format {
        Some(_) => format!("{}\n", group.uid),
        None => format!("Deleted {place}.\n"),
    })
}
