//! `iam roles`.

mod write;

use bailiwick_api::query::{RoleQuery, Scope};
use bailiwick_api::{Change, Role, RolePage};
use bailiwick_domain::Capability;
use clap::{Args, Subcommand};

use crate::context::Context;
use crate::failure::Failure;
use crate::iam::group_commands::named;
use crate::iam::preview::{Taking, dry_run};
use crate::iam::roles_of;
use crate::output::{Format, Table, json};
use crate::prompt;
use crate::resolve::{Wanted, group, role};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List roles and what they hold.
    #[command(visible_alias = "ls")]
    List(List),
    /// Make a role, to be bound at a group and below.
    Create(write::Create),
    /// Change a role, for everyone who has it.
    Update(write::Update),
    /// Delete a role that nobody has.
    #[command(visible_alias = "rm")]
    Delete(Delete),
}

/// Which roles.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Only those that can be bound at this group: its id, path or name.
    #[arg(long, value_name = "GROUP")]
    parent: Option<String>,
    /// Only those with this name.
    #[arg(long)]
    name: Option<String>,
    /// Only those that hold all of these: groups.list,groups.create.
    #[arg(long, value_name = "CAPABILITIES", value_delimiter = ',')]
    capabilities: Vec<String>,
    /// Only those that come with the product.
    #[arg(long, conflicts_with = "parent")]
    managed: bool,
}

/// Which role to delete.
#[derive(Debug, Args)]
pub(super) struct Delete {
    /// Its id or name.
    role: String,
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

async fn list(arguments: &List, context: &Context) -> Result<String, Failure> {
    let format = context.format(&FORMS)?;
    let wanted: Vec<Capability> = arguments
        .capabilities
        .iter()
        .map(|name| known(name))
        .collect::<Result<_, _>>()?;
    let server = context.server()?;
    let query = RoleQuery {
        scope: match arguments.managed {
            true => Scope::InRoot,
            false => Scope::All,
        },
        name: arguments.name.clone(),
        bindable_at: match &arguments.parent {
            Some(parent) => Some(group(&server, parent, Wanted::Any).await?.uid),
            None => None,
        },
        ..RoleQuery::default()
    };
    let mut roles = roles_of(&server, query).await?;
    roles.retain(|role| {
        let held = capabilities(role);
        wanted.iter().all(|capability| held.contains(capability))
    });
    shown(format, roles)
}

const FORMS: [Format; 3] = [Format::Table, Format::Json, Format::Id];

/// Roles in a form; without one each with its capabilities.
fn shown(format: Option<Format>, roles: Vec<Role>) -> Result<String, Failure> {
    Ok(match format {
        Some(Format::Json) => {
            return json(&RolePage {
                total_count: Some(roles.len().to_string()),
                roles,
                ..RolePage::default()
            });
        }
        Some(Format::Id) => roles.iter().map(|role| format!("{}\n", role.uid)).collect(),
        Some(_) => {
            let mut table = Table::new(&["ID", "NAME", "DESCRIPTION", "CAPABILITIES"]);
            for role in roles {
                let names: Vec<_> = capabilities(&role)
                    .into_iter()
                    .map(Capability::name)
                    .collect();
                table.row([
                    role.uid.to_string(),
                    role.name,
                    role.description,
                    names.join(" "),
                ]);
            }
            table.print()
        }
        None => roles.iter().map(with_capabilities).collect(),
    })
}

fn with_capabilities(role: &Role) -> String {
    let mut text = named(&role.name, &role.description) + "\n";
    for capability in capabilities(role) {
        let line = format!("  {:<40} {}", capability.name(), capability.about());
        text += line.trim_end();
        text += "\n";
    }
    text
}

/// What a role holds, as far as this version knows it.
fn capabilities(role: &Role) -> Vec<Capability> {
    let names = role.capabilities.iter();
    names
        .filter_map(|name| Capability::from_enum_name(name))
        .collect()
}

/// A capability by its name.
pub(super) fn known(name: &str) -> Result<Capability, Failure> {
    let found = Capability::from_name(name).or_else(|| Capability::from_enum_name(name));
    found.ok_or_else(|| {
        let close: Vec<_> = Capability::all()
            .map(Capability::name)
            .filter(|known| known.split('.').next() == name.split('.').next())
            .map(str::to_owned)
            .collect();
        Failure::usage(format!(
            "There is no capability {name:?}. `bailiwick iam roles list --name owner` shows those \
             of an owner."
        ))
        .lines(close)
    })
}

async fn delete(arguments: &Delete, context: &Context) -> Result<String, Failure> {
    let format = context.format(&[Format::Json, Format::Id])?;
    let server = context.server()?;
    let role = role(&server, &arguments.role, None).await?;
    if arguments.taking.dry_run {
        return dry_run(&server, context, Change::delete_role(&role.uid)).await;
    }
    prompt::confirm(
        arguments.taking.yes,
        &format!("Delete the role {}?", role.name),
    )?;
    server.done(server.client.delete_role(&role.uid).await)?;
    match format {
        Some(Format::Json) => json(&role),
        Some(_) => Ok(format!("{}\n", role.uid)),
        None => Ok(format!("Deleted the role {}.\n", role.name)),
    }
}
