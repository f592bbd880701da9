//! From the store to the wire.

use bailiwick_api::group_invite::{Acceptance, GroupInviteRole, InviteGroup, InviteMail, Inviter};
use bailiwick_api::role_binding::BoundIdentity;
use bailiwick_api::{GroupInvite, PathElement};
use bailiwick_domain::{Micros, Uidp};
use bailiwick_store::{InviteRow, InviterRow, Issued, RoleRow};

use crate::app::App;
use crate::wire_time::rfc3339;

/// How much is said of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Its capabilities too.
    All,
    /// Not those: in a list they would be most of the answer.
    Less,
}

/// An invite that has just got its code.
pub(super) fn issued(app: &App, issued: Issued, detail: Detail) -> GroupInvite {
    let code = issued.code.expose().to_owned();
    GroupInvite {
        link: Some(format!("{}/invite#{code}", app.config().origin())),
        code: Some(code),
        ..wire(issued.invite, app.store().now(), detail)
    }
}

/// An invite without its code.
pub(super) fn wire(row: InviteRow, now: Micros, detail: Detail) -> GroupInvite {
    GroupInvite {
        state: row.state(now),
        role: row.role_now.map(|row| role(row, detail)),
        role_uid: row.role,
        email: row.email,
        expiration_time: rfc3339(row.expire_time),
        single_use: row.single_use,
        key_id: row.key_id,
        create_time: rfc3339(row.create_time),
        code: None,
        link: None,
        group: group(row.group, row.group_name, row.path),
        inviter: inviter(row.inviter),
        close_time: row.close.map(|(_, time)| rfc3339(time)),
        binding_expire_time: row.ends_at.map(rfc3339),
        acceptance_count: row.uses,
        acceptances: row
            .acceptances
            .into_iter()
            .map(|acceptance| Acceptance {
                identity: BoundIdentity {
                    uid: acceptance.identity.uid,
                    name: acceptance.identity.name,
                    email: acceptance.identity.email,
                    issuer: acceptance.identity.issuer,
                    subject: acceptance.identity.subject,
                },
                accept_time: rfc3339(acceptance.accept_time),
            })
            .collect(),
        mail: row.mail.map(|(state, since)| InviteMail {
            state,
            update_time: rfc3339(since),
        }),
        uid: row.uid,
    }
}

pub(super) fn role(role: RoleRow, detail: Detail) -> GroupInviteRole {
    GroupInviteRole {
        uid: role.uid,
        name: role.name.into_owned(),
        description: role.description.into_owned(),
        capabilities: match detail {
            Detail::All => role
                .capabilities
                .iter()
                .map(|capability| capability.enum_name())
                .collect(),
            Detail::Less => Vec::new(),
        },
        title: role.title.into_owned(),
    }
}

pub(super) fn group(uid: Uidp, name: String, path: Vec<(Uidp, String)>) -> InviteGroup {
    InviteGroup {
        uid,
        name,
        path: path
            .into_iter()
            .map(|(uid, name)| PathElement { uid, name })
            .collect(),
    }
}

/// Who invites, or who bound a role.
pub(crate) fn inviter(inviter: InviterRow) -> Inviter {
    match inviter {
        InviterRow::Host => Inviter {
            host: true,
            ..Inviter::default()
        },
        InviterRow::Person { uid, name, email } => Inviter {
            uid: Some(uid),
            name,
            email,
            host: false,
        },
    }
}
