//! `--dry-run`: who would gain and lose what.

use bailiwick_api::access::{ChangeRefusal, PersonChange};
use bailiwick_api::{Change, Changes, Preview};
use bailiwick_domain::CapabilitySet;
use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Format, json, many, plain};
use crate::server::Server;

/// How many capabilities of a set are named.
const NAMED: usize = 6;

/// How something that people hold is taken away.
#[derive(Debug, Args)]
pub(super) struct Taking {
    /// Say who would lose what, and change nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Do not ask.
    #[arg(short = 'y', long)]
    pub(super) yes: bool,
}

/// Asks what a change would do, and changes nothing.
///
/// # Errors
/// A rule refuses the change; then the message is the rule's.
pub(super) async fn dry_run(
    server: &Server,
    context: &Context,
    change: Change,
) -> Result<String, Failure> {
    let format = context.format(&[Format::Table, Format::Json, Format::Id])?;
    let changes = Changes {
        changes: vec![change],
        revision: None,
    };
    let preview = server.done(server.client.preview_access(&changes).await)?;
    if let Some(ChangeRefusal { message, .. }) = preview.refusals.first() {
        return Err(Failure::refused(message.clone()).line("Nothing was changed: a dry run."));
    }
    match format {
        Some(Format::Json) => json(&preview),
        _ => Ok(told(&preview)),
    }
}

fn told(preview: &Preview) -> String {
    let mut text = match (preview.gain_count, preview.lose_count) {
        (0, 0) => "Nobody would gain or lose anything.\n".to_owned(),
        (gain, lose) => format!(
            "{} would gain something, {} would lose something.\n",
            many(gain, "person", "people"),
            many(lose, "person", "people")
        ),
    };
    for person in &preview.people {
        text += &of_person(person);
    }
    let shown = preview.people.len();
    if shown == 200 {
        text += "Only the first 200 people are shown.\n";
    }
    text += &format!(
        "The organization would have {}.\nNothing was changed: a dry run.\n",
        many(preview.owner_count, "owner", "owners")
    );
    text
}

fn of_person(person: &PersonChange) -> String {
    let identity = &person.identity;
    let who = identity.email.as_deref().or(identity.name.as_deref());
    let who = plain(who.unwrap_or(identity.uid.as_str()));
    let you = if person.you { " (you)" } else { "" };
    let mut text = format!("{who}{you}\n");
    for place in &person.places {
        for (sign, set) in [("+", &place.gained), ("-", &place.lost)] {
            let names = capabilities(set);
            if !names.is_empty() {
                text += &format!("  {sign} at {}: {names}\n", plain(&place.group.name));
            }
        }
    }
    if person.becomes_owner {
        text += "  becomes an owner\n";
    }
    if person.was_owner {
        text += "  is an owner no longer\n";
    }
    text
}

/// The names in a set, the first few of many.
fn capabilities(set: &str) -> String {
    let set = CapabilitySet::from_wire(set).unwrap_or_default();
    let names: Vec<_> = set.iter().map(|capability| capability.name()).collect();
    match names.len() {
        count if count > NAMED => {
            format!("{} and {} more", names[..NAMED].join(", "), count - NAMED)
        }
        _ => names.join(", "),
    }
}
