//! What becomes of the mails of invites: asked for again, less and less often, while any is on its
//! way.

use std::collections::BTreeMap;
use std::time::Duration;

use bailiwick_api::PageQuery;
use bailiwick_api::group_invite::{GroupInvite, InviteState, MailState};
use bailiwick_api::query::{GroupInviteQuery, Scope};
use bailiwick_domain::limits::PAGE_SIZE_MAX;

use crate::reactive::spawn_local;
use crate::ui::badge::badge;
use crate::ui::callout::Tone;
use crate::ui::dom::{View, dynamic, later};

use super::state::Invites;

const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How far the mails are, by the ids of their invites.
pub(super) type Mails = BTreeMap<String, MailState>;

/// How far the mails of these are.
fn news(invites: &[GroupInvite]) -> impl Iterator<Item = (String, MailState)> {
    let news = |invite: &GroupInvite| Some((invite.uid.to_string(), invite.mail.as_ref()?.state));
    invites.iter().filter_map(news)
}

/// Whether any is on its way that `news` do not tell of.
fn waits(known: &Mails, news: &Mails) -> bool {
    known
        .iter()
        .any(|(uid, state)| *state == MailState::Queued && !news.contains_key(uid))
}

impl Invites {
    /// Takes note of the mails of these invites, and begins to ask for what is on its way.
    pub(super) fn follow_mail(self, invites: &[GroupInvite]) {
        self.mails.update(|known| known.extend(news(invites)));
        let waits = self
            .mails
            .with_untracked(|known| waits(known, &Mails::new()));
        if waits && !self.is_asking.get_value() {
            self.is_asking.set_value(true);
            self.ask_later(FIRST_PAUSE);
        }
    }

    fn ask_later(self, pause: Duration) {
        later(pause, move || {
            if self.mails.try_get_untracked().is_some() {
                spawn_local(self.ask_mail(pause));
            }
        });
    }

    async fn ask_mail(self, pause: Duration) {
        let client = self.client.get_value();
        let mut query = GroupInviteQuery {
            scope: Scope::DescendantsOf(self.at.get_value()),
            states: InviteState::ALL.to_vec(),
            page: PageQuery {
                size: PAGE_SIZE_MAX,
                ..PageQuery::default()
            },
            ..GroupInviteQuery::default()
        };
        let mut told = Mails::new();
        // The newest come first, and theirs are the mails that are on their way.
        while let Ok(page) = client.list_group_invites(&query).await {
            told.extend(news(&page.group_invites));
            let Some(known) = self.mails.try_get_untracked() else {
                return;
            };
            let is_last = page.next_page_token.is_empty();
            if is_last {
                // An invite that is in no list any more has no mail to wait for.
                let is_there = |uid: &String, state: &mut MailState| {
                    *state != MailState::Queued || told.contains_key(uid)
                };
                self.mails.update(|known| known.retain(is_there));
            }
            if is_last || !waits(&known, &told) {
                break;
            }
            query.page.token = Some(page.next_page_token);
        }
        if self.mails.try_update(|known| known.extend(told)).is_none() {
            return;
        }
        if self
            .mails
            .with_untracked(|known| waits(known, &Mails::new()))
        {
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
                known.get(&uid).map(|state| match state {
                    MailState::Queued => badge(Tone::Plain, "Mail on its way"),
                    MailState::Sent => badge(Tone::Accent, "Mail sent"),
                    MailState::Failed => badge(Tone::Danger, "Mail failed"),
                })
            })
        })
    }

    /// How many of these have their mail, in words. Tracked.
    pub(super) fn mailed(self, uids: &[String]) -> String {
        self.mails.with(|known| {
            let count = |wanted| {
                let is = |uid: &&String| known.get(*uid) == Some(&wanted);
                uids.iter().filter(is).count()
            };
            let failed = match count(MailState::Failed) {
                0 => String::new(),
                some => [
                    " ",
                    &some.to_string(),
                    " failed: hand over the link yourself.",
                ]
                .concat(),
            };
            let sent = count(MailState::Sent).to_string();
            [
                &sent,
                " of ",
                &uids.len().to_string(),
                " mails sent.",
                &failed,
            ]
            .concat()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_its_way_is_waited_for_until_news_come() {
        let mails = |state| Mails::from([("a".to_owned(), state)]);
        assert!(waits(&mails(MailState::Queued), &Mails::new()));
        assert!(!waits(&mails(MailState::Queued), &mails(MailState::Queued)));
        assert!(!waits(&mails(MailState::Sent), &Mails::new()));
        assert!(!waits(&mails(MailState::Failed), &Mails::new()));
    }
}
