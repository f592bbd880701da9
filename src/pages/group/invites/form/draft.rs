//! What is being written into the form, and how it is sent.

use crate::reactive::{spawn_local, untrack};
use bailiwick_api::group_invite::{BatchInvited, BatchInvites, GroupInvite};
use bailiwick_api::routes::GROUP_INVITES;
use bailiwick_api::{BatchInvitesWrite, Error, GroupInviteWrite};

use crate::pages::group::invites::command::{self, Whom};
use crate::pages::group::invites::life::Life;
use crate::pages::group::invites::links::{Made, Outcome};
use crate::pages::group::invites::state::{INVITE, Invites};
use crate::parts::role_choice::{Choice, RoleField};
use crate::state::{RwSignal, Signal, StoredValue, after, memo};
use crate::ui::dom::find_id;

use super::PEOPLE;
use super::addresses::faults;

/// What of it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Form,
    /// Whether owner rights are really meant.
    Sure,
    /// What came of it.
    Links,
}

/// The words of the two kinds of invites.
pub(super) const TO_PEOPLE: &str = "people";
pub(super) const BY_LINK: &str = "link";

/// The form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draft {
    pub(super) invites: Invites,
    /// Names from the organization down.
    pub(super) path: StoredValue<String>,
    pub(super) stage: RwSignal<Stage>,
    pub(super) outcome: StoredValue<Outcome>,
    /// One of [`TO_PEOPLE`] and [`BY_LINK`].
    pub(super) kind: RwSignal<String>,
    pub(super) emails: RwSignal<Vec<String>>,
    pub(super) faults: Signal<Vec<String>>,
    pub(super) role: RoleField,
    pub(super) life: Life,
    pub(super) is_once: RwSignal<bool>,
    pub(super) is_pending: RwSignal<bool>,
    pub(super) error: RwSignal<Option<Error>>,
    /// What the server said of some addresses, and of which role.
    refused: RwSignal<(String, Vec<(String, String)>)>,
}

impl Draft {
    pub(super) fn start(invites: Invites, path: String) -> Self {
        let router = invites.router;
        let asked_for = untrack(|| router.query(INVITE));
        // Other pages open the form for nobody in particular too.
        let asked_for = (!asked_for.is_empty() && asked_for != "new").then_some(asked_for);
        // Only once: the form may be opened again.
        after(move || router.set_query(INVITE, ""));
        let emails = RwSignal::new(Vec::from_iter(asked_for));
        let refused = RwSignal::<(String, Vec<(String, String)>)>::default();
        let role = invites.at.with_value(|at| RoleField::start(at, ""));
        Self {
            invites,
            path: StoredValue::new(path),
            stage: RwSignal::new(Stage::Form),
            outcome: StoredValue::default(),
            kind: RwSignal::new(TO_PEOPLE.to_owned()),
            emails,
            faults: memo(move || {
                let (of, refused) = &*refused.read();
                let is_same = *of == *role.chosen.read();
                faults(&emails.read(), if is_same { refused } else { &[] })
            }),
            role,
            life: Life::new(),
            is_once: RwSignal::new(true),
            is_pending: RwSignal::new(false),
            error: RwSignal::new(None),
            refused,
        }
    }

    /// The role that is chosen. Tracked.
    pub(super) fn choice(self) -> Option<Choice> {
        self.role.choice()
    }

    /// Tracked.
    pub(super) fn is_to_people(self) -> bool {
        *self.kind.read() == TO_PEOPLE
    }

    /// How many invites it makes. Tracked.
    pub(super) fn count(self) -> usize {
        if self.is_to_people() {
            self.emails.read().len()
        } else {
            1
        }
    }

    /// What stands in the way, in few words. Tracked.
    pub(super) fn lack(self) -> String {
        let wrong = self
            .faults
            .with(|faults| faults.iter().filter(|fault| !fault.is_empty()).count());
        match wrong {
            _ if !self.is_to_people() => String::new(),
            0 => String::new(),
            1 => "Correct 1 address first".to_owned(),
            many => ["Correct ", &many.to_string(), " addresses first"].concat(),
        }
    }

    /// The line that does the same. Tracked.
    pub(super) fn command(self) -> String {
        let first = self.emails.with(|emails| emails.first().cloned());
        let email = first.unwrap_or_else(|| "someone@example.com".to_owned());
        let whom = match (self.is_to_people(), self.is_once.get()) {
            (true, _) => Whom::Address(&email),
            (false, true) => Whom::First,
            (false, false) => Whom::Anyone,
        };
        let role = self.choice().map(|choice| choice.role.name);
        let role = role.unwrap_or_else(|| "viewer".to_owned());
        self.path
            .with_value(|path| command::create(path, whom, &role, &self.life.ttl()))
    }

    /// Sends it, or goes where something is missing, or asks whether owner rights are meant.
    pub(super) fn submit(self) {
        let Some(choice) = untrack(|| self.choice()) else {
            return;
        };
        let is_lacking = untrack(|| self.count() == 0 || !self.lack().is_empty());
        if is_lacking {
            if let Some(field) = find_id(PEOPLE) {
                field.focus();
            }
            return;
        }
        if self.life.check().is_none() || self.is_pending.get_untracked() {
            return;
        }
        if choice.is_owner() && *self.stage.read_untracked() == Stage::Form {
            self.error.set(None);
            return self.stage.set(Stage::Sure);
        }
        self.send(&choice);
    }

    fn send(self, choice: &Choice) {
        self.is_pending.set(true);
        self.error.set(None);
        let client = self.invites.client.get_value();
        let (at, role) = (self.invites.at.get_value(), choice.role.uid.clone());
        let ttl = untrack(|| self.life.ttl());
        let is_once = self.is_once.get_untracked();
        let emails = untrack(|| self.is_to_people()).then(|| self.emails.get_untracked());
        spawn_local(async move {
            let answer = match emails {
                Some(emails) => {
                    let invites = BatchInvitesWrite::new(&role, &ttl, emails);
                    client.batch_create_group_invites(&at, &invites).await
                }
                None => {
                    let invite = GroupInviteWrite::link(&role, &ttl, is_once);
                    let made = client.create_group_invite(&at, &invite).await;
                    made.map(one)
                }
            };
            // Whatever was made shows in the list, also when its links came too late to be seen.
            client.transport().forget(GROUP_INVITES);
            if self.is_pending.try_get_untracked().is_some() {
                self.is_pending.set(false);
                self.answered(answer);
            }
        });
    }

    fn answered(self, answer: Result<BatchInvites, Error>) {
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                let said = error.status().and_then(|status| status.field("ttl"));
                if let Some(words) = said {
                    self.life.refuse(Some(words.to_owned()));
                } else {
                    self.error.set(Some(error));
                }
                return self.stage.set(Stage::Form);
            }
        };
        let mut outcome = Outcome::default();
        for result in answer.results {
            self.invites.follow_mail(result.invite.as_slice());
            if let Some(made) = result.invite.as_ref().and_then(Made::of) {
                outcome.made.push(made);
            } else {
                let why = result.error.unwrap_or_default().message;
                outcome.failed.push((result.email, why));
            }
        }
        self.refused
            .set((self.role.chosen.get_untracked(), outcome.failed.clone()));
        self.emails.set(
            outcome
                .failed
                .iter()
                .map(|(email, _)| email.clone())
                .collect(),
        );
        let stage = if outcome.made.is_empty() {
            Stage::Form
        } else {
            Stage::Links
        };
        self.outcome.set_value(outcome);
        self.stage.set(stage);
    }
}

/// The answer about one as that about many.
fn one(invite: GroupInvite) -> BatchInvites {
    BatchInvites {
        results: vec![BatchInvited {
            invite: Some(invite),
            ..BatchInvited::default()
        }],
    }
}
