//! Roles by UIDP or by name.

use bailiwick_api::Role;
use bailiwick_api::query::RoleQuery;
use bailiwick_domain::Uidp;

use crate::failure::Failure;
use crate::iam::roles_of;
use crate::resolve::only;
use crate::server::Server;

/// The role that is meant by a UIDP or a name, among those that can be bound at a group or, without
/// one, among all.
///
/// # Errors
/// None of these, or several.
pub(crate) async fn role(
    server: &Server,
    text: &str,
    bindable_at: Option<&Uidp>,
) -> Result<Role, Failure> {
    if let Ok(uid) = text.parse::<Uidp>() {
        return server.done(server.client.get_role(&uid).await);
    }
    let query = RoleQuery {
        name: Some(text.to_owned()),
        bindable_at: bindable_at.cloned(),
        ..RoleQuery::default()
    };
    let found = roles_of(server, query).await?;
    let none = match bindable_at {
        None => format!("There is no role {text:?} that you may see."),
        Some(group) => format!(
            "No role {text:?} can be bound there. `bailiwick iam roles list --parent {group}` lists \
             those that can."
        ),
    };
    only(found, &format!("role {text:?}"), &none, |role| {
        let at = role.group.as_ref().map_or("", |group| &group.name);
        format!("{}  {at}", role.uid)
    })
}
