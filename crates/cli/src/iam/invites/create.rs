//! `iam invites create`.

use bailiwick_api::query::RoleQuery;
use bailiwick_api::{Group, GroupInviteWrite};
use bailiwick_domain::Uidp;
use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::iam::group_commands::named;
use crate::iam::invites::{checked, with_code};
use crate::iam::{path, roles_of};
use crate::output::Format;
use crate::prompt;
use crate::resolve::{self, Wanted};
use crate::server::Server;

/// What `iam invites create` takes.
#[derive(Debug, Args)]
pub(in crate::iam) struct Arguments {
    /// The organization or folder: its id, path or name.
    group: String,
    /// The role that who accepts gets, by id or name. Asked for on a terminal.
    #[arg(long)]
    role: Option<String>,
    /// How long it can be accepted: 24h, 7d.
    #[arg(long, value_name = "TIME", default_value = "7d")]
    ttl: String,
    /// Only whoever has this address may accept.
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// The first who accepts is the last. Always so with --email.
    #[arg(long)]
    single_use: bool,
}

pub(super) async fn run(arguments: &Arguments, context: &Context) -> Result<String, Failure> {
    let format = context.format(&[Format::Table, Format::Json, Format::Id])?;
    let ttl = checked(&arguments.ttl)?;
    let server = context.server()?;
    let group = resolve::group(&server, &arguments.group, Wanted::Any).await?;
    let role = match &arguments.role {
        Some(text) => resolve::role(&server, text, Some(&group.uid)).await?.uid,
        None => ask(&server, &group).await?,
    };
    let write = match &arguments.email {
        Some(email) => GroupInviteWrite::address(&role, ttl, email),
        None => GroupInviteWrite::link(&role, ttl, arguments.single_use),
    };
    let invite = server.client.create_group_invite(&group.uid, &write).await;
    with_code(format, &server.done(invite)?)
}

async fn ask(server: &Server, group: &Group) -> Result<Uidp, Failure> {
    let query = RoleQuery {
        bindable_at: Some(group.uid.clone()),
        ..RoleQuery::default()
    };
    let roles = roles_of(server, query).await?;
    let choices: Vec<_> = roles
        .iter()
        .map(|role| named(&role.name, &role.description))
        .collect();
    if !prompt::possible() {
        return Err(Failure::usage(
            "Say which role by --role, as there is no terminal to ask at. There are:",
        )
        .lines(choices));
    }
    let place = path(&group.path, &group.name);
    let chosen = prompt::choose(&format!("Which role at {place}?"), &choices)?;
    Ok(roles[chosen].uid.clone())
}
