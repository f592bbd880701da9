//! From the store to the wire.

use axum::response::Response;
use bailiwick_api::RoleBinding;
use bailiwick_api::role_binding::{BoundIdentity, Described};
use bailiwick_store::{self as store, RoleBindingRow};

use crate::etag::tagged;
use crate::json;
use crate::wire_time::rfc3339;

/// One binding, with its tag as a header too.
pub(super) fn answer(row: RoleBindingRow) -> Response {
    let binding = wire(row);
    tagged(json::ok(&binding), &binding.etag)
}

pub(crate) fn wire(row: RoleBindingRow) -> RoleBinding {
    let etag = row.etag();
    let (role_name, role_description) = row
        .role_now
        .map(|role| (role.name.into_owned(), role.description.into_owned()))
        .unwrap_or_default();
    RoleBinding {
        uid: row.uid,
        identity: bound(row.identity),
        group: Described {
            uid: row.group,
            name: row.group_name,
            description: row.group_description,
        },
        role: Described {
            uid: row.role,
            name: role_name,
            description: role_description,
        },
        create_time: rfc3339(row.create_time),
        expire_time: row.ends_at.map(rfc3339),
        etag,
    }
}

/// Whose a binding is.
pub(crate) fn bound(identity: store::BoundIdentity) -> BoundIdentity {
    BoundIdentity {
        uid: identity.uid,
        name: identity.name,
        email: identity.email,
        issuer: identity.issuer,
        subject: identity.subject,
    }
}
