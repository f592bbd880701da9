//! The role as it is written here, beside the role as it is saved.

use bailiwick_api::{CatalogueEntry, Change, Error, Role, RoleWrite};
use bailiwick_domain::{Capability, CapabilitySet, Uidp};

use crate::api::{Client, use_client};
use crate::parts::capabilities::{holds, read};
use crate::parts::group_form::{check_description, check_name};
use crate::parts::review::Asked;
use crate::reactive::{spawn_local, untrack};
use crate::router::{Router, use_router};
use crate::routes::{self, Part};
use crate::session::use_session;
use crate::state::{Callback, RwSignal, StoredValue};
use crate::ui::field::FieldState;

/// What waits for a yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reviewing {
    Save,
    Delete,
}

/// What is compared: the role as it is saved.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Saved {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) held: CapabilitySet,
    etag: String,
}

impl Saved {
    fn of(role: &Role) -> Self {
        Self {
            name: role.name.clone(),
            description: role.description.clone(),
            held: read(&role.capability_set),
            etag: role.etag.clone(),
        }
    }
}

/// The form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draft {
    pub(super) org: StoredValue<Uidp>,
    pub(super) org_name: StoredValue<String>,
    /// As it came; a new one has none.
    pub(super) role: StoredValue<Option<Role>>,
    pub(super) saved: RwSignal<Saved>,
    pub(super) name: FieldState,
    pub(super) description: FieldState,
    pub(super) held: RwSignal<CapabilitySet>,
    /// Whether somebody else changed it while it was written here.
    pub(super) is_conflict: RwSignal<bool>,
    pub(super) is_pending: RwSignal<bool>,
    pub(super) error: RwSignal<Option<Error>>,
    pub(super) reviewing: RwSignal<Option<Reviewing>>,
    client: StoredValue<Client>,
    pub(super) router: Router,
}

impl Draft {
    /// The form of `known`, or of a new role that begins as `known`.
    pub(super) fn start(org: &Uidp, org_name: &str, known: Option<Role>, is_new: bool) -> Self {
        let begun = known.as_ref().map(Saved::of).unwrap_or_default();
        let (role, saved) = if is_new {
            (None, Saved::default())
        } else {
            (known, begun.clone())
        };
        let name = if is_new { "" } else { &begun.name };
        Self {
            org: StoredValue::new(org.clone()),
            org_name: StoredValue::new(org_name.to_owned()),
            role: StoredValue::new(role),
            saved: RwSignal::new(saved),
            name: FieldState::new(name),
            description: FieldState::new(&begun.description),
            held: RwSignal::new(begun.held),
            is_conflict: RwSignal::new(false),
            is_pending: RwSignal::new(false),
            error: RwSignal::new(None),
            reviewing: RwSignal::new(None),
            client: StoredValue::new(use_client()),
            router: use_router(),
        }
    }

    /// Why it cannot be written here; empty when it can.
    pub(super) fn why_fixed(self) -> &'static str {
        let (what, words) = match self.role.get_value() {
            Some(role) if role.built_in => return BUILT_IN,
            Some(_) => (Capability::ROLES_UPDATE, NO_UPDATE),
            None => (Capability::ROLES_CREATE, NO_CREATE),
        };
        if use_session().may(what, &self.at()) {
            ""
        } else {
            words
        }
    }

    /// Where the role belongs.
    pub(super) fn at(self) -> Uidp {
        let role = self.role.get_value();
        let group = role.and_then(|role| role.group).map(|group| group.uid);
        group.unwrap_or_else(|| self.org.get_value())
    }

    /// What was added and what was taken away. Tracked.
    pub(super) fn difference(self) -> (CapabilitySet, CapabilitySet) {
        let (now, saved) = (self.held.get(), self.saved.read().held);
        (now.difference(&saved), saved.difference(&now))
    }

    /// Whether anything is written that is not saved. Tracked.
    pub(super) fn is_dirty(self) -> bool {
        let saved = self.saved.read();
        self.held.get() != saved.held
            || *self.name.text.read() != saved.name
            || *self.description.text.read() != saved.description
    }

    /// Goes back to what is saved.
    pub(super) fn undo(self) {
        let saved = self.saved.get_untracked();
        self.name.text.set(saved.name);
        self.description.text.set(saved.description);
        self.held.set(saved.held);
        self.name.refuse(None);
        self.is_conflict.set(false);
    }

    /// Leads to the review, if it can be saved as it stands and nobody else changed it meanwhile.
    pub(super) fn ask(self) {
        let name = check_name(&self.name.text.read_untracked());
        let description = check_description(&self.description.text.read_untracked());
        let is_right = name.is_none() && description.is_none();
        self.name.refuse(name);
        self.description.refuse(description);
        self.error.set(None);
        if !is_right {
            self.name.focus();
            return;
        }
        if self.is_pending.get_untracked() {
            return;
        }
        let Some(role) = self.role.get_value() else {
            self.reviewing.set(Some(Reviewing::Save));
            return;
        };
        self.is_pending.set(true);
        let client = self.client.get_value();
        spawn_local(async move {
            let answer = client.get_role(&role.uid).await;
            if self.is_pending.try_get_untracked().is_none() {
                // The page was left meanwhile.
                return;
            }
            self.is_pending.set(false);
            match answer {
                Ok(now) if untrack(|| self.saved.read().etag != now.etag) => {
                    self.saved.set(Saved::of(&now));
                    self.is_conflict.set(true);
                }
                Ok(_) => self.reviewing.set(Some(Reviewing::Save)),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    /// What is put into the review.
    pub(super) fn asked(self, what: Reviewing, catalogue: &[CatalogueEntry]) -> Asked {
        let role = self.role.get_value();
        let name = self.name.text.get_untracked();
        let (org, org_name) = (self.org.get_value(), self.org_name.get_value());
        let all = routes::of_org(&org, &Part::Roles);
        let held = self.held.get_untracked();
        let held = catalogue.iter().filter(|entry| holds(&held, entry));
        let held = held.map(|entry| entry.name.clone()).collect();
        let text = self.description.text.read_untracked();
        let write = RoleWrite::new(&name, &text, held);
        let mut called = vec![(org.to_string(), org_name)];
        called.extend(
            role.as_ref()
                .map(|role| (role.uid.to_string(), role.name.clone())),
        );
        let (verb, change, to) = match (&role, what) {
            (Some(role), Reviewing::Delete) => {
                ("Delete", Change::delete_role(&role.uid), Some(all))
            }
            (Some(role), Reviewing::Save) => {
                ("Change", Change::update_role(&role.uid, write), None)
            }
            (None, _) => {
                let to = all + "?find=" + &String::from(js_sys::encode_uri_component(&name));
                ("Make", Change::create_role(&self.at(), write), Some(to))
            }
        };
        let words = [verb, " the role ", &name].concat();
        let saved = Callback::new(move |()| {
            // What is written here is what is saved now: nothing asks before the page is left.
            self.saved.set(Saved {
                name: self.name.text.get_untracked(),
                description: self.description.text.get_untracked(),
                held: self.held.get_untracked(),
                etag: String::new(),
            });
            if let Some(to) = &to {
                self.router.go(to);
            }
        });
        Asked {
            title: [&words, "?"].concat(),
            changes: vec![(words, change)],
            called,
            saved,
        }
    }
}

const BUILT_IN: &str =
    "It comes with the product and is the same everywhere: nobody can change it.";
const NO_UPDATE: &str = "Changing it takes roles.update, which you do not have here. An owner can do that, or give it to you.";
const NO_CREATE: &str = "Making a role takes roles.create, which you do not have here. An owner can do that, or give it to you.";
