//! Ours: what stands below a group, in numbers. int64 is a string in JSON.

use serde::{Deserialize, Serialize};

/// The answer of `GET /iam/v2/groups/UID:summary`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GroupSummary {
    /// Groups directly below.
    pub child_count: String,
    /// Groups anywhere below.
    pub descendant_count: String,
    /// Role bindings at the group and below; absent where `role_bindings.list` is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_binding_count: Option<String>,
    /// Identities that these bind; absent where `role_bindings.list` is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_count: Option<String>,
}
