//! Roles. Names of fields are those of the v2 API.

use bailiwick_domain::Uidp;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::json::{from_json, to_json};
use crate::role_binding::Described;

/// A set of capabilities with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Role {
    /// The UIDP: 40 hex digits for a built-in role; that of its group, `/` and 16 hex digits for a
    /// custom one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// What it is asked for by: `owner`.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// By their names in the enum of the API: `CAP_IAM_GROUPS_LIST`.
    pub capabilities: Vec<String>,
    /// RFC 3339, UTC; absent for a built-in role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_time: Option<String>,
    /// RFC 3339, UTC; absent for a built-in role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_time: Option<String>,
    /// Ours: the name that people see: `Owner`. That of a custom role is its `name`.
    #[serde(default)]
    pub title: String,
    /// Ours: the capabilities as the bitset of `CapabilitySet::to_wire`.
    #[serde(default)]
    pub capability_set: String,
    /// Ours: the group that a custom role belongs to: it is bound there and below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Described>,
    /// Ours: whether it comes with the product and cannot be changed.
    #[serde(default)]
    pub built_in: bool,
    /// Ours: whether only `bailiwick admin` binds it.
    #[serde(default)]
    pub reserved: bool,
    /// Ours: another one after every change, for `If-Match`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub etag: String,
}

from_json!(Role {
    uid, name, capabilities;
    description, create_time, update_time, title, capability_set, group, built_in, reserved, etag
});

/// The body of create and update. Output-only fields are accepted and ignored; any other unknown
/// field is an error.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleWrite {
    /// Required on create: 1 to 63 of `[a-z0-9 ._-]`, unique among the roles of its group, and not
    /// that of a built-in role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Up to 512 characters on one line. Empty clears it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Required on create, and never empty: by their names in the enum of the API
    /// (`CAP_IAM_GROUPS_LIST`) or their friendly ones (`groups.list`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<Vec<String>>,
    #[serde(skip_serializing, rename = "uid")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _uid: IgnoredAny,
    #[serde(skip_serializing, rename = "createTime", alias = "create_time")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _create_time: IgnoredAny,
    #[serde(skip_serializing, rename = "updateTime", alias = "update_time")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _update_time: IgnoredAny,
    #[serde(skip_serializing, rename = "title")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _title: IgnoredAny,
    #[serde(skip_serializing, rename = "capabilitySet", alias = "capability_set")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _capability_set: IgnoredAny,
    #[serde(skip_serializing, rename = "group")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _group: IgnoredAny,
    #[serde(skip_serializing, rename = "builtIn", alias = "built_in")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _built_in: IgnoredAny,
    #[serde(skip_serializing, rename = "reserved")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _reserved: IgnoredAny,
    #[serde(skip_serializing, rename = "etag")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _etag: IgnoredAny,
}

to_json!(RoleWrite {
    name,
    description,
    capabilities
});

impl RoleWrite {
    /// A role, or a change of all of one. Capabilities by either of their names.
    pub fn new(name: &str, description: &str, capabilities: Vec<String>) -> Self {
        Self {
            name: Some(name.to_owned()),
            description: Some(description.to_owned()),
            capabilities: Some(capabilities),
            ..Self::default()
        }
    }
}

/// One page of a list of roles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RolePage {
    /// In the order asked for.
    pub roles: Vec<Role>,
    /// Absent on the last page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next_page_token: String,
    /// How many there are in all, as a string (int64 in JSON).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_count: Option<String>,
    /// How many were skipped so far by `skip`.
    pub skipped: i32,
}

from_json!(RolePage {; roles, next_page_token, total_count, skipped });
