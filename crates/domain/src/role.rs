//! The built-in roles. Each contains what the original's documents of 2023 give it (`seed.rs`)
//! joined with what the original gives it today (`today.rs`), and viewer ⊆ editor ⊆ owner.

mod seed;
mod today;

use std::sync::LazyLock;

use crate::identity::hashed_uidp;
use crate::{CapabilitySet, Uidp};

/// A role that every organization has and nobody can change.
#[derive(Debug)]
pub struct BuiltInRole {
    /// The name by which it is asked for: `owner`.
    pub name: &'static str,
    /// The name that people see: `Owner`.
    pub title: &'static str,
    /// What it is for, in a sentence.
    pub description: &'static str,
    /// What it contains.
    pub capabilities: CapabilitySet,
    /// Whether it is listed but bound only by `bailiwick admin`.
    pub reserved: bool,
    uid: &'static LazyLock<Uidp>,
}

static OWNER_UID: LazyLock<Uidp> = LazyLock::new(|| role_uidp("owner"));
static EDITOR_UID: LazyLock<Uidp> = LazyLock::new(|| role_uidp("editor"));
static VIEWER_UID: LazyLock<Uidp> = LazyLock::new(|| role_uidp("viewer"));
static GULFSTREAM_UID: LazyLock<Uidp> = LazyLock::new(|| role_uidp("gulfstream"));

static OWNER: &BuiltInRole = &ROLES[0];
static EDITOR: &BuiltInRole = &ROLES[1];
static VIEWER: &BuiltInRole = &ROLES[2];
static GULFSTREAM: &BuiltInRole = &ROLES[3];

static ROLES: [BuiltInRole; 4] = [
    BuiltInRole {
        name: "owner",
        title: "Owner",
        description: "Does everything here and below, and decides who else may.",
        capabilities: seed::OWNER.union(&today::OWNER),
        reserved: false,
        uid: &OWNER_UID,
    },
    BuiltInRole {
        name: "editor",
        title: "Editor",
        description: "Sees everything, changes some of it and binds roles, but invites nobody.",
        capabilities: seed::EDITOR.union(&today::EDITOR),
        reserved: false,
        uid: &EDITOR_UID,
    },
    BuiltInRole {
        name: "viewer",
        title: "Viewer",
        description: "Sees everything and changes nothing.",
        capabilities: seed::VIEWER.union(&today::VIEWER),
        reserved: false,
        uid: &VIEWER_UID,
    },
    BuiltInRole {
        name: "gulfstream",
        title: "Gulfstream",
        description: "For controllers run by the host. Reserved: bound only by bailiwick admin.",
        capabilities: CapabilitySet::known(&["gulfstream"]),
        reserved: true,
        uid: &GULFSTREAM_UID,
    },
];

/// The name alone makes a role what it is.
impl PartialEq for BuiltInRole {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for BuiltInRole {}

impl BuiltInRole {
    /// Its id: the first 20 bytes of SHA-256 over `bailiwick-role-v1` NUL name. The same
    /// everywhere and for ever.
    pub fn uid(&self) -> &'static Uidp {
        self.uid
    }

    /// All of them, the strongest first and the reserved last.
    pub fn all() -> &'static [BuiltInRole] {
        &ROLES
    }

    /// The one with this name, or `None`.
    pub fn by_name(name: &str) -> Option<&'static BuiltInRole> {
        Self::all().iter().find(|role| role.name == name)
    }

    /// The one with this id, or `None`.
    pub fn by_uid(uid: &Uidp) -> Option<&'static BuiltInRole> {
        Self::all().iter().find(|role| role.uid() == uid)
    }
}

/// The role of those who decide. Rule 3 keeps one such person in every organization.
pub fn owner() -> &'static BuiltInRole {
    OWNER
}

/// The role of those who work.
pub fn editor() -> &'static BuiltInRole {
    EDITOR
}

/// The role of those who look.
pub fn viewer() -> &'static BuiltInRole {
    VIEWER
}

/// The role of the host's controllers.
pub fn gulfstream() -> &'static BuiltInRole {
    GULFSTREAM
}

fn role_uidp(name: &str) -> Uidp {
    hashed_uidp(&["bailiwick-role-v1", name])
}
