//! Saving name and description. Before it writes, it looks whether another one wrote meanwhile.

use bailiwick_api::{Error, Group, GroupWrite};
use bailiwick_domain::Uidp;

use crate::parts::group_form::{check_description, check_name, place};
use crate::reactive::spawn_local;
use crate::state::{RwSignal, StoredValue};
use crate::ui::field::FieldState;

use super::dialogs::renamed;
use super::state::Shown;

/// What another one saved since the form was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Conflict {
    pub(super) theirs: Written,
}

/// What the form is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) name: String,
    pub(super) description: String,
}

impl Written {
    fn of(group: &Group) -> Self {
        Self {
            name: group.name.clone(),
            description: group.description.clone(),
        }
    }
}

/// The form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Saving {
    shown: Shown,
    uid: StoredValue<Uidp>,
    /// What the server had when the form was drawn, or last saved.
    base: RwSignal<Written>,
    pub(super) name: FieldState,
    pub(super) description: FieldState,
    pub(super) is_pending: RwSignal<bool>,
    pub(super) error: RwSignal<Option<Error>>,
    pub(super) conflict: RwSignal<Option<Conflict>>,
}

impl Saving {
    /// The form for the group that shows, with what is known of it.
    pub(super) fn start(shown: Shown, uid: &Uidp) -> Option<Self> {
        let base = shown
            .detail
            .with_untracked(|detail| detail.ready().map(Written::of))?;
        Some(Self {
            shown,
            uid: StoredValue::new(uid.clone()),
            name: FieldState::new(&base.name),
            description: FieldState::new(&base.description),
            base: RwSignal::new(base),
            is_pending: RwSignal::new(false),
            error: RwSignal::new(None),
            conflict: RwSignal::new(None),
        })
    }

    fn written(self) -> Written {
        Written {
            name: self.name.text.get_untracked(),
            description: self.description.text.get_untracked(),
        }
    }

    /// Whether anything is written that is not saved. Tracked.
    pub(super) fn is_dirty(self) -> bool {
        let base = self.base.read();
        *self.name.text.read() != base.name || *self.description.text.read() != base.description
    }

    fn show(self, written: &Written) {
        self.name.text.set(written.name.clone());
        self.description.text.set(written.description.clone());
        self.name.refuse(None);
        self.description.refuse(None);
        self.conflict.set(None);
        self.error.set(None);
    }

    /// Back to what is saved.
    pub(super) fn undo(self) {
        let base = self.base.get_untracked();
        self.show(&base);
    }

    /// Takes what the other one wrote.
    pub(super) fn take_theirs(self) {
        if let Some(conflict) = self.conflict.get_untracked() {
            self.base.set(conflict.theirs.clone());
            self.show(&conflict.theirs);
        }
    }

    /// Writes over what the other one wrote, now that both were seen.
    pub(super) fn keep_mine(self) {
        if let Some(conflict) = self.conflict.get_untracked() {
            self.base.set(conflict.theirs);
            self.conflict.set(None);
            self.save();
        }
    }

    /// Saves it.
    pub(super) fn save(self) {
        let written = self.written();
        let (name, description) = (
            check_name(&written.name),
            check_description(&written.description),
        );
        if name.is_some() || description.is_some() {
            let first = if name.is_some() {
                self.name
            } else {
                self.description
            };
            self.name.refuse(name);
            self.description.refuse(description);
            return first.focus();
        }
        if self.is_pending.get_untracked() {
            return;
        }
        self.is_pending.set(true);
        self.error.set(None);
        let Some(client) = self.shown.client.try_get_value() else {
            return;
        };
        let (uid, base) = (self.uid.get_value(), self.base.get_untracked());
        spawn_local(async move {
            let answer = match client.get_group(&uid).await {
                Ok(now) if Written::of(&now) != base && Written::of(&now) != written => Ok(now),
                Ok(_) => {
                    let change = GroupWrite::change(&written.name, &written.description);
                    client.update_group(&uid, &change).await
                }
                Err(error) => Err(error),
            };
            self.answered(&written, answer);
        });
    }

    fn answered(self, written: &Written, answer: Result<Group, Error>) {
        self.is_pending.set(false);
        match answer {
            Ok(group) if Written::of(&group) == *written => {
                self.base.set(Written::of(&group));
                renamed(self.shown, &group);
            }
            Ok(group) => {
                let theirs = Written::of(&group);
                self.conflict.set(Some(Conflict { theirs }));
            }
            Err(error) => {
                let (findings, rest) = place(error);
                if findings.name.is_some() {
                    self.name.focus();
                } else if findings.description.is_some() {
                    self.description.focus();
                }
                self.name.refuse(findings.name);
                self.description.refuse(findings.description);
                self.error.set(rest);
            }
        }
    }
}
