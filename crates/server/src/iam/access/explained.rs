//! Explanations, from the store to the wire.

use bailiwick_api::access::{CapabilitySources, ExplainedBinding, Holder, Remedy};
use bailiwick_api::role_binding::Described;
use bailiwick_api::{Explanation, PathElement};
use bailiwick_store::{
    self as store, Explained, GroupRow, HolderRow, Part, RemedyKind, RemedyRow, RoleRow, Void,
};

use crate::iam::group_invites::inviter;
use crate::iam::role_bindings::bound;
use crate::wire_time::rfc3339;

/// Where was asked, and nothing else yet.
pub(super) fn place(group: GroupRow) -> Explanation {
    let element = |(uid, name)| PathElement { uid, name };
    Explanation {
        group: element((group.uid, group.name)),
        path: group.path.into_iter().map(element).collect(),
        identity: None,
        decision: None,
        void: None,
        bindings: Vec::new(),
        remedy: None,
        capabilities: Vec::new(),
        holders: Vec::new(),
        next_page_token: String::new(),
    }
}

/// About one person.
pub(super) fn person(explained: Explained) -> Explanation {
    let capabilities = match explained.decision {
        Some(_) => Vec::new(),
        None => explained.sources,
    };
    Explanation {
        identity: Some(bound(explained.identity)),
        decision: explained.decision,
        void: explained.void.map(|void| {
            let word = match void {
                Void::Suspended => "SUSPENDED",
                Void::ProviderMissing => "PROVIDER_MISSING",
                Void::NeverSignedIn => "NEVER_SIGNED_IN",
                Void::DeviceSignInOff => "DEVICE_SIGN_IN_OFF",
            };
            word.to_owned()
        }),
        bindings: explained.bindings.into_iter().map(binding).collect(),
        remedy: explained.remedy.map(remedy),
        capabilities: capabilities
            .into_iter()
            .map(|(what, from)| CapabilitySources {
                name: what.name().to_owned(),
                bindings: from.into_iter().map(count).collect(),
            })
            .collect(),
        ..place(explained.group)
    }
}

/// Someone who has a capability.
pub(super) fn holder(row: HolderRow) -> Holder {
    Holder {
        identity: bound(row.identity),
        bindings: row.bindings.into_iter().map(binding).collect(),
    }
}

fn binding(row: store::ExplainedBinding) -> ExplainedBinding {
    let effect = match row.part {
        Part::Granted => "GRANTED",
        Part::Ended => "ENDED",
        Part::Lacks => "LACKS",
    };
    let bare = ExplainedBinding {
        uid: None,
        group: PathElement {
            uid: row.group,
            name: row.group_name,
        },
        role: None,
        capability_set: String::new(),
        effect: effect.to_owned(),
        creator: None,
        create_time: None,
        invite_key_id: None,
        expire_time: None,
    };
    if !row.is_shown {
        return bare;
    }
    ExplainedBinding {
        uid: Some(row.uid),
        capability_set: row.role.capabilities.to_wire(),
        role: Some(role(row.role)),
        creator: row.creator.map(inviter),
        create_time: Some(rfc3339(row.create_time)),
        invite_key_id: row.key_id,
        expire_time: row.ends_at.map(rfc3339),
        ..bare
    }
}

fn remedy(row: RemedyRow) -> Remedy {
    let kind = match row.kind {
        RemedyKind::Bind => "BIND",
        RemedyKind::NewRole => "NEW_ROLE",
        RemedyKind::Restore => "RESTORE",
        RemedyKind::ConfigureProvider => "CONFIGURE_PROVIDER",
        RemedyKind::SignIn => "SIGN_IN",
    };
    Remedy {
        kind: kind.to_owned(),
        role: row.role.map(role),
        gained: count(row.gained),
        by_you: row.by_you,
        by: row.by.into_iter().map(bound).collect(),
        by_roles: row.by_roles.into_iter().map(role).collect(),
    }
}

fn role(row: RoleRow) -> Described {
    Described {
        uid: row.uid,
        name: row.name.into_owned(),
        description: row.description.into_owned(),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
