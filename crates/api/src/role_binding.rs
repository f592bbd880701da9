//! Role bindings. Names of fields are those of the v2 API.

mod batch;

use bailiwick_domain::Uidp;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::json::{from_json, to_json};

pub use batch::{BatchBindings, BatchBindingsWrite, CreateBinding};

/// Who holds which role where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleBinding {
    /// The UIDP: that of the group, `/` and 16 hex digits.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// Whose it is.
    pub identity: BoundIdentity,
    /// Where it holds, and below.
    pub group: Described,
    /// Which role.
    pub role: Described,
    /// RFC 3339, UTC.
    pub create_time: String,
    /// Ours: the first instant at which it no longer holds, RFC 3339, UTC; absent when it never
    /// ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
    /// Ours: another one after every change, for `If-Match`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub etag: String,
}

from_json!(RoleBinding { uid, identity, group, role, create_time, expire_time; etag });

/// Whose a binding is. All but the id is absent for people who are in the organization by no act
/// of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoundIdentity {
    /// The identity's UIDP.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// Free text from the provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The address, if the provider vouches for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The provider's issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Who they are there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

from_json!(BoundIdentity { uid, name, email, issuer, subject; });

/// A group or a role by id, name and description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Described {
    /// The UIDP.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// The name.
    #[serde(default)]
    pub name: String,
    /// The description; absent when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

from_json!(Described { uid; name, description });

/// The body of create and update. Output-only fields are accepted and ignored; any other unknown
/// field is an error.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleBindingWrite {
    /// Required on create: to whom. On update it may only say who has it already.
    #[serde(alias = "identity_uid", skip_serializing_if = "Option::is_none")]
    pub identity_uid: Option<String>,
    /// Required on create: which role.
    #[serde(alias = "role_uid", skip_serializing_if = "Option::is_none")]
    pub role_uid: Option<String>,
    /// Ours: until when, RFC 3339, within ten years. Empty means for ever; so does absent on create,
    /// while an update leaves the end as it is then.
    #[serde(alias = "expire_time", skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
    #[serde(skip_serializing, rename = "uid")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _uid: IgnoredAny,
    #[serde(skip_serializing, rename = "identity")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _identity: IgnoredAny,
    #[serde(skip_serializing, rename = "group")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _group: IgnoredAny,
    #[serde(skip_serializing, rename = "role")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _role: IgnoredAny,
    #[serde(skip_serializing, rename = "createTime", alias = "create_time")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _create_time: IgnoredAny,
    #[serde(skip_serializing, rename = "etag")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _etag: IgnoredAny,
}

to_json!(RoleBindingWrite {
    identity_uid,
    role_uid,
    expire_time
});

impl RoleBindingWrite {
    /// A binding without an end.
    pub fn new(identity: &Uidp, role: &Uidp) -> Self {
        Self {
            identity_uid: Some(identity.to_string()),
            role_uid: Some(role.to_string()),
            ..Self::default()
        }
    }

    /// A change of role and end. `None` leaves the role; the end is RFC 3339, or empty for none.
    pub fn change(role: Option<&Uidp>, expire_time: &str) -> Self {
        Self {
            role_uid: role.map(Uidp::to_string),
            expire_time: Some(expire_time.to_owned()),
            ..Self::default()
        }
    }
}

/// One page of a list of role bindings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleBindingPage {
    /// In the order asked for.
    pub role_bindings: Vec<RoleBinding>,
    /// Absent on the last page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next_page_token: String,
    /// How many there are in all, as a string (int64 in JSON); absent above 10,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_count: Option<String>,
    /// How many were skipped so far by `skip`.
    pub skipped: i32,
}

from_json!(RoleBindingPage {; role_bindings, next_page_token, total_count, skipped });
