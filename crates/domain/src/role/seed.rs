//! The built-in roles as the original's *Overview of the IAM Model* (December 2023) describes
//! them.
//!
//! It speaks of things and of what one does with them. The things are read as
//!
//! | word | capabilities |
//! |---|---|
//! | images | `repo.*` (what is in an image, manifests and tags, it does not name) |
//! | policies | `policy.*`, the cluster policies of that time, not today's `policies.*` |
//! | clusters | `clusters.*`, without `clusters.discover`, which is none of its verbs |
//! | records | `records.*`, and none of the other things one could see of a cluster |
//! | groups, group invites, roles, role bindings, subscriptions, account associations | the resource of that name |
//!
//! and the verbs as `create`, `delete`, `list` ("view") and `update` ("modify"). It contradicts
//! itself once: it lets an editor make and remove images, and forbids an editor to change them.
//! Here the second means `update`, the one verb that the first leaves out.
//!
//! Of gulfstream it lists nothing; that role has only the capability of its name.

use crate::CapabilitySet;

/// All four verbs on images, policies, groups, account associations, role bindings and
/// subscriptions; all but `update` on clusters and group invites; `list` on roles and records.
#[rustfmt::skip]
pub(super) const OWNER: CapabilitySet = CapabilitySet::known(&[
    "repo.create", "repo.delete", "repo.list", "repo.update",
    "policy.create", "policy.delete", "policy.list", "policy.update",
    "groups.create", "groups.delete", "groups.list", "groups.update",
    "account_associations.create", "account_associations.delete",
    "account_associations.list", "account_associations.update",
    "role_bindings.create", "role_bindings.delete", "role_bindings.list", "role_bindings.update",
    "subscriptions.create", "subscriptions.delete", "subscriptions.list", "subscriptions.update",
    "clusters.create", "clusters.delete", "clusters.list",
    "group_invites.create", "group_invites.delete", "group_invites.list",
    "roles.list",
    "records.list",
]);

/// Create, delete and list on images and clusters; all four verbs on role bindings and
/// subscriptions; `list` on the rest. Inviting is not among them.
#[rustfmt::skip]
pub(super) const EDITOR: CapabilitySet = CapabilitySet::known(&[
    "repo.create", "repo.delete", "repo.list",
    "clusters.create", "clusters.delete", "clusters.list",
    "role_bindings.create", "role_bindings.delete", "role_bindings.list", "role_bindings.update",
    "subscriptions.create", "subscriptions.delete", "subscriptions.list", "subscriptions.update",
    "policy.list",
    "records.list",
    "groups.list",
    "group_invites.list",
    "roles.list",
    "account_associations.list",
]);

/// `list`, and nothing else, on everything that is named.
#[rustfmt::skip]
pub(super) const VIEWER: CapabilitySet = CapabilitySet::known(&[
    "repo.list",
    "policy.list",
    "groups.list",
    "group_invites.list",
    "clusters.list",
    "records.list",
    "roles.list",
    "role_bindings.list",
    "subscriptions.list",
    "account_associations.list",
]);
