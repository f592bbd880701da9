//! What the invited person sends and gets.

use bailiwick_domain::Uidp;
use serde::{Deserialize, Serialize};

use crate::group_invite::{GroupInviteRole, InviteGroup, Inviter};
use crate::json::{from_json, to_json};

/// The body of `:inspect`, `:accept` and `:decline`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InviteCode {
    /// The code, as it stands behind the `#` of the link.
    pub code: String,
}

to_json!(InviteCode { code });

impl InviteCode {
    /// A code.
    pub fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
        }
    }
}

/// The answer of `:inspect`: what a pending invite is for. Of one that cannot be accepted by anyone
/// any more, `:inspect` is refused as `:accept` is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitePreview {
    /// Where the role will hold, and below. The organization is the first of its path, or the group
    /// itself.
    pub group: InviteGroup,
    /// Which role, with its capabilities.
    pub role: GroupInviteRole,
    /// Who invites: a name, or the host.
    pub inviter: Inviter,
    /// Until when, RFC 3339, UTC.
    pub expiration_time: String,
    /// Whether the first who accepts it is the last.
    pub single_use: bool,
    /// Until when the role will be held, RFC 3339, UTC; absent for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binding_expire_time: Option<String>,
    /// For whom it is: masked (`a…@e….com`) unless it is the signed-in person's own address. Absent
    /// for anyone who has the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether `email` is the signed-in person's own, and stands there whole.
    #[serde(default)]
    pub email_is_yours: bool,
    /// Whether the signed-in person could accept now. Never so when nobody is signed in.
    pub acceptable: bool,
    /// Why the signed-in person could not, with a reason as `:accept` would give it; absent when
    /// nobody is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<InviteRefusal>,
}

from_json!(InvitePreview {
    group, role, inviter, expiration_time, single_use, acceptable;
    binding_expire_time, email, email_is_yours, refusal
});

impl InvitePreview {
    /// The organization's name.
    pub fn organization(&self) -> &str {
        self.group
            .path
            .first()
            .map_or(&self.group.name, |organization| &organization.name)
    }
}

/// Why not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InviteRefusal {
    /// As in the `ErrorInfo` of an error body: `INVITE_WRONG_ACCOUNT`.
    pub reason: String,
    /// What happened and what to do next, for a person.
    pub message: String,
}

from_json!(InviteRefusal {; reason, message });

/// The answer of `:accept`: where to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InviteAccepted {
    /// Where the person now holds the role.
    pub group: InviteGroup,
    /// The role, without its capabilities.
    pub role: GroupInviteRole,
    /// The new role binding.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub role_binding_uid: Uidp,
}

from_json!(InviteAccepted { group, role, role_binding_uid; });
