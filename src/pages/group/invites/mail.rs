//! What becomes of the mails of invites: asked for again, less and less often, while any is on its
//! way.

use std::time::Duration;

use bailiwick_api::group_invite::{GroupInvite, InviteState, MailState};
use bailiwick_domain::limits::PAGE_SIZE_MAX;

use crate::reactive::spawn_local;
use crate::ui::badge::badge;
use crate::ui::callout::Tone;
use crate::ui::dom::{View, dynamic, later};

use super::state::Invites;

const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How far the mails of invites are, by the ids of these.
pub(super) type Mails = Vec<(String, MailState)>;

/// Takes note of the mails of these invites.
fn note(known: &mut Mails, invites: &[GroupInvite]) {
    for invite in invites {
        let uid = invite.uid.as_str();
        known.retain(|(of, _)| of != uid);
        if let Some(mail) = &invite.mail {
            known.push((uid.to_owned(), mail.state));
        }
    }
}

/// How many are in this state.
fn count(known: &Mails, wanted: MailState) -> usize {
    known.iter().filter(|(_, state)| *state == wanted).count()
}

impl Invites {
    /// Takes note of the mails of these invites, and begins to ask for what is on its way.
    pub(super) fn follow_mail(self, invites: &[GroupInvite]) {
        self.mails.update(|known| note(known, invites));
        if self.waits() && !self.is_asking.get_value() {
            self.is_asking.set_value(true);
            self.ask_later(FIRST_PAUSE);
        }
    }

    /// Whether any is on its way.
    fn waits(self) -> bool {
        self.mails
            .with_untracked(|known| count(known, MailState::Queued) > 0)
    }

    fn ask_later(self, pause: Duration) {
        later(pause, move || {
            if self.mails.try_get_untracked().is_some() {
                spawn_local(self.ask_mail(pause));
            }
        });
    }

    async fn ask_mail(self, pause: Duration) {
        let mut query = self.question();
        query.states = InviteState::ALL.to_vec();
        query.search = None;
        query.page.size = PAGE_SIZE_MAX;
        let client = self.client.get_value();
        let mut left = self.mails.get_untracked();
        left.retain(|(_, state)| *state == MailState::Queued);
        // The newest come first, and theirs are the mails that are on their way.
        while let Ok(page) = client.list_group_invites(&query).await {
            if self.mails.try_get_untracked().is_none() {
                return;
            }
            let invites = &page.group_invites;
            left.retain(|(uid, _)| invites.iter().all(|invite| invite.uid.as_str() != uid));
            self.mails.update(|known| {
                note(known, invites);
                if page.next_page_token.is_empty() {
                    // An invite that is in no list any more has no mail to wait for.
                    known.retain(|one| !left.contains(one));
                }
            });
            if left.is_empty() || page.next_page_token.is_empty() {
                break;
            }
            query.page.token = Some(page.next_page_token);
        }
        if self.mails.try_get_untracked().is_none() {
            return;
        }
        if self.waits() {
            self.ask_later((pause * 3 / 2).min(LONGEST_PAUSE));
        } else {
            self.is_asking.set_value(false);
        }
    }

    /// How far the mail of an invite is, in few words; nothing when none is sent.
    pub(super) fn mail(self, uid: &str) -> View {
        let uid = uid.to_owned();
        dynamic(move || {
            self.mails.with(|known| {
                let (_, state) = known.iter().find(|(of, _)| *of == uid)?;
                Some(match state {
                    MailState::Queued => badge(Tone::Plain, "Mail on its way"),
                    MailState::Sent => badge(Tone::Accent, "Mail sent"),
                    MailState::Failed => badge(Tone::Danger, "Mail failed"),
                })
            })
        })
    }

    /// How many of these have their mail, in words. Tracked.
    pub(super) fn mailed(self, uids: &[String]) -> String {
        let mut these = self.mails.get();
        these.retain(|(of, _)| uids.contains(of));
        let [sent, failed] =
            [MailState::Sent, MailState::Failed].map(|state| count(&these, state).to_string());
        let all = these.len().to_string();
        let failed = match failed.as_str() {
            "0" => String::new(),
            some => [" ", some, " failed: hand over the link yourself."].concat(),
        };
        [&sent, " of ", &all, " mails sent.", &failed].concat()
    }
}
