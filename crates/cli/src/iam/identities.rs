//! `iam identities`.

use bailiwick_api::identity::IdentityPage;
use bailiwick_api::query::{IdentityQuery, Scope};
use bailiwick_api::{Change, Identity, IdentityRemove};
use clap::{Args, Subcommand};

use crate::context::Context;
use crate::failure::Failure;
use crate::iam::preview::{Taking, dry_run};
use crate::iam::{identities_of, path};
use crate::output::{Format, Table, instant, json, many};
use crate::prompt;
use crate::resolve::{Wanted, group, identity};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the people who hold something.
    #[command(visible_alias = "ls")]
    List {
        /// Only at this group and below: its id, path or name.
        group: Option<String>,
        /// Only those who have this in their name or address.
        #[arg(long)]
        name: Option<String>,
    },
    /// Print one as JSON, with their role bindings.
    Describe {
        /// An id, an address, or me.
        identity: String,
    },
    /// Take all role bindings at a group and below from somebody.
    Remove(Remove),
}

/// Whom to remove from where.
#[derive(Debug, Args)]
pub(super) struct Remove {
    /// An id, an address, or me.
    identity: String,
    /// The group: its id, path or name.
    #[arg(long, visible_alias = "parent")]
    group: String,
    #[command(flatten)]
    taking: Taking,
}

pub(super) async fn run(command: &Command, context: &Context) -> Result<String, Failure> {
    match command {
        Command::List { group, name } => list(context, group.as_deref(), name.as_deref()).await,
        Command::Describe { identity: text } => {
            context.format(&[Format::Json])?;
            let server = context.server()?;
            let uid = identity(&server, text).await?;
            json(&server.done(server.client.get_identity(&uid, None).await)?)
        }
        Command::Remove(arguments) => remove(arguments, context).await,
    }
}

async fn list(
    context: &Context,
    place: Option<&str>,
    name: Option<&str>,
) -> Result<String, Failure> {
    let format = context.format(&[Format::Table, Format::Json, Format::Id])?;
    let server = context.server()?;
    let scope = match place {
        Some(text) => Scope::DescendantsOf(group(&server, text, Wanted::Any).await?.uid),
        None => Scope::All,
    };
    let query = IdentityQuery {
        scope,
        search: name.map(str::to_owned),
        ..IdentityQuery::default()
    };
    let identities = identities_of(&server, query).await?;
    match format {
        Some(Format::Json) => json(&IdentityPage {
            total_count: Some(identities.len().to_string()),
            identities,
            ..IdentityPage::default()
        }),
        Some(Format::Id) => Ok(identities
            .iter()
            .map(|identity| format!("{}\n", identity.uid))
            .collect()),
        _ => Ok(table(&identities)),
    }
}

fn table(identities: &[Identity]) -> String {
    let mut table = Table::new(&["ID", "NAME", "ADDRESS", "ROLES", "PROVIDER", "SEEN"]);
    for identity in identities {
        let roles: Vec<_> = identity
            .role_bindings
            .iter()
            .map(|binding| format!("{}: {}", binding.group.name, binding.role.name))
            .collect();
        table.row([
            identity.uid.to_string(),
            identity.name.clone(),
            identity.email.clone().unwrap_or_default(),
            roles.join(", "),
            identity.provider_name.clone().unwrap_or_default(),
            identity
                .last_seen_time
                .as_deref()
                .map_or("never".to_owned(), instant),
        ]);
    }
    table.print()
}

async fn remove(arguments: &Remove, context: &Context) -> Result<String, Failure> {
    context.format(&[Format::Json])?;
    let server = context.server()?;
    let from = group(&server, &arguments.group, Wanted::Any).await?;
    let uid = identity(&server, &arguments.identity).await?;
    if arguments.taking.dry_run {
        return dry_run(&server, context, Change::remove_identity(&uid, &from.uid)).await;
    }
    let place = path(&from.path, &from.name);
    let question = format!(
        "Take everything at {place} and below from {}?",
        arguments.identity
    );
    prompt::confirm(arguments.taking.yes, &question)?;
    let remove = IdentityRemove {
        group: Some(from.uid.to_string()),
    };
    let removed = server.client.remove_identity(&uid, &remove).await;
    let removed = server.done(removed)?;
    let bindings = many(removed.role_binding_count, "role binding", "role bindings");
    Ok(format!(
        "Took {bindings} at {place} and below from {}.\n",
        arguments.identity
    ))
}
