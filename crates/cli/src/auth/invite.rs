//! Accepting an invite by its code.

use bailiwick_api::InviteCode;

use crate::failure::Failure;
use crate::iam::path;
use crate::output::plain;
use crate::server::Server;

/// The code in what was typed: itself, or the link that ends in it.
///
/// # Errors
/// Nothing was typed.
pub(super) fn code(typed: &str) -> Result<String, Failure> {
    let code = typed.rsplit('#').next().unwrap_or_default().trim();
    match code.is_empty() {
        true => Err(Failure::usage(
            "There is no invite code: give it after --invite-code, or - and the code on stdin.",
        )),
        false => Ok(code.to_owned()),
    }
}

/// Accepts it, and says what was given.
pub(super) async fn accept(server: &Server, code: &str) -> Result<String, Failure> {
    let accepted = server
        .client
        .accept_group_invite(&InviteCode::new(code))
        .await;
    let accepted = server.done(accepted)?;
    let group = path(&accepted.group.path, &accepted.group.name);
    let role = plain(&accepted.role.name);
    Ok(format!("You are now {role} at {group}.\n"))
}
