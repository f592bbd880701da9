//! Groups: organizations (root groups) and folders. Names of fields are those of the v2 API.

use bailiwick_domain::Uidp;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::json::{from_json, to_json};

/// An organization or a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Group {
    /// The UIDP: 40 hex digits, then `/` and 16 hex digits for every folder on the way.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// 1 to 63 of `[a-z0-9 ._-]`, unique among its siblings.
    pub name: String,
    /// Up to 512 characters on one line; absent when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// RFC 3339, UTC.
    pub create_time: String,
    /// RFC 3339, UTC.
    pub update_time: String,
    /// Ours: all ancestors from the organization down, without the group itself. A name is shown
    /// even where the ancestor itself may not be seen.
    #[serde(default)]
    pub path: Vec<PathElement>,
    /// Ours: whether there are groups directly below.
    #[serde(default)]
    pub has_children: bool,
    /// Ours: another one after every change of the group itself, for `If-Match`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub etag: String,
    /// Ours: whether what was signed in as a device holds anything in the organization. Absent for a
    /// folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_sign_in: Option<bool>,
}

from_json!(Group {
    uid, name, create_time, update_time;
    description, path, has_children, etag, device_sign_in
});

/// One ancestor of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PathElement {
    /// The ancestor's UIDP.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// The ancestor's name.
    pub name: String,
}

from_json!(PathElement { uid, name; });

/// The body of create and update.
///
/// Output-only fields are accepted and ignored, so that what was got can be sent back; any other
/// unknown field is an error.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupWrite {
    /// Required on create.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Empty clears it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Of an organization, for its owners.
    #[serde(alias = "device_sign_in", skip_serializing_if = "Option::is_none")]
    pub device_sign_in: Option<bool>,
    #[serde(skip_serializing, rename = "uid")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _uid: IgnoredAny,
    #[serde(skip_serializing, rename = "createTime", alias = "create_time")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _create_time: IgnoredAny,
    #[serde(skip_serializing, rename = "updateTime", alias = "update_time")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _update_time: IgnoredAny,
    #[serde(skip_serializing, rename = "resourceLimits", alias = "resource_limits")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _resource_limits: IgnoredAny,
    #[serde(skip_serializing, rename = "status")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _status: IgnoredAny,
    #[serde(skip_serializing, rename = "path")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _path: IgnoredAny,
    #[serde(skip_serializing, rename = "hasChildren", alias = "has_children")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _has_children: IgnoredAny,
    #[serde(skip_serializing, rename = "etag")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _etag: IgnoredAny,
}

to_json!(GroupWrite {
    name,
    description,
    device_sign_in
});

impl GroupWrite {
    /// A new group. An empty description is left out.
    pub fn new(name: &str, description: &str) -> Self {
        Self {
            name: Some(name.to_owned()),
            description: (!description.is_empty()).then(|| description.to_owned()),
            ..Self::default()
        }
    }

    /// A change of name and description. An empty description clears it.
    pub fn change(name: &str, description: &str) -> Self {
        Self {
            name: Some(name.to_owned()),
            description: Some(description.to_owned()),
            ..Self::default()
        }
    }

    /// Whether devices may sign in to an organization.
    pub fn device_sign_in(allowed: bool) -> Self {
        Self {
            device_sign_in: Some(allowed),
            ..Self::default()
        }
    }

    /// A change of the name alone.
    pub fn rename(name: &str) -> Self {
        Self {
            name: Some(name.to_owned()),
            ..Self::default()
        }
    }
}

/// What is in a group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupSummary {
    /// How many groups are directly below, as a string (int64 in JSON).
    pub child_count: String,
    /// How many groups are anywhere below.
    pub descendant_count: String,
    /// How many role bindings there are here and below; absent for who may not list them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_binding_count: Option<String>,
    /// To how many identities those are bound; absent for who may not list them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_count: Option<String>,
}

from_json!(GroupSummary {;
    child_count, descendant_count, role_binding_count, identity_count
});

/// One page of a list of groups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupPage {
    /// In the order asked for.
    pub groups: Vec<Group>,
    /// Absent on the last page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next_page_token: String,
    /// How many there are in all, as a string (int64 in JSON); absent above 10,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_count: Option<String>,
    /// How many were skipped so far by `skip`.
    pub skipped: i32,
}

from_json!(GroupPage {; groups, next_page_token, total_count, skipped });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_got_can_be_sent_back() {
        let group = Group {
            uid: Uidp::root([7; 20]),
            name: "acme".into(),
            description: "Everything that ships".into(),
            create_time: "2026-01-01T00:00:00Z".into(),
            update_time: "2026-01-01T00:00:00Z".into(),
            path: vec![],
            has_children: true,
            etag: "e".into(),
            device_sign_in: None,
        };
        let text = serde_json::to_string(&group).unwrap();
        let write: GroupWrite = serde_json::from_str(&text).unwrap();
        assert_eq!(write.name.as_deref(), Some("acme"));
        assert_eq!(write.description.as_deref(), Some("Everything that ships"));
    }

    #[test]
    fn an_unknown_or_doubled_field_is_refused() {
        for text in [r#"{"name":"a","owner":"b"}"#, r#"{"name":"a","name":"b"}"#] {
            assert!(serde_json::from_str::<GroupWrite>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_write_sends_only_what_it_sets() {
        let text = serde_json::to_string(&GroupWrite::rename("b")).unwrap();
        assert_eq!(text, r#"{"name":"b"}"#);
    }
}
