//! Group invites: promised role bindings. Names of fields are those of the v2 API.
//!
//! [`GroupInvite`] is what the inviter's side sees, [`InvitePreview`] and [`InviteAccepted`] what the
//! invited person does.

mod accept;
mod batch;
mod write;

use bailiwick_domain::Uidp;
use serde::{Deserialize, Serialize};

use crate::group::PathElement;
use crate::json::{FromJson, Json, from_json};
use crate::role_binding::BoundIdentity;

pub use accept::{InviteAccepted, InviteCode, InvitePreview, InviteRefusal};
pub use bailiwick_domain::{InviteState, MailState};
pub use batch::{BatchInvited, BatchInvites, BatchInvitesWrite};
pub use write::{GroupInviteWrite, InviteLife};

/// An invite as those see it who may list invites at its group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupInvite {
    /// The UIDP: that of the group, `/` and 16 hex digits.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// Which role.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub role_uid: Uidp,
    /// The role; absent when it was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<GroupInviteRole>,
    /// Only whoever has this address may accept; absent for anyone who has the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The first instant at which it can no longer be accepted, RFC 3339, UTC.
    pub expiration_time: String,
    /// Whether the first who accepts it is the last. Always so with an address.
    #[serde(default)]
    pub single_use: bool,
    /// A short public name of the code; never accepted as one.
    pub key_id: String,
    /// RFC 3339, UTC.
    pub create_time: String,
    /// The code: in the answers of create, batch create and reissue only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Ours: the link with the code in it, there where `code` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Ours: where the role will hold, and below.
    pub group: InviteGroup,
    /// Ours: who invites. Whoever gave it a new code or a later end is its inviter since.
    pub inviter: Inviter,
    /// Ours: what has become of it: `PENDING`, `EXPIRED`, `ACCEPTED`, `REVOKED` or `DECLINED`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: InviteState,
    /// Ours: when it was accepted for the last time, revoked or declined, RFC 3339, UTC; absent
    /// while it is pending or expired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close_time: Option<String>,
    /// Ours: until when the role binding holds that accepting it makes, RFC 3339, UTC; absent for
    /// one without an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binding_expire_time: Option<String>,
    /// Ours: how many people have accepted it.
    #[serde(default)]
    pub acceptance_count: u32,
    /// Ours: who accepted it, the last first; at most ten.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acceptances: Vec<Acceptance>,
    /// Ours: what became of the mail; absent when none is sent, and the link has to be handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<InviteMail>,
}

from_json!(GroupInvite {
    uid, role_uid, expiration_time, key_id, create_time, group, inviter, state;
    role, email, single_use, code, link, close_time, binding_expire_time, acceptance_count,
    acceptances, mail
});

/// The role of an invite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupInviteRole {
    /// The UIDP.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// What it is asked for by: `viewer`.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// By their names in the enum of the API. Left out in lists and in batches, where the same few
    /// roles would fill the answer: ask for the invite, or for the role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<String>,
    /// Ours: the name that people see: `Viewer`.
    #[serde(default)]
    pub title: String,
}

from_json!(GroupInviteRole { uid, name; description, capabilities, title });

/// The group of an invite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InviteGroup {
    /// The UIDP.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// The name.
    pub name: String,
    /// All ancestors from the organization down, without the group itself.
    #[serde(default)]
    pub path: Vec<PathElement>,
}

from_json!(InviteGroup { uid, name; path });

/// Who invites.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inviter {
    /// The identity's UIDP; absent for whoever runs the server, and before one has accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub uid: Option<Uidp>,
    /// Free text from the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The address, if a provider vouches for it; absent before one has accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether it is whoever runs the server, with `bailiwick admin`.
    pub host: bool,
}

from_json!(Inviter {; uid, name, email, host });

/// Somebody accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Acceptance {
    /// Who.
    pub identity: BoundIdentity,
    /// RFC 3339, UTC.
    pub accept_time: String,
}

from_json!(Acceptance { identity, accept_time; });

/// The mail of an invite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InviteMail {
    /// How far it is: `QUEUED`, `SENT` or `FAILED`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub state: MailState,
    /// Since when, RFC 3339, UTC.
    pub update_time: String,
}

from_json!(InviteMail { state, update_time; });

impl FromJson for MailState {
    fn read(json: Option<&Json>, fine: &mut bool) -> Self {
        Self::parse(word(json)).unwrap_or_else(|| {
            *fine = false;
            Self::Queued
        })
    }
}

impl FromJson for InviteState {
    fn read(json: Option<&Json>, fine: &mut bool) -> Self {
        let state = Self::ALL
            .into_iter()
            .find(|state| state.as_str() == word(json));
        state.unwrap_or_else(|| {
            *fine = false;
            Self::Pending
        })
    }
}

/// A name on the wire; empty if it is none.
fn word(json: Option<&Json>) -> &str {
    match json {
        Some(Json::Text(name)) => name,
        _ => "",
    }
}

/// One page of a list of invites.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupInvitePage {
    /// In the order asked for.
    pub group_invites: Vec<GroupInvite>,
    /// Absent on the last page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next_page_token: String,
    /// How many there are in all, as a string (int64 in JSON); absent above 10,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_count: Option<String>,
    /// How many were skipped so far by `skip`.
    pub skipped: i32,
}

from_json!(GroupInvitePage {; group_invites, next_page_token, total_count, skipped });
