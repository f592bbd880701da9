//! `auth status` and `auth logout`.

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Format, json, plain, say};
use crate::server::Issuer;

/// Asks the server who is signed in.
pub(super) async fn show(context: &Context) -> Result<String, Failure> {
    let format = context.format(&[Format::Json, Format::Id])?;
    let server = context.server()?;
    let who = server.done(server.client.who_am_i().await)?;
    match format {
        Some(Format::Json) => return json(&who),
        Some(Format::Id) => return Ok(format!("{}\n", who.subject)),
        _ => {}
    }
    let person = match (&who.email, who.profile.name.as_str()) {
        (Some(email), "") => email.clone(),
        (Some(email), name) if name == email => email.clone(),
        (Some(email), name) => format!("{email} ({name})"),
        (None, "") => who.subject.to_string(),
        (None, name) => name.to_owned(),
    };
    let mut text = format!("Signed in to {} as {}.\n", who.issuer, plain(&person));
    text += &format!("Identity: {}\n", who.subject);
    for held in &who.capabilities {
        text += &format!("[{}] {}\n", plain(&held.role.name), plain(&held.group.name));
    }
    if who.capabilities.is_empty() {
        text += "No organization has given you a role.\n";
    }
    Ok(text)
}

/// Forgets the sign-in here, then ends it at the server.
pub(super) async fn log_out(context: &Context) -> Result<String, Failure> {
    context.format(&[])?;
    let sign_in = context.sign_in()?;
    let server = sign_in.server().to_owned();
    let Some(token) = sign_in.forget()? else {
        say(&format!("Nobody was signed in at {server}."));
        return Ok(String::new());
    };
    let ended = match Issuer::discover(&sign_in.http).await {
        Ok(issuer) => issuer.revoke(&token).await,
        Err(failure) => Err(failure),
    };
    ended.map_err(|failure| {
        failure.line(format!(
            "The credentials here are deleted. End the sign-in itself at {server}/me."
        ))
    })?;
    say(&format!("Signed out of {server}."));
    Ok(String::new())
}
