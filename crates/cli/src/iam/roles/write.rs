//! `iam roles create` and `update`.

use bailiwick_api::{Change, RoleWrite};
use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::iam::preview::dry_run;
use crate::iam::roles::{FORMS, capabilities, known, shown};
use crate::output::{Format, json};
use crate::resolve::{Wanted, group, role};

/// A new role.
#[derive(Debug, Args)]
pub(in crate::iam) struct Create {
    /// Its name: 1 to 63 of a-z, 0-9, dot, underscore, dash and space.
    name: String,
    /// The group that it belongs to: its id, path or name. It can be bound there and below.
    #[arg(long, value_name = "GROUP")]
    parent: String,
    /// What it holds: groups.list,groups.create.
    #[arg(long, required = true, value_delimiter = ',')]
    capabilities: Vec<String>,
    /// What it is for.
    #[arg(short, long, default_value = "")]
    description: String,
    /// Say who would gain what, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Accepted, as nothing is asked.
    #[arg(short = 'y', long, hide = true)]
    yes: bool,
}

/// A change of a role.
#[derive(Debug, Args)]
pub(in crate::iam) struct Update {
    /// Its id or name.
    role: String,
    /// A new name.
    #[arg(short, long)]
    name: Option<String>,
    /// A new description; empty takes it away.
    #[arg(short, long)]
    description: Option<String>,
    /// All that it holds from now on.
    #[arg(
        long,
        value_delimiter = ',',
        conflicts_with_all = ["add_capabilities", "remove_capabilities"]
    )]
    capabilities: Vec<String>,
    /// What it holds besides.
    #[arg(long, value_name = "CAPABILITIES", value_delimiter = ',')]
    add_capabilities: Vec<String>,
    /// What it holds no longer.
    #[arg(long, value_name = "CAPABILITIES", value_delimiter = ',')]
    remove_capabilities: Vec<String>,
    /// Say who would gain and lose what, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Accepted, as nothing is asked.
    #[arg(short = 'y', long, hide = true)]
    yes: bool,
}

pub(super) async fn create(arguments: &Create, context: &Context) -> Result<String, Failure> {
    let format = context.format(&FORMS)?;
    let write = RoleWrite::new(
        &arguments.name,
        &arguments.description,
        names(&arguments.capabilities)?,
    );
    let server = context.server()?;
    let parent = group(&server, &arguments.parent, Wanted::Any).await?;
    if arguments.dry_run {
        return dry_run(&server, context, Change::create_role(&parent.uid, write)).await;
    }
    let role = server.done(server.client.create_role(&parent.uid, &write).await)?;
    match format {
        Some(Format::Json) => json(&role),
        format => shown(format, vec![role]),
    }
}

pub(super) async fn update(arguments: &Update, context: &Context) -> Result<String, Failure> {
    let format = context.format(&FORMS)?;
    let (add, remove) = (
        names(&arguments.add_capabilities)?,
        names(&arguments.remove_capabilities)?,
    );
    let mut write = RoleWrite::default();
    write.name.clone_from(&arguments.name);
    write.description.clone_from(&arguments.description);
    let server = context.server()?;
    let role = role(&server, &arguments.role, None).await?;
    if !arguments.capabilities.is_empty() {
        write.capabilities = Some(names(&arguments.capabilities)?);
    } else if !add.is_empty() || !remove.is_empty() {
        let held = capabilities(&role);
        let mut all: Vec<String> = held.iter().map(|held| held.name().to_owned()).collect();
        all.retain(|name| !remove.contains(name) && !add.contains(name));
        all.extend(add);
        write.capabilities = Some(all);
    }
    if write.name.is_none() && write.description.is_none() && write.capabilities.is_none() {
        return Err(Failure::usage(
            "Say what to change: --name, --description, --capabilities, --add-capabilities or \
             --remove-capabilities.",
        ));
    }
    if arguments.dry_run {
        return dry_run(&server, context, Change::update_role(&role.uid, write)).await;
    }
    let role = server.done(server.client.update_role(&role.uid, &write).await)?;
    match format {
        Some(Format::Json) => json(&role),
        format => shown(format, vec![role]),
    }
}

/// Checked before anything is sent.
fn names(typed: &[String]) -> Result<Vec<String>, Failure> {
    let known = typed.iter().map(|name| known(name.trim()));
    known
        .map(|capability| capability.map(|capability| capability.name().to_owned()))
        .collect()
}
