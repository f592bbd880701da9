//! Roles. Names of fields are those of the v2 API.

use bailiwick_domain::Uidp;
use serde::{Deserialize, Serialize};

use crate::json::from_json;

/// A set of capabilities with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Role {
    /// The UIDP: 40 hex digits for a built-in role.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// What it is asked for by: `owner`.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// By their names in the enum of the API: `CAP_IAM_GROUPS_LIST`.
    pub capabilities: Vec<String>,
    /// Ours: the name that people see: `Owner`.
    #[serde(default)]
    pub title: String,
    /// Ours: whether it comes with the product and cannot be changed.
    #[serde(default)]
    pub built_in: bool,
    /// Ours: whether only `bailiwick admin` binds it.
    #[serde(default)]
    pub reserved: bool,
}

from_json!(Role { uid, name, capabilities; description, title, built_in, reserved });

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
