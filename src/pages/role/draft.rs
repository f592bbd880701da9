//! The role as it is written here, beside the role as it is saved.

use bailiwick_api::{CatalogueEntry, Change, Error, Role, RoleWrite};
use bailiwick_domain::{Capability, CapabilitySet, Uidp};

use crate::api::{Client, use_client};
use crate::parts::access::refused_words;
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

/// What does not change while it is written.
#[derive(Debug)]
pub(super) struct About {
    pub(super) org: Uidp,
    org_name: String,
    /// Where it belongs.
    pub(super) at: Uidp,
    /// The role's; where it belongs for a new one.
    pub(super) uid: Uidp,
    /// `built in`, `of acme`; empty for a new one.
    pub(super) kind: String,
}

/// The form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draft {
    pub(super) about: StoredValue<About>,
    /// Whether the role is there already.
    pub(super) is_new: bool,
    pub(super) is_built_in: bool,
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
    pub(super) fn start(org: &Uidp, org_name: &str, known: Option<&Role>, is_new: bool) -> Self {
        let begun = known.map(Saved::of).unwrap_or_default();
        let saved = if is_new {
            Saved::default()
        } else {
            begun.clone()
        };
        let role = known.filter(|_| !is_new);
        let group = role.and_then(|role| role.group.as_ref());
        let at = group.map_or(org, |group| &group.uid);
        let about = About {
            org: org.clone(),
            org_name: org_name.to_owned(),
            at: at.clone(),
            uid: role.map_or(at, |role| &role.uid).clone(),
            kind: role.map(kind).unwrap_or_default(),
        };
        Self {
            about: StoredValue::new(about),
            is_new,
            is_built_in: role.is_some_and(|role| role.built_in),
            name: FieldState::new(&saved.name),
            saved: RwSignal::new(saved),
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
    pub(super) fn why_fixed(self) -> String {
        let (what, doing, takes) = if self.is_built_in {
            return BUILT_IN.to_owned();
        } else if self.is_new {
            (Capability::ROLES_CREATE, "Making a role", "roles.create")
        } else {
            (Capability::ROLES_UPDATE, "Changing it", "roles.update")
        };
        if self.may(what) {
            String::new()
        } else {
            refused_words(doing, takes)
        }
    }

    /// Whether deleting it is refused.
    pub(super) fn may_not_delete(self) -> bool {
        !self.is_new && !self.may(Capability::ROLES_DELETE)
    }

    /// Whether one may do `what` where the role belongs.
    pub(super) fn may(self, what: Capability) -> bool {
        self.about
            .with_value(|about| use_session().may(what, &about.at))
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

    /// Whether the role is another one than was compared with. After a save from here it is not known
    /// what the etag is.
    fn is_old(self, etag: &str) -> bool {
        let saved = self.saved.read();
        !saved.etag.is_empty() && saved.etag != etag
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
        if self.is_new {
            self.reviewing.set(Some(Reviewing::Save));
            return;
        }
        self.is_pending.set(true);
        let client = self.client.get_value();
        let uid = self.about.with_value(|about| about.uid.clone());
        spawn_local(async move {
            let answer = client.get_role(&uid).await;
            if self.is_pending.try_get_untracked().is_none() {
                // The page was left meanwhile.
                return;
            }
            self.is_pending.set(false);
            match answer {
                Ok(now) if untrack(|| self.is_old(&now.etag)) => {
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
        let name = self.name.text.get_untracked();
        let held = self.held.get_untracked();
        let held = catalogue.iter().filter(|entry| holds(&held, entry));
        let held = held.map(|entry| entry.name.clone()).collect();
        let write = RoleWrite::new(&name, &self.description.text.read_untracked(), held);
        let (verb, change, called, to) = self.about.with_value(|about| {
            let (verb, change) = match what {
                Reviewing::Delete => ("Delete", Change::delete_role(&about.uid)),
                Reviewing::Save if self.is_new => ("Make", Change::create_role(&about.at, write)),
                Reviewing::Save => ("Change", Change::update_role(&about.uid, write)),
            };
            // Where it was saved from, a role that is there shows as it is now.
            let is_elsewhere = self.is_new || what == Reviewing::Delete;
            let to = is_elsewhere.then(|| routes::of_org(&about.org, &Part::Roles));
            let role = (
                about.uid.to_string(),
                self.saved.read_untracked().name.clone(),
            );
            let called = vec![(about.org.to_string(), about.org_name.clone()), role];
            (verb, change, called, to)
        });
        let saved = self.saved.get_untracked();
        let is_delete = what == Reviewing::Delete;
        let called_now = if is_delete { &saved.name } else { &name };
        let words = [verb, " the role ", called_now].concat();
        let saved = Callback::new(move |()| {
            // What is written here is what is saved now: nothing asks before the page is left.
            self.saved.set(Saved {
                name: self.name.text.get_untracked(),
                description: self.description.text.get_untracked(),
                held: self.held.get_untracked(),
                etag: String::new(),
            });
            self.is_conflict.set(false);
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

/// `reserved`, `built in` or `of acme`.
fn kind(role: &Role) -> String {
    match &role.group {
        _ if role.reserved => "reserved".to_owned(),
        Some(group) => ["of ", &group.name].concat(),
        None => "built in".to_owned(),
    }
}

const BUILT_IN: &str =
    "It comes with the product and is the same everywhere: nobody can change it.";
