//! The built-in roles as the original's SDK gives them today (2026-08). Each is the one before
//! with more; the tests compare them with the SDK's own encoding.

use crate::CapabilitySet;

/// What one must be able to see to use the console.
#[rustfmt::skip]
const CONSOLE_VIEWER: CapabilitySet = CapabilitySet::known(&[
    "groups.list", "group_invites.list", "roles.list", "role_bindings.list", "identity.list",
    "identity_providers.list", "account_associations.list", "subscriptions.list",
    "record_signatures.list", "sboms.list", "vuln_reports.list", "vuln_report.list",
    "repo.list", "manifest.list", "manifest.metadata.list", "tag.list", "referrers.list",
    "apk.list", "version.list", "build_report.list", "packages.entitlements.list",
    "registry.entitlements.list", "registry.settings.list", "registry.overlays.list",
    "registry.deployments.list",
    "libraries.entitlements.list", "libraries.artifacts.list", "libraries.cache.list",
    "libraries.aws_marketplace.subscriptions.list", "libraries.request_groups.list",
    "libraries.remote_registries.list", "libraries.policy.list", "libraries.policy.binding.list",
    "libraries.policy.block_event.list",
    "advisories.list",
    "policies.policy.list", "policies.binding.list", "policies.decision.list",
    "policies.override.list",
    "guardener.entitlement.list", "guardener.scan.list", "guardener.scan.get",
    "skills.list", "skills.entitlements.list",
    "actions.list",
]);

/// That, and pulling images and packages.
#[rustfmt::skip]
pub(super) const VIEWER: CapabilitySet = CONSOLE_VIEWER.union(&CapabilitySet::known(&[
    "repo.blobs.get", "apk.blobs.get",
    "terms.list",
    "guardener.dfc.convert", "guardener.association.list", "guardener.actions.migrate",
]));

/// That, and changing what is neither access nor content.
#[rustfmt::skip]
pub(super) const EDITOR: CapabilitySet = VIEWER.union(&CapabilitySet::known(&[
    "subscriptions.create", "subscriptions.update", "subscriptions.delete",
    "repo.create", "repo.update", "repo.delete",
    "registry.overlays.edit",
    "libraries.request_groups.create", "libraries.request_groups.update",
    "libraries.request_groups.delete", "libraries.request_groups.items.update",
]));

/// That, and deciding about access, content and contracts.
#[rustfmt::skip]
pub(super) const OWNER: CapabilitySet = EDITOR.union(&CapabilitySet::known(&[
    "groups.create", "groups.update", "groups.delete",
    "group_invites.create", "group_invites.delete",
    "roles.create", "roles.update", "roles.delete",
    "role_bindings.create", "role_bindings.update", "role_bindings.delete",
    "identity.create", "identity.update", "identity.delete",
    "identity_providers.create", "identity_providers.update", "identity_providers.delete",
    "identity_providers.scim.manage",
    "account_associations.create", "account_associations.update", "account_associations.delete",
    "apk.create", "apk.delete",
    "manifest.create", "manifest.update", "manifest.delete",
    "tag.create", "tag.update", "tag.delete",
    "vuln.create", "vuln_report.create",
    "guardener.association.manage",
    "terms.accept",
    "mcp.tool.call",
    "repo.check_policies",
    "registry.entitlements.images.add", "registry.entitlements.images.remove",
    "registry.entitlements.images.swap",
    "policies.policy.create", "policies.policy.update", "policies.policy.delete",
    "policies.binding.create", "policies.binding.update", "policies.binding.delete",
    "policies.override.create", "policies.override.delete",
    "libraries.java.list", "libraries.java.create",
    "libraries.python.list", "libraries.python.create",
    "libraries.javascript.list", "libraries.javascript.create",
    "libraries.dotnet.list", "libraries.dotnet.create",
    "libraries.go.list", "libraries.go.create",
    "libraries.entitlements.create", "libraries.entitlements.delete",
    "libraries.cache.invalidate",
    "libraries.policy.create", "libraries.policy.update", "libraries.policy.delete",
    "libraries.policy.binding.create", "libraries.policy.binding.update",
    "libraries.policy.binding.delete",
    "libraries.remote_registries.create", "libraries.remote_registries.delete",
    "libraries.aws_marketplace.subscriptions.create",
    "libraries.aws_marketplace.subscriptions.update",
    "libraries.request_groups.submit",
    "skills.publish", "skills.entitlements.create", "skills.entitlements.delete",
    "skills.harden.read", "skills.harden.write", "skills.harden.cancel",
]));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sets_are_those_of_the_sdk() {
        for (set, len, wire) in [
            (
                CONSOLE_VIEWER,
                45,
                "AAAAAAAAAN1EQgBAgIBESBiIADBIiqlkBACgkBRACAAAAAAAFgSACQ==",
            ),
            (
                VIEWER,
                51,
                "AAAAAAAAAN1EQgBAgIBESNiIGDBIiqlkFCCgkBRACAAAAAAAFgSACQ==",
            ),
            (
                EDITOR,
                62,
                "AAAAAAAAAN1PQgDwgIBESNiIGDBIiqlkFCCgkBRACAAAAAAAFl-ACQ==",
            ),
            (
                OWNER,
                138,
                "AAAAAAAAAN7_8gDx4eD__vn--DBJ__tvlCHm8B_wHmMAAAAAPn_8uQ==",
            ),
        ] {
            assert_eq!(set.len(), len);
            assert_eq!(CapabilitySet::from_wire(wire), Ok(set));
            assert_eq!(set.to_wire(), wire);
        }
    }
}
