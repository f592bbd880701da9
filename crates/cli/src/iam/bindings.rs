//! `iam role-bindings`.

mod write;

use bailiwick_api::query::{RoleBindingQuery, Scope};
use bailiwick_api::{Change, RoleBinding, RoleBindingPage};
use bailiwick_domain::Uidp;
use clap::{Args, Subcommand};

use crate::context::Context;
use crate::failure::Failure;
use crate::iam::pages::bindings_of;
use crate::iam::preview::{Taking, dry_run};
use crate::output::{Format, Table, instant, json, plain};
use crate::prompt;
use crate::resolve::{Wanted, group, identity, role};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List role bindings.
    #[command(visible_alias = "ls")]
    List(List),
    /// Bind a role to somebody at a group and below.
    Create(write::Create),
    /// Change role or end of a binding.
    Update(write::Update),
    /// Remove a binding.
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

/// Which bindings.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Only those at this group and below: its id, path or name.
    group: Option<String>,
    /// The same as GROUP.
    #[arg(long, value_name = "GROUP", conflicts_with = "group")]
    parent: Option<String>,
    /// Only those at the group itself.
    #[arg(long)]
    direct: bool,
    /// Only those of this person: an id, an address, or me.
    #[arg(long)]
    identity: Option<String>,
    /// Only those of this role, by id or name.
    #[arg(long)]
    role: Option<String>,
}

/// Which binding to remove.
#[derive(Debug, Args)]
pub(super) struct Delete {
    /// Its id.
    binding: Uidp,
    #[command(flatten)]
    taking: Taking,
}

pub(super) async fn run(command: &Command, context: &Context) -> Result<String, Failure> {
    match command {
        Command::List(arguments) => list(arguments, context).await,
        Command::Create(arguments) => write::create(arguments, context).await,
        Command::Update(arguments) => write::update(arguments, context).await,
        Command::Delete(arguments) => delete(arguments, context).await,
    }
}

const FORMS: [Format; 3] = [Format::Table, Format::Json, Format::Id];

async fn list(arguments: &List, context: &Context) -> Result<String, Failure> {
    let format = context.format(&FORMS)?;
    let server = context.server()?;
    let place = arguments.group.as_ref().or(arguments.parent.as_ref());
    let scope = match place {
        Some(text) => {
            let uid = group(&server, text, Wanted::Any).await?.uid;
            match arguments.direct {
                true => Scope::ChildrenOf(uid),
                false => Scope::DescendantsOf(uid),
            }
        }
        None if arguments.direct => {
            return Err(Failure::usage("--direct needs a group to be at."));
        }
        None => Scope::All,
    };
    let query = RoleBindingQuery {
        scope,
        identity: match &arguments.identity {
            Some(text) => Some(identity(&server, text).await?),
            None => None,
        },
        role: match &arguments.role {
            Some(text) => Some(role(&server, text, None).await?.uid),
            None => None,
        },
        ..RoleBindingQuery::default()
    };
    shown(format, bindings_of(&server, query).await?)
}

fn shown(format: Option<Format>, bindings: Vec<RoleBinding>) -> Result<String, Failure> {
    match format {
        Some(Format::Json) => json(&RoleBindingPage {
            total_count: Some(bindings.len().to_string()),
            role_bindings: bindings,
            ..RoleBindingPage::default()
        }),
        Some(Format::Id) => Ok(bindings
            .iter()
            .map(|binding| format!("{}\n", binding.uid))
            .collect()),
        _ => {
            let mut table = Table::new(&["ID", "IDENTITY", "ROLE", "GROUP", "EXPIRES"]);
            for binding in &bindings {
                table.row([
                    binding.uid.to_string(),
                    holder(binding),
                    binding.role.name.clone(),
                    binding.group.name.clone(),
                    binding
                        .expire_time
                        .as_deref()
                        .map_or("never".to_owned(), instant),
                ]);
            }
            Ok(table.print())
        }
    }
}

/// Whose it is: an address, else a name, else an id.
fn holder(binding: &RoleBinding) -> String {
    let identity = &binding.identity;
    let named = identity.email.as_ref().or(identity.name.as_ref());
    named.map_or_else(|| identity.uid.to_string(), |named| plain(named))
}

async fn delete(arguments: &Delete, context: &Context) -> Result<String, Failure> {
    let format = context.format(&[Format::Json, Format::Id])?;
    let server = context.server()?;
    let uid = &arguments.binding;
    if arguments.taking.dry_run {
        return dry_run(&server, context, Change::unbind(uid)).await;
    }
    let binding = server.done(server.client.get_role_binding(uid).await)?;
    let what = format!(
        "{} at {} from {}",
        plain(&binding.role.name),
        plain(&binding.group.name),
        holder(&binding)
    );
    prompt::confirm(arguments.taking.yes, &format!("Take {what}?"))?;
    server.done(server.client.delete_role_binding(uid).await)?;
    match format {
        Some(Format::Json) => json(&binding),
        Some(_) => Ok(format!("{uid}\n")),
        None => Ok(format!("Took {what}.\n")),
    }
}
