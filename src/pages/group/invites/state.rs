//! The invites of a group and of all below it, as the address says: which states, with what in the
//! address; and what is being done with them.

use crate::reactive::{spawn_local, untrack};
use bailiwick_api::group_invite::{GroupInvite, GroupInvitePage, InviteState};
use bailiwick_api::query::{GroupInviteQuery, Scope};
use bailiwick_api::routes::GROUP_INVITES;
use bailiwick_api::{Error, PageQuery};
use bailiwick_domain::Uidp;

use crate::api::{Client, Query, query, use_view_client};
use crate::parts::finder::settled;
use crate::remote::Remote;
use crate::router::{Router, use_router};
use crate::session::{Session, use_session};
use crate::state::{RwSignal, Signal, StoredValue, after};
use crate::ui::dom::{El, active, find};
use crate::ui::pagination::Shown as Count;
use crate::ui::selection::Selection;

use super::mail::Mails;

/// The names of the states and of the text in the address.
const STATE: &str = "state";
const FIND: &str = "find";
/// The name of an address in the address bar that is to be invited.
pub(in crate::pages::group) const INVITE: &str = "invite";

/// What the list can be narrowed to: the word in the address, what it is called, the states.
pub(super) const FILTERS: [(&str, &str, &[InviteState]); 4] = [
    ("", "Open", &[InviteState::Pending, InviteState::Expired]),
    ("accepted", "Accepted", &[InviteState::Accepted]),
    (
        "closed",
        "Closed",
        &[InviteState::Revoked, InviteState::Declined],
    ),
    ("all", "All", &InviteState::ALL),
];

/// What is being asked about invites.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Asked {
    /// Whom to invite.
    Invite,
    /// All that is known of one.
    About(Box<GroupInvite>),
    /// Whether to give them new links.
    Reissue(Vec<GroupInvite>),
    /// How much longer they shall work.
    Extend(Vec<GroupInvite>),
    /// Whether to take them back.
    Revoke(Vec<GroupInvite>),
}

/// The list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Invites {
    pub(super) at: StoredValue<Uidp>,
    /// As typed.
    pub(super) text: RwSignal<String>,
    /// What is here so far.
    pub(super) rows: RwSignal<Remote<Vec<GroupInvite>>>,
    pub(super) is_loading_more: RwSignal<bool>,
    pub(super) more_error: RwSignal<Option<Error>>,
    pub(super) selection: Selection,
    pub(super) asked: RwSignal<Option<Asked>>,
    /// What had the focus before the dialogs.
    opener: StoredValue<Option<El>>,
    pub(super) session: Session,
    pub(super) first: Query<GroupInvitePage>,
    pub(super) client: StoredValue<Client>,
    pub(super) router: Router,
    settled: Signal<String>,
    /// The token of the next page; empty on the last one.
    next: RwSignal<String>,
    total: RwSignal<Option<usize>>,
    pub(super) mails: RwSignal<Mails>,
    /// Whether what is on its way is asked for.
    pub(super) is_asking: StoredValue<bool>,
}

impl Invites {
    pub(super) fn start(at: &Uidp) -> Self {
        let router = use_router();
        let text = RwSignal::new(untrack(|| router.query(FIND)));
        let settled = settled(text);
        let group = at.clone();
        let key = move || Some(question(&group, router, &settled.get()));
        let first = query(key, |client, key| {
            Box::pin(async move { client.list_group_invites(&key).await })
        });
        let rows = RwSignal::new(Remote::<Vec<GroupInvite>>::Loading);
        let keys = move || {
            let rows = rows.read();
            let rows = rows.ready().map(Vec::as_slice).unwrap_or_default();
            let open = rows.iter().filter(|invite| is_open(invite));
            open.map(|invite| invite.uid.to_string()).collect()
        };
        let invites = Self {
            at: StoredValue::new(at.clone()),
            text,
            rows,
            is_loading_more: RwSignal::new(false),
            more_error: RwSignal::new(None),
            selection: Selection::new(Signal::derive(keys)),
            asked: RwSignal::new(None),
            opener: StoredValue::new(None),
            session: use_session(),
            first,
            client: StoredValue::new(use_view_client()),
            router,
            settled,
            next: RwSignal::default(),
            total: RwSignal::new(None),
            mails: RwSignal::default(),
            is_asking: StoredValue::new(false),
        };
        if !untrack(|| router.query(INVITE)).is_empty() {
            invites.asked.set(Some(Asked::Invite));
        }
        let mut is_first = true;
        after(move || {
            let text = settled.get();
            if !std::mem::take(&mut is_first) {
                router.set_query(FIND, &text);
            }
        });
        after(move || invites.arrived());
        invites
    }

    /// Opens a dialog, perhaps in place of another one.
    pub(super) fn ask(self, asked: Asked) {
        if self.asked.read_untracked().is_none() {
            self.opener.set_value(active());
        }
        self.asked.set(Some(asked));
    }

    /// The dialog is closed. A browser gives the focus back to what had it before the last dialog
    /// alone; and a row may have gone meanwhile.
    pub(super) fn closed(self) {
        self.asked.set(None);
        let opener = self.opener.try_get_value().flatten();
        let opener = opener.filter(|opener| opener.html().is_connected());
        if let Some(back) = opener.or_else(|| find(".p-tools .ui-button")) {
            back.focus();
        }
    }

    /// The first page arrived, or did not.
    fn arrived(self) {
        let state = match &*self.first.state.read() {
            Remote::Loading => Remote::Loading,
            Remote::Failed(error) => Remote::Failed(error.clone()),
            Remote::Ready(page) => {
                self.next.set(page.next_page_token.clone());
                untrack(|| self.follow_mail(&page.group_invites));
                let total = page.total_count.as_ref();
                self.total.set(total.and_then(|total| total.parse().ok()));
                Remote::Ready(page.group_invites.clone())
            }
        };
        self.selection.clear();
        self.rows.set(state);
    }

    /// What was answered about invites is old now, and what one pressed goes with its row.
    pub(super) fn forget(self) {
        let _ = self.opener.try_update_value(|opener| *opener = None);
        let _ = self
            .client
            .try_with_value(|client| client.transport().forget(GROUP_INVITES));
    }

    /// The word of the filter in the address. Tracked.
    pub(super) fn filter(self) -> String {
        self.router.query(STATE)
    }

    /// The query of the address with another filter. Tracked.
    pub(super) fn query(self, word: &str) -> String {
        let text = String::from(js_sys::encode_uri_component(&self.settled.get()));
        let pair =
            |name: &str, value: &str| (!value.is_empty()).then(|| [name, "=", value].concat());
        let pairs: Vec<_> = [pair(STATE, word), pair(FIND, &text)]
            .into_iter()
            .flatten()
            .collect();
        if pairs.is_empty() {
            String::new()
        } else {
            ["?", &pairs.join("&")].concat()
        }
    }

    /// Whether a search leaves some out. Tracked.
    pub(super) fn is_narrowed(self) -> bool {
        !self.settled.get().is_empty()
    }

    /// The rows that are chosen.
    pub(super) fn chosen(self) -> Vec<GroupInvite> {
        let keys = untrack(|| self.selection.chosen());
        let rows = self.rows.read_untracked();
        let rows = rows.ready().map(Vec::as_slice).unwrap_or_default();
        rows.iter()
            .filter(|invite| keys.iter().any(|key| key == invite.uid.as_str()))
            .cloned()
            .collect()
    }

    /// How much is here.
    pub(super) fn shown(self) -> Signal<Count> {
        Signal::derive(move || Count {
            here: self.rows.read().ready().map(Vec::len).unwrap_or_default(),
            all: self.total.get(),
            has_more: !self.next.read().is_empty(),
        })
    }

    /// What is asked for.
    pub(super) fn question(self) -> GroupInviteQuery {
        let at = self.at.get_value();
        untrack(|| question(&at, self.router, &self.settled.get()))
    }

    /// Asks for the next page.
    pub(super) fn load_more(self) {
        let token = self.next.get_untracked();
        if token.is_empty() || self.is_loading_more.get_untracked() {
            return;
        }
        self.is_loading_more.set(true);
        self.more_error.set(None);
        let mut query = self.question();
        query.page.token = Some(token);
        let client = self.client.get_value();
        spawn_local(async move {
            let answer = client.list_group_invites(&query).await;
            if self.next.try_get_untracked().is_none() {
                // The page was left meanwhile.
                return;
            }
            self.is_loading_more.set(false);
            match answer {
                Ok(page) => {
                    self.next.set(page.next_page_token);
                    self.follow_mail(&page.group_invites);
                    self.rows.update(|known| {
                        if let Remote::Ready(rows) = known {
                            rows.extend(page.group_invites);
                        }
                    });
                }
                Err(error) => self.more_error.set(Some(error)),
            }
        });
    }
}

/// Whether anything can still be done with it.
pub(super) fn is_open(invite: &GroupInvite) -> bool {
    matches!(invite.state, InviteState::Pending | InviteState::Expired)
}

/// Whom it is for, in words.
pub(super) fn whom(invite: &GroupInvite) -> &str {
    match &invite.email {
        Some(email) => email,
        None if invite.single_use => "The first with the link",
        None => "Anyone with the link",
    }
}

fn question(at: &Uidp, router: Router, text: &str) -> GroupInviteQuery {
    let word = router.query(STATE);
    let filter = FILTERS.iter().find(|(name, ..)| *name == word);
    GroupInviteQuery {
        scope: Scope::DescendantsOf(at.clone()),
        search: (!text.is_empty()).then(|| text.to_owned()),
        states: filter
            .map(|(.., states)| states.to_vec())
            .unwrap_or_default(),
        page: PageQuery::default(),
        ..GroupInviteQuery::default()
    }
}
