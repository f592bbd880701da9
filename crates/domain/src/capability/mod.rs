//! What one may do. A [`Capability`] is one line of the catalogue in `table.rs`; a
//! [`CapabilitySet`] is any number of them as bits.
//!
//! A capability has four names: the friendly one (`groups.list`), a number (storage of the
//! original), a bit (sets, on the wire) and an enum name (API v2).

mod set;
mod table;

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

pub use set::{CapabilitySet, WireError};
use table::{Row, TABLE};

use crate::serde_text::serde_as_text;

/// One thing that one may be allowed to do. The order is that of the catalogue: by number.
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
pub struct Capability {
    /// INVARIANT: a bit that has a row in the catalogue.
    bit: u8,
}

/// A text that is no capability's friendly name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no capability of this name; `groups.list` is one")]
pub struct NotACapability;

const NO_ROW: u8 = u8::MAX;

/// Where the row of each bit is in [`TABLE`].
const ROW_BY_BIT: [u8; 256] = {
    assert!(TABLE.len() < NO_ROW as usize);
    let mut rows = [NO_ROW; 256];
    let mut at = 0;
    while at < TABLE.len() {
        assert!(
            rows[TABLE[at].bit as usize] == NO_ROW,
            "a bit stands in two rows"
        );
        rows[TABLE[at].bit as usize] = at as u8;
        at += 1;
    }
    rows
};

/// Names the capabilities that the code itself asks for. A misspelt name does not compile.
macro_rules! named {
    ($($constant:ident = $name:literal;)+) => {
        impl Capability {
            $(
                #[doc = concat!("The capability `", $name, "`.")]
                pub const $constant: Capability = Capability::known($name);
            )+
        }
    };
}

named! {
    GROUPS_CREATE = "groups.create";
    GROUPS_UPDATE = "groups.update";
    GROUPS_LIST = "groups.list";
    GROUPS_DELETE = "groups.delete";
    GROUP_INVITES_CREATE = "group_invites.create";
    GROUP_INVITES_LIST = "group_invites.list";
    GROUP_INVITES_DELETE = "group_invites.delete";
    ROLES_CREATE = "roles.create";
    ROLES_UPDATE = "roles.update";
    ROLES_LIST = "roles.list";
    ROLES_DELETE = "roles.delete";
    ROLE_BINDINGS_CREATE = "role_bindings.create";
    ROLE_BINDINGS_UPDATE = "role_bindings.update";
    ROLE_BINDINGS_LIST = "role_bindings.list";
    ROLE_BINDINGS_DELETE = "role_bindings.delete";
    ACCOUNT_ASSOCIATIONS_CREATE = "account_associations.create";
    ACCOUNT_ASSOCIATIONS_UPDATE = "account_associations.update";
    ACCOUNT_ASSOCIATIONS_LIST = "account_associations.list";
    ACCOUNT_ASSOCIATIONS_DELETE = "account_associations.delete";
    IDENTITY_CREATE = "identity.create";
    IDENTITY_UPDATE = "identity.update";
    IDENTITY_LIST = "identity.list";
    IDENTITY_DELETE = "identity.delete";
    IDENTITY_PROVIDERS_CREATE = "identity_providers.create";
    IDENTITY_PROVIDERS_UPDATE = "identity_providers.update";
    IDENTITY_PROVIDERS_LIST = "identity_providers.list";
    IDENTITY_PROVIDERS_DELETE = "identity_providers.delete";
    IDENTITY_PROVIDERS_SCIM_MANAGE = "identity_providers.scim.manage";
    SUBSCRIPTIONS_CREATE = "subscriptions.create";
    SUBSCRIPTIONS_UPDATE = "subscriptions.update";
    SUBSCRIPTIONS_LIST = "subscriptions.list";
    SUBSCRIPTIONS_DELETE = "subscriptions.delete";
    TERMS_ACCEPT = "terms.accept";
    TERMS_LIST = "terms.list";
    GULFSTREAM = "gulfstream";
}

impl Capability {
    /// Every capability, sorted by number.
    pub fn all() -> impl Iterator<Item = Capability> {
        TABLE.iter().map(|row| Capability { bit: row.bit })
    }

    /// The capability with this friendly name, or `None`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|capability| capability.name() == name)
    }

    /// The capability with this bit, or `None`.
    pub const fn from_bit(bit: u8) -> Option<Self> {
        if ROW_BY_BIT[bit as usize] == NO_ROW {
            return None;
        }
        Some(Self { bit })
    }

    /// The capability with this number, or `None`.
    pub fn from_number(number: u16) -> Option<Self> {
        let at = TABLE.binary_search_by_key(&number, |row| row.number).ok()?;
        Some(Self { bit: TABLE[at].bit })
    }

    /// The capability with this enum name, or `None`.
    pub fn from_enum_name(enum_name: &str) -> Option<Self> {
        Self::all().find(|capability| capability.enum_name() == enum_name)
    }

    /// The friendly name: `groups.list`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The number by which the original stores it.
    pub fn number(self) -> u16 {
        self.row().number
    }

    /// Its bit in a set.
    pub const fn bit(self) -> u8 {
        self.bit
    }

    /// What it lets one do, in a few words that begin with a verb.
    pub fn about(self) -> &'static str {
        self.row().about
    }

    /// Whether nothing asks for it any more. It can still be held.
    pub fn is_deprecated(self) -> bool {
        self.row().is_deprecated
    }

    /// The name in the enum of API v2: `CAP_IAM_GROUPS_LIST`.
    pub fn enum_name(self) -> String {
        let name = self.name();
        let resource = name.split('.').next().unwrap_or(name);
        let (prefix, rest) = match resource {
            "groups"
            | "group_invites"
            | "roles"
            | "role_bindings"
            | "account_associations"
            | "policy"
            | "identity" => ("CAP_IAM_", name),
            "identity_providers" if name == "identity_providers.scim.manage" => {
                ("CAP_IAM_", "scim.manage")
            }
            "identity_providers" => ("CAP_IAM_", name),
            "subscriptions" => ("CAP_EVENTS_SUBSCRIPTION", &name[resource.len()..]),
            "clusters"
            | "records"
            | "record_contexts"
            | "record_signatures"
            | "record_policy_results"
            | "risks"
            | "sboms"
            | "vuln_reports"
            | "attestations"
            | "nodes"
            | "namespaces"
            | "workloads" => ("CAP_TENANT_", name),
            _ => ("CAP_", name),
        };
        format!("{prefix}{}", rest.replace('.', "_").to_ascii_uppercase())
    }

    fn row(self) -> &'static Row {
        &TABLE[usize::from(ROW_BY_BIT[usize::from(self.bit)])]
    }

    /// The capability with this name, which must exist. Meant for constants, where a name that
    /// does not exist is an error at compile time.
    pub(crate) const fn known(name: &str) -> Self {
        let mut at = 0;
        while at < TABLE.len() {
            if is_same(TABLE[at].name, name) {
                return Self { bit: TABLE[at].bit };
            }
            at += 1;
        }
        panic!("no capability has this name")
    }
}

/// `==` for constants.
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    // From the end, where names of one length differ soonest.
    let mut at = one.len();
    while at > 0 {
        at -= 1;
        if one[at] != other[at] {
            return false;
        }
    }
    true
}

impl Ord for Capability {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number().cmp(&other.number())
    }
}

impl PartialOrd for Capability {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Capability {
    fn as_str(self) -> &'static str {
        self.name()
    }
}

impl FromStr for Capability {
    type Err = NotACapability;

    fn from_str(name: &str) -> Result<Self, NotACapability> {
        Self::from_name(name).ok_or(NotACapability)
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Debug for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

serde_as_text!(Capability);
