//! Many role bindings at once.

use bailiwick_domain::Uidp;
use serde::{Deserialize, Serialize};

use crate::json::{from_json, to_json};
use crate::role_binding::{RoleBinding, RoleBindingWrite};

/// The body of `:batchCreate`: all of them are made, or none.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchBindingsWrite {
    /// Where those are bound that do not say it themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The role of those that do not say it themselves.
    #[serde(alias = "role_uid", skip_serializing_if = "Option::is_none")]
    pub role_uid: Option<String>,
    /// 1 to 25.
    pub requests: Vec<CreateBinding>,
}

to_json!(BatchBindingsWrite {
    parent,
    role_uid,
    requests
});

/// The request that one binding would be made by.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateBinding {
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Required: what.
    #[serde(alias = "role_binding")]
    pub role_binding: RoleBindingWrite,
}

to_json!(CreateBinding {
    parent,
    role_binding
});

impl CreateBinding {
    /// A binding at a group.
    pub fn at(group: &Uidp, role_binding: RoleBindingWrite) -> Self {
        Self {
            parent: Some(group.to_string()),
            role_binding,
        }
    }
}

/// The answer of `:batchCreate`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchBindings {
    /// In the order of the requests.
    pub role_bindings: Vec<RoleBinding>,
}

from_json!(BatchBindings {; role_bindings });
