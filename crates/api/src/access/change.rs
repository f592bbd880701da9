//! Changes of access, as `access:preview` judges them and `access:apply` makes them.

use bailiwick_domain::Uidp;
use serde::{Deserialize, Serialize};

use crate::json::to_json;
use crate::role::RoleWrite;
use crate::role_binding::RoleBindingWrite;

/// Up to 25 changes in one organization, made in their order: all of them or none.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Changes {
    /// 1 to 25.
    pub changes: Vec<Change>,
    /// For `access:apply`: what the preview answered. If the organization has changed since, nothing
    /// is done (409).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
}

to_json!(Changes { changes, revision });

/// One change: exactly one of these.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// Make something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create: Option<ChangeCreate>,
    /// Change something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update: Option<ChangeUpdate>,
    /// Take something away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delete: Option<ChangeDelete>,
}

to_json!(Change {
    create,
    update,
    delete
});

/// A role binding or a role to be made.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeCreate {
    /// Required: the group that the path of the ordinary request ends in.
    pub parent: String,
    /// The body of the ordinary request.
    #[serde(alias = "role_binding", skip_serializing_if = "Option::is_none")]
    pub role_binding: Option<RoleBindingWrite>,
    /// The body of the ordinary request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleWrite>,
}

to_json!(ChangeCreate {
    parent,
    role_binding,
    role
});

/// A role binding or a role to be changed: what the body names is written.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeUpdate {
    /// Required: the UIDP that the path of the ordinary request ends in.
    pub uid: String,
    /// The body of the ordinary request.
    #[serde(alias = "role_binding", skip_serializing_if = "Option::is_none")]
    pub role_binding: Option<RoleBindingWrite>,
    /// The body of the ordinary request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleWrite>,
}

to_json!(ChangeUpdate {
    uid,
    role_binding,
    role
});

/// A role binding, a role or a person to be taken away: exactly one of these UIDPs.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeDelete {
    /// The binding.
    #[serde(alias = "role_binding", skip_serializing_if = "Option::is_none")]
    pub role_binding: Option<String>,
    /// The role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The person, with all their bindings at `parent` and below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// Required with `identity`: the organization or folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
}

to_json!(ChangeDelete {
    role_binding,
    role,
    identity,
    parent
});

impl Change {
    /// Binds a role at a group.
    pub fn bind(group: &Uidp, role_binding: RoleBindingWrite) -> Self {
        Self {
            create: Some(ChangeCreate {
                parent: group.to_string(),
                role_binding: Some(role_binding),
                role: None,
            }),
            ..Self::default()
        }
    }

    /// Changes role or end of a binding.
    pub fn rebind(binding: &Uidp, role_binding: RoleBindingWrite) -> Self {
        Self {
            update: Some(ChangeUpdate {
                uid: binding.to_string(),
                role_binding: Some(role_binding),
                role: None,
            }),
            ..Self::default()
        }
    }

    /// Removes a binding.
    pub fn unbind(binding: &Uidp) -> Self {
        Self {
            delete: Some(ChangeDelete {
                role_binding: Some(binding.to_string()),
                ..ChangeDelete::default()
            }),
            ..Self::default()
        }
    }

    /// Makes a role.
    pub fn create_role(group: &Uidp, role: RoleWrite) -> Self {
        Self {
            create: Some(ChangeCreate {
                parent: group.to_string(),
                role_binding: None,
                role: Some(role),
            }),
            ..Self::default()
        }
    }

    /// Changes a role.
    pub fn update_role(uid: &Uidp, role: RoleWrite) -> Self {
        Self {
            update: Some(ChangeUpdate {
                uid: uid.to_string(),
                role_binding: None,
                role: Some(role),
            }),
            ..Self::default()
        }
    }

    /// Deletes a role.
    pub fn delete_role(uid: &Uidp) -> Self {
        Self {
            delete: Some(ChangeDelete {
                role: Some(uid.to_string()),
                ..ChangeDelete::default()
            }),
            ..Self::default()
        }
    }

    /// Takes all bindings at a group and below from a person.
    pub fn remove_identity(uid: &Uidp, group: &Uidp) -> Self {
        Self {
            delete: Some(ChangeDelete {
                identity: Some(uid.to_string()),
                parent: Some(group.to_string()),
                ..ChangeDelete::default()
            }),
            ..Self::default()
        }
    }
}
