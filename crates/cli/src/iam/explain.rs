//! `iam explain`: why somebody may do something somewhere, or what would let them.

use bailiwick_api::ExplainRequest;
use bailiwick_api::access::{Action, Entity, ExplainedBinding, Explanation, Remedy};
use bailiwick_api::role_binding::BoundIdentity;
use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::iam::path;
use crate::iam::roles::known;
use crate::output::{Format, instant, json, listed, many, plain};
use crate::resolve::{Wanted, group, identity};

/// The question.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Who: an id, an address, or me.
    who: String,
    /// A capability: groups.list.
    capability: String,
    /// Where: the group's id, path or name.
    group: String,
}

pub(super) async fn run(arguments: &Arguments, context: &Context) -> Result<String, Failure> {
    let format = context.format(&[Format::Json])?;
    let capability = known(&arguments.capability)?;
    let server = context.server()?;
    let place = group(&server, &arguments.group, Wanted::Any).await?.uid;
    let who = identity(&server, &arguments.who).await?;
    let question = ExplainRequest {
        subject: Some(Entity::new("identity", who.as_str())),
        action: Some(Action::new(capability.name())),
        resource: Some(Entity::new("group", place.as_str())),
        ..ExplainRequest::default()
    };
    let explanation = server.done(server.client.explain_access(&question).await)?;
    match format {
        Some(_) => json(&explanation),
        None => Ok(told(&explanation, capability.name())),
    }
}

fn told(explanation: &Explanation, capability: &str) -> String {
    let who = explanation
        .identity
        .as_ref()
        .map(person)
        .unwrap_or_default();
    let place = path(&explanation.path, &explanation.group.name);
    let may = match explanation.decision {
        Some(true) => "yes",
        _ => "no",
    };
    let mut text = format!("{may}: {who}, {capability}, {place}\n");
    let void = match explanation.void.as_deref() {
        Some("SUSPENDED") => Some("They are suspended, and hold nothing."),
        Some("PROVIDER_MISSING") => {
            Some("The provider that they sign in with is not configured; they hold nothing.")
        }
        Some("NEVER_SIGNED_IN") => {
            Some("They have never signed in. What is bound holds from then on.")
        }
        Some(_) => Some("They hold nothing."),
        None => None,
    };
    if let Some(line) = void {
        text += &format!("{line}\n");
    }
    for binding in &explanation.bindings {
        text += &format!("  {}\n", of_binding(binding));
    }
    if explanation.bindings.is_empty() {
        text += "  Nothing is bound to them there or above.\n";
    }
    if let Some(remedy) = &explanation.remedy {
        text += &format!("{}\n", of_remedy(remedy, &place));
    }
    text
}

fn person(identity: &BoundIdentity) -> String {
    let named = identity.email.as_deref().or(identity.name.as_deref());
    plain(named.unwrap_or(identity.uid.as_str()))
}

fn of_binding(binding: &ExplainedBinding) -> String {
    let role = match &binding.role {
        Some(role) => format!("[{}]", role.name),
        None => "a binding that you may not see".to_owned(),
    };
    let mut line = format!("{role} at {}: ", binding.group.name);
    line += match binding.effect.as_str() {
        "GRANTED" => "gives it",
        "ENDED" => "would give it, but has ended",
        _ => "does not hold it",
    };
    let creator = binding.creator.as_ref();
    let by = creator.and_then(|by| by.email.as_ref().or(by.name.as_ref()));
    match (by, creator) {
        (Some(by), _) => line += &format!(", bound by {by}"),
        (None, Some(by)) if by.host => line += ", bound by whoever runs the server",
        _ => {}
    }
    if let Some(key_id) = &binding.invite_key_id {
        line += &format!(", by the invite {key_id}");
    }
    if let Some(end) = &binding.expire_time {
        line += &format!(", until {}", instant(end));
    }
    plain(&line)
}

fn of_remedy(remedy: &Remedy, place: &str) -> String {
    let line = match (remedy.kind.as_str(), &remedy.role) {
        ("BIND", Some(role)) => format!(
            "The least that would let them: bind {} at {place}, which gives {}.",
            role.name,
            many(remedy.gained, "capability", "capabilities")
        ),
        ("NEW_ROLE", _) => {
            format!("No role holds it: make one that does, and bind it at {place}.")
        }
        ("RESTORE", _) => "Whoever runs the server restores them: `bailiwick admin identity \
                           restore`."
            .to_owned(),
        ("CONFIGURE_PROVIDER", _) => {
            "Whoever runs the server configures their provider again.".to_owned()
        }
        ("SIGN_IN", _) => "They have to sign in.".to_owned(),
        _ => return String::new(),
    };
    let people: Vec<_> = remedy.by.iter().map(person).collect();
    let roles: Vec<_> = remedy
        .by_roles
        .iter()
        .map(|role| role.name.clone())
        .collect();
    let by = match (remedy.by_you, people.is_empty(), roles.is_empty()) {
        (true, ..) => " You can do that.".to_owned(),
        (false, false, _) => format!(" {} can do that.", listed(&people)),
        (false, true, false) => format!(" Who is {} there can do that.", roles.join(" or ")),
        (false, true, true) => String::new(),
    };
    plain(&(line + &by))
}
