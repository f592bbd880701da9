//! `access:explain`: why somebody may do something somewhere, or what would let them.

use bailiwick_domain::Uidp;
use serde::{Deserialize, Serialize};

use crate::access::{Action, Entity};
use crate::group::PathElement;
use crate::group_invite::Inviter;
use crate::json::{from_json, to_json};
use crate::role_binding::{BoundIdentity, Described};

/// The question. With subject and action: may this identity do that there, and why. Without action:
/// everything that the identity may do there. Without subject: everyone who may do that there.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExplainRequest {
    /// The identity (`type` is `identity`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Entity>,
    /// The capability.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Required: the group (`type` is `group`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<Entity>,
    /// How many holders to answer with; by default 50, at most 200.
    #[serde(alias = "page_size", skip_serializing_if = "Option::is_none")]
    pub page_size: Option<i32>,
    /// From the answer before.
    #[serde(alias = "page_token", skip_serializing_if = "Option::is_none")]
    pub page_token: Option<String>,
}

to_json!(ExplainRequest {
    subject,
    action,
    resource,
    page_size,
    page_token
});

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Explanation {
    /// Where was asked.
    pub group: PathElement,
    /// Its ancestors from the organization down.
    #[serde(default)]
    pub path: Vec<PathElement>,
    /// About whom was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<BoundIdentity>,
    /// Whether they may; absent when the question names no capability or nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<bool>,
    /// Why an identity holds nothing at all, whatever is bound: `SUSPENDED`, `PROVIDER_MISSING` (it
    /// is not configured), `NEVER_SIGNED_IN` (what is bound holds from their first sign-in on) or
    /// `DEVICE_SIGN_IN_OFF` (the caller themselves: a device was signed in, which gives nothing here).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<String>,
    /// The identity's bindings on the way from the organization to the group, the topmost first.
    #[serde(default)]
    pub bindings: Vec<ExplainedBinding>,
    /// What would change a no into a yes; absent for a yes, and where nothing would.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Remedy>,
    /// Without a capability in the question: each that the identity has there.
    #[serde(default)]
    pub capabilities: Vec<CapabilitySources>,
    /// Without an identity in the question: everyone who has the capability there.
    #[serde(default)]
    pub holders: Vec<Holder>,
    /// Of the holders; absent on the last page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub next_page_token: String,
}

from_json!(Explanation {
    group;
    path, identity, decision, void, bindings, remedy, capabilities, holders, next_page_token
});

/// A role binding and what it has to do with the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExplainedBinding {
    /// The binding's UIDP; absent, as is all but group and effect, where the caller may not see the
    /// binding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub uid: Option<Uidp>,
    /// Where it is bound.
    pub group: PathElement,
    /// Which role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Described>,
    /// What the role holds, as the bitset of `CapabilitySet::to_wire`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub capability_set: String,
    /// `GRANTED`, `ENDED` (it would give it, had it not ended) or `LACKS` (its role does not hold
    /// the capability). Without a capability in the question: `GRANTED` or `ENDED`.
    pub effect: String,
    /// Who made it; absent for one that is older than this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator: Option<Inviter>,
    /// Since when, RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_time: Option<String>,
    /// The key id of the invite that it came by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite_key_id: Option<String>,
    /// Until when, RFC 3339, UTC; absent for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expire_time: Option<String>,
}

from_json!(ExplainedBinding {
    group, effect;
    uid, role, capability_set, creator, create_time, invite_key_id, expire_time
});

/// The least change that would make it a yes. It was tried: with it the decision is yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Remedy {
    /// `BIND` (bind `role` at the group), `NEW_ROLE` (no role holds it: make one that does and bind
    /// it), `RESTORE` (the host lets the identity in again: `bailiwick admin restore`),
    /// `CONFIGURE_PROVIDER` (whoever runs the server configures the identity's provider again) or
    /// `SIGN_IN` (it is bound already; they have to sign in).
    pub kind: String,
    /// The role to bind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Described>,
    /// How many capabilities the identity would gain at the group, this one included.
    #[serde(default)]
    pub gained: u32,
    /// Whether the caller could make it.
    #[serde(default)]
    pub by_you: bool,
    /// Other people who could; at most 10, and only for who may list bindings and identities there.
    #[serde(default)]
    pub by: Vec<BoundIdentity>,
    /// The roles that could, if bound there; for everyone.
    #[serde(default)]
    pub by_roles: Vec<Described>,
}

from_json!(Remedy { kind; role, gained, by_you, by, by_roles });

/// A capability and the bindings that give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CapabilitySources {
    /// The capability's name: `groups.list`.
    pub name: String,
    /// Places in `bindings`.
    pub bindings: Vec<u32>,
}

from_json!(CapabilitySources { name, bindings; });

/// Someone who has a capability, and by which bindings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holder {
    /// Who.
    pub identity: BoundIdentity,
    /// Those that give it, the topmost first.
    pub bindings: Vec<ExplainedBinding>,
}

from_json!(Holder { identity, bindings; });
