//! From the store to the wire.

use axum::response::Response;
use bailiwick_api::Role;
use bailiwick_api::role_binding::Described;
use bailiwick_store::ShownRole;

use crate::etag::tagged;
use crate::json;
use crate::wire_time::rfc3339;

/// One role, with its tag as a header too.
pub(super) fn answer(shown: ShownRole) -> Response {
    let role = wire(shown);
    tagged(json::ok(&role), &role.etag)
}

/// Of the group no more than its name is said: whoever sees the role need not see the group.
pub(super) fn wire(shown: ShownRole) -> Role {
    let ShownRole { role, group_name } = shown;
    Role {
        etag: role.etag(),
        uid: role.uid,
        name: role.name.into_owned(),
        description: role.description.into_owned(),
        capabilities: role
            .capabilities
            .iter()
            .map(|capability| capability.enum_name())
            .collect(),
        create_time: role.create_time.map(rfc3339),
        update_time: role.update_time.map(rfc3339),
        title: role.title.into_owned(),
        capability_set: role.capabilities.to_wire(),
        group: role.group.zip(group_name).map(|(uid, name)| Described {
            uid,
            name,
            description: String::new(),
        }),
        built_in: role.built_in,
        reserved: role.reserved,
    }
}
