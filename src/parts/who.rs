//! How people are called.

use bailiwick_api::group_invite::Inviter;
use bailiwick_api::role_binding::BoundIdentity;
use bailiwick_domain::Uidp;

/// The address, else the name, else the id.
pub(crate) fn label(of: &BoundIdentity) -> String {
    called(&of.email, &of.name, Some(&of.uid))
}

/// Who invites, or binds.
pub(crate) fn inviter(of: &Inviter) -> String {
    if of.host {
        return "the server's host".to_owned();
    }
    called(&of.email, &of.name, of.uid.as_ref())
}

fn called(email: &Option<String>, name: &Option<String>, uid: Option<&Uidp>) -> String {
    let known = [email, name].into_iter().flatten();
    let named = known.into_iter().find(|name| !name.is_empty());
    let uid = || uid.map(ToString::to_string).unwrap_or_default();
    named.map_or_else(uid, Clone::clone)
}
