//! `iam invites`.

mod create;

use bailiwick_api::group_invite::GroupInvitePage;
use bailiwick_api::query::{GroupInviteQuery, Scope};
use bailiwick_api::{GroupInvite, InviteLife, InviteState};
use bailiwick_domain::{Uidp, parse_ttl};
use clap::{Args, Subcommand};

use crate::context::Context;
use crate::failure::Failure;
use crate::iam::pages::invites_of;
use crate::output::{Format, Table, instant, json, many, plain};
use crate::prompt;
use crate::resolve::{Wanted, group};
use crate::server::Server;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an invite: its code and link are shown this once.
    Create(create::Arguments),
    /// List invites that can be accepted, or could until they expired.
    #[command(visible_alias = "ls")]
    List {
        /// Only those at this group and below: its id, path or name.
        group: Option<String>,
    },
    /// Revoke invites.
    #[command(visible_alias = "rm")]
    Delete(Delete),
    /// Give an invite a new code. The old one is dead.
    Reissue {
        /// Its id or key id.
        invite: String,
        /// How long it can be accepted from now on: 24h, 7d.
        #[arg(long, value_name = "TIME")]
        ttl: Option<String>,
    },
}

/// What to revoke.
#[derive(Debug, Args)]
pub(super) struct Delete {
    /// Their ids or key ids.
    #[arg(required_unless_present = "expired", conflicts_with = "expired")]
    invites: Vec<String>,
    /// All that have expired.
    #[arg(long)]
    expired: bool,
    /// Do not ask.
    #[arg(short = 'y', long)]
    yes: bool,
}

pub(super) async fn run(command: &Command, context: &Context) -> Result<String, Failure> {
    match command {
        Command::Create(arguments) => create::run(arguments, context).await,
        Command::List { group } => list(context, group.as_deref()).await,
        Command::Delete(arguments) => delete(arguments, context).await,
        Command::Reissue { invite, ttl } => reissue(context, invite, ttl.as_deref()).await,
    }
}

async fn list(context: &Context, text: Option<&str>) -> Result<String, Failure> {
    let format = context.format(&[Format::Table, Format::Json, Format::Id])?;
    let server = context.server()?;
    let scope = match text {
        Some(text) => Scope::DescendantsOf(group(&server, text, Wanted::Any).await?.uid),
        None => Scope::All,
    };
    let query = GroupInviteQuery {
        scope,
        ..GroupInviteQuery::default()
    };
    let invites = invites_of(&server, query).await?;
    match format {
        Some(Format::Json) => json(&GroupInvitePage {
            total_count: Some(invites.len().to_string()),
            group_invites: invites,
            ..GroupInvitePage::default()
        }),
        Some(Format::Id) => Ok(ids(&invites)),
        _ => {
            let mut table = Table::new(&["ID", "EXPIRATION", "KEYID", "ROLE"]);
            for invite in invites {
                table.row([
                    invite.group.uid.to_string(),
                    instant(&invite.expiration_time),
                    invite.key_id.clone(),
                    role(&invite),
                ]);
            }
            Ok(table.print())
        }
    }
}

fn ids(invites: &[GroupInvite]) -> String {
    invites
        .iter()
        .map(|invite| format!("{}\n", invite.uid))
        .collect()
}

/// `[editor] Editor`.
fn role(invite: &GroupInvite) -> String {
    match &invite.role {
        Some(role) => format!("[{}] {}", role.name, role.title),
        None => "a role that was deleted".to_owned(),
    }
}

/// What is printed of an invite that has just got its code.
fn with_code(format: Option<Format>, invite: &GroupInvite) -> Result<String, Failure> {
    let code = invite.code.as_deref().unwrap_or_default();
    let link = invite.link.as_deref().unwrap_or_default();
    match format {
        Some(Format::Json) => json(invite),
        Some(Format::Id) => Ok(format!("{}\n", invite.uid)),
        Some(_) => {
            let mut table = Table::new(&["ID", "EXPIRATION", "CODE", "ROLE"]);
            table.row([
                invite.group.uid.to_string(),
                instant(&invite.expiration_time),
                code.to_owned(),
                role(invite),
            ]);
            Ok(table.print())
        }
        None => Ok(format!(
            "Invite code: {}\nInvite link: {}\nExpires: {}\n",
            plain(code),
            plain(link),
            instant(&invite.expiration_time)
        )),
    }
}

async fn delete(arguments: &Delete, context: &Context) -> Result<String, Failure> {
    let format = context.format(&[Format::Id])?;
    let server = context.server()?;
    let uids: Vec<Uidp> = if arguments.expired {
        let query = GroupInviteQuery {
            states: vec![InviteState::Expired],
            ..GroupInviteQuery::default()
        };
        let expired = invites_of(&server, query).await?;
        expired.into_iter().map(|invite| invite.uid).collect()
    } else {
        let mut uids = Vec::new();
        for text in &arguments.invites {
            uids.push(find(&server, text).await?);
        }
        uids
    };
    let count = u32::try_from(uids.len()).unwrap_or(u32::MAX);
    let invites = many(count, "invite", "invites");
    if count > 0 {
        prompt::confirm(arguments.yes, &format!("Revoke {invites}?"))?;
    }
    for uid in &uids {
        server.done(server.client.delete_group_invite(uid).await)?;
    }
    Ok(match format {
        Some(_) => uids.iter().map(|uid| format!("{uid}\n")).collect(),
        None => format!("Revoked {invites}.\n"),
    })
}

async fn reissue(context: &Context, text: &str, ttl: Option<&str>) -> Result<String, Failure> {
    let format = context.format(&[Format::Table, Format::Json, Format::Id])?;
    let life = match ttl {
        Some(ttl) => InviteLife::new(checked(ttl)?),
        None => InviteLife::default(),
    };
    let server = context.server()?;
    let uid = find(&server, text).await?;
    let invite = server.client.reissue_group_invite(&uid, &life).await;
    with_code(format, &server.done(invite)?)
}

/// An invite by its UIDP or its key id.
async fn find(server: &Server, text: &str) -> Result<Uidp, Failure> {
    if let Ok(uid) = text.parse::<Uidp>() {
        return Ok(uid);
    }
    let query = GroupInviteQuery {
        key_id: Some(text.to_owned()),
        ..GroupInviteQuery::default()
    };
    let found = invites_of(server, query).await?.pop();
    found.map(|invite| invite.uid).ok_or_else(|| {
        Failure::refused(format!(
            "There is no invite {text:?}. `bailiwick iam invites list` shows key ids."
        ))
    })
}

/// A length of time, before anything is sent.
fn checked(ttl: &str) -> Result<&str, Failure> {
    match parse_ttl(ttl) {
        Ok(_) => Ok(ttl),
        Err(error) => Err(Failure::usage(format!("--ttl {ttl:?}: {error}"))),
    }
}
