//! Changes that wait for a yes: what the server says they would do, and how they are saved.

use bailiwick_api::{Change, Changes, Error, Preview};

use crate::api::{Client, use_client};
use crate::reactive::spawn_local;
use crate::remote::Remote;
use crate::session::{Session, use_session};
use crate::state::{Callback, RwSignal, StoredValue};
use crate::ui::dialog::Dialog;
use crate::ui::toast::{Toast, use_toast};

use super::command::line;

/// All answers that a change of access makes old begin so.
const IAM: &str = "/iam/v2/";

/// What is asked for.
#[derive(Debug)]
pub(crate) struct Asked {
    /// The question: `Change access to payments?`
    pub(crate) title: String,
    /// 1 to 25 changes, each with its words: `a@b.example: editor to viewer`.
    pub(crate) changes: Vec<(String, Change)>,
    /// How ids are called in command lines: people, roles, and groups by their path.
    pub(crate) called: Vec<(String, String)>,
    /// Runs once they are saved, before the dialog closes.
    pub(crate) saved: Callback<()>,
}

/// What waits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Review {
    pub(super) dialog: Dialog,
    /// Words and command line of each change.
    pub(super) words: RwSignal<Vec<(String, String)>>,
    body: StoredValue<Changes>,
    pub(super) preview: RwSignal<Remote<Preview>>,
    pub(super) is_saving: RwSignal<bool>,
    /// Whether somebody changed something after the first preview.
    pub(super) is_anew: RwSignal<bool>,
    pub(super) error: RwSignal<Option<Error>>,
    saved: Callback<()>,
    client: StoredValue<Client>,
    session: Session,
    toast: Toast,
}

impl Review {
    pub(super) fn start(asked: Asked) -> Self {
        let called = asked.called;
        let (words, changes) = asked
            .changes
            .into_iter()
            .map(|(words, change)| ((words, line(&change, &called)), change))
            .unzip();
        let review = Self {
            dialog: Dialog::new().wide(),
            words: RwSignal::new(words),
            body: StoredValue::new(Changes {
                changes,
                revision: None,
            }),
            preview: RwSignal::new(Remote::Loading),
            is_saving: RwSignal::new(false),
            is_anew: RwSignal::new(false),
            error: RwSignal::new(None),
            saved: asked.saved,
            client: StoredValue::new(use_client()),
            session: use_session(),
            toast: use_toast(),
        };
        review.look();
        review
    }

    /// Whether all of it can be saved as it stands. Tracked.
    pub(super) fn is_allowed(self) -> bool {
        let preview = self.preview.read();
        let preview = preview.ready();
        preview.is_some_and(|preview| preview.refusals.is_empty())
    }

    /// Asks what the changes would do.
    pub(super) fn look(self) {
        self.preview.set(Remote::Loading);
        self.send(None);
    }

    /// Goes on without what is refused.
    pub(super) fn leave_out(self) {
        let preview = self.preview.read_untracked();
        let Some(preview) = preview.ready() else {
            return;
        };
        let keeps = |at: usize| {
            let mut refusals = preview.refusals.iter();
            !refusals.any(|refusal| refusal.index as usize == at)
        };
        self.words.update(|words| retain(words, keeps));
        self.body
            .update_value(|body| retain(&mut body.changes, keeps));
        self.look();
    }

    /// Saves what was seen.
    pub(super) fn save(self) {
        if self.is_saving.get_untracked() {
            return;
        }
        let preview = self.preview.read_untracked();
        if let Some(preview) = preview.ready() {
            self.is_saving.set(true);
            self.error.set(None);
            self.send(Some(preview.revision.clone()));
        }
    }

    /// Sends the changes: with a revision to be made, else to be judged.
    fn send(self, revision: Option<String>) {
        let client = self.client.get_value();
        let saves = revision.is_some();
        self.body.update_value(|body| body.revision = revision);
        spawn_local(async move {
            let sent = self.body.with_value(|body| {
                if saves {
                    client.apply_access(body)
                } else {
                    client.preview_access(body)
                }
            });
            let answer = sent.await;
            let is_saved = saves && answer.is_ok();
            if is_saved {
                client.transport().forget(IAM);
            }
            if self.is_saving.try_get_untracked().is_some() {
                self.answered(saves, answer);
            }
            if is_saved {
                self.session.refresh(&client).await;
            }
        });
    }

    fn answered(self, saves: bool, answer: Result<Preview, Error>) {
        if !saves {
            return self.preview.set(answer.into());
        }
        self.is_saving.set(false);
        match answer {
            Ok(_) => {
                let count = self.words.read_untracked().len();
                self.toast.say(&[&changes(count), " saved."]);
                self.saved.run(());
                self.dialog.close();
            }
            Err(error) if is_outdated(&error) => {
                self.is_anew.set(true);
                self.look();
            }
            Err(error) => self.error.set(Some(error)),
        }
    }
}

/// `1 change`, `3 changes`.
pub(super) fn changes(count: usize) -> String {
    let noun = if count == 1 { " change" } else { " changes" };
    [&count.to_string(), noun].concat()
}

fn is_outdated(error: &Error) -> bool {
    let status = error.status().filter(|_| error.http() == Some(409));
    status.and_then(|status| status.reason()) == Some("REVISION_CHANGED")
}

fn retain<T>(all: &mut Vec<T>, keeps: impl Fn(usize) -> bool) {
    let mut at = 0;
    all.retain(|_| {
        at += 1;
        keeps(at - 1)
    });
}
