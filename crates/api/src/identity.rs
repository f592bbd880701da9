//! Identities: people, as their providers know them. Names of fields are those of the v2 API.

use bailiwick_domain::Uidp;
use serde::{Deserialize, Serialize};

use crate::json::{from_json, to_json};
use crate::role_binding::Described;

/// A person. All but the id and the bindings is absent for people who are in the organization by no
/// act of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Identity {
    /// The UIDP: 40 hex digits.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// Free text from the provider.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The address, if the provider vouches for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When they were last seen signed in, to the minute, RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_time: Option<String>,
    /// When they first signed in, RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_time: Option<String>,
    /// Who vouches for them, and as whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_match: Option<ClaimMatch>,
    /// Ours: how the provider is called that they sign in with; absent when it is not configured,
    /// and nobody can sign in with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_name: Option<String>,
    /// Ours: whether the host has suspended them, so that they hold nothing.
    #[serde(default)]
    pub suspended: bool,
    /// Ours: their live bindings in the part of the tree that was asked for, as far as the caller
    /// may see them, the topmost first; at most 20 in a list, and at most 1,000 in all.
    #[serde(default)]
    pub role_bindings: Vec<IdentityBinding>,
    /// Ours: how many of these bindings there are.
    #[serde(default)]
    pub role_binding_count: u32,
}

from_json!(Identity {
    uid;
    name, email, last_seen_time, create_time, claim_match, provider_name, suspended, role_bindings,
    role_binding_count
});

/// Who vouches for a person, and as whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimMatch {
    /// The provider's issuer.
    pub issuer: String,
    /// Who they are there.
    pub subject: String,
}

from_json!(ClaimMatch { issuer, subject; });

/// A role binding of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityBinding {
    /// The binding's UIDP.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// Where it holds, and below.
    pub group: Described,
    /// Which role.
    pub role: Described,
    /// When it ends, RFC 3339, UTC; absent when it never does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
}

from_json!(IdentityBinding { uid, group, role, expire_time; });

/// One page of a list of identities.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityPage {
    /// In the order asked for.
    pub identities: Vec<Identity>,
    /// Absent on the last page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next_page_token: String,
    /// How many there are in all, as a string (int64 in JSON); absent above 10,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_count: Option<String>,
    /// How many were skipped so far by `skip`.
    pub skipped: i32,
}

from_json!(IdentityPage {; identities, next_page_token, total_count, skipped });

/// The body of `:remove`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityRemove {
    /// Required: the organization or folder; all bindings at it and below it go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

to_json!(IdentityRemove { group });

/// The answer of `:remove`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityRemoved {
    /// How many role bindings went.
    pub role_binding_count: u32,
}

from_json!(IdentityRemoved {; role_binding_count });
