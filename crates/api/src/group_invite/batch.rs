//! Many invites at once.

use bailiwick_domain::Uidp;
use serde::{Deserialize, Serialize};

use crate::group_invite::{GroupInvite, InviteRefusal};
use crate::json::{from_json, to_json};

/// The body of `:batchCreate`: one invite for each address, all else alike.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchInvitesWrite {
    /// Required: 1 to 500 addresses, as they were typed. None may hold more than 1000 bytes.
    pub emails: Vec<String>,
    /// Required: which role.
    #[serde(alias = "role_uid", skip_serializing_if = "Option::is_none")]
    pub role_uid: Option<String>,
    /// How long they can be accepted, from 5 minutes to a year. Absent: 7 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<String>,
    /// Until when the role bindings hold that accepting them makes, RFC 3339. Absent means for ever.
    #[serde(alias = "binding_expire_time", skip_serializing_if = "Option::is_none")]
    pub binding_expire_time: Option<String>,
}

to_json!(BatchInvitesWrite {
    emails,
    role_uid,
    ttl,
    binding_expire_time
});

impl BatchInvitesWrite {
    /// Invites for these addresses, for `ttl`.
    pub fn new(role: &Uidp, ttl: &str, emails: Vec<String>) -> Self {
        Self {
            emails,
            role_uid: Some(role.to_string()),
            ttl: Some(ttl.to_owned()),
            binding_expire_time: None,
        }
    }
}

/// The answer of `:batchCreate`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchInvites {
    /// One for each address, in their order.
    pub results: Vec<BatchInvited>,
}

from_json!(BatchInvites {; results });

/// What came of one address: either an invite, or why there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchInvited {
    /// As it was sent.
    pub email: String,
    /// The invite, with its code and link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invite: Option<GroupInvite>,
    /// `EMAIL_INVALID`, `DUPLICATE` (it stands further up in the same request), `ALREADY_INVITED` or
    /// `ALREADY_MEMBER`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<InviteRefusal>,
}

from_json!(BatchInvited {; email, invite, error });
