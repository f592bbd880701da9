//! The bindings that hold at a group, as the address says: those of the group itself and those from
//! above; and what is being done with them.

use bailiwick_api::query::RoleBindingQuery;
use bailiwick_api::{Error, PageQuery, RoleBinding, RoleBindingPage};
use bailiwick_domain::{Capability, Uidp};

use crate::api::{Client, Query, query, use_view_client};
use crate::parts::finder::settled;
use crate::parts::why::Question;
use crate::reactive::{spawn_local, untrack};
use crate::remote::Remote;
use crate::router::{Router, use_router};
use crate::session::Session;
use crate::state::{RwSignal, Signal, StoredValue, after};
use crate::ui::dom::{El, active, find};
use crate::ui::pagination::Shown as Count;
use crate::ui::selection::Selection;

use crate::pages::group::state::Shown;

/// The names in the address: which part shows, in which order, what is searched.
pub(super) const SHOW: &str = "show";
pub(super) const BY: &str = "by";
const FIND: &str = "find";

/// The words of the address.
pub(super) const HERE: &str = "here";
pub(super) const INHERITED: &str = "inherited";
pub(super) const ENDING: &str = "ending";
pub(super) const BY_ROLE: &str = "role";

/// What ends within this time ends soon.
const SOON: &str = "7d";
pub(super) const SOON_DAYS: f64 = 7.0;

/// So many can be changed at once.
pub(super) const MOST: usize = 25;

/// What is being asked about bindings.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Asked {
    /// Which role to whom, or which other role and end for these.
    Form(Vec<RoleBinding>),
    /// Whether to take them away.
    Remove(Vec<RoleBinding>),
    /// Why.
    Why(Question),
}

/// The list.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    pub(super) at: StoredValue<Uidp>,
    /// As typed.
    pub(super) text: RwSignal<String>,
    pub(super) here: Section,
    pub(super) above: Section,
    pub(super) selection: Selection,
    pub(super) asked: RwSignal<Option<Asked>>,
    /// The binding whose menu is open.
    pub(super) current: RwSignal<Option<RoleBinding>>,
    /// What had the focus before the dialogs.
    opener: StoredValue<Option<El>>,
    pub(super) shown: Shown,
    pub(super) session: Session,
    pub(super) router: Router,
    settled: Signal<String>,
}

/// One part of the list, a page at a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Section {
    pub(super) is_inherited: bool,
    /// What is asked for; `None` while this part does not show.
    wanted: Signal<Option<RoleBindingQuery>>,
    pub(super) first: Query<RoleBindingPage>,
    pub(super) rows: RwSignal<Remote<Vec<RoleBinding>>>,
    pub(super) is_loading_more: RwSignal<bool>,
    pub(super) more_error: RwSignal<Option<Error>>,
    client: StoredValue<Client>,
    /// The token of the next page; empty on the last one.
    next: RwSignal<String>,
    total: RwSignal<Option<usize>>,
}

impl List {
    pub(super) fn start(shown: Shown, at: &Uidp) -> Self {
        let router = use_router();
        let text = RwSignal::new(untrack(|| router.query(FIND)));
        let settled = settled(text);
        let [here, above] = [false, true].map(|is_inherited| {
            let at = at.clone();
            let wanted = move || question(&at, router, &settled.get(), is_inherited);
            Section::start(is_inherited, Signal::derive(wanted))
        });
        let keys = move || {
            let all = [here, above].into_iter().flat_map(Section::shown_rows);
            all.map(|binding| binding.uid.to_string()).collect()
        };
        let list = Self {
            at: StoredValue::new(at.clone()),
            text,
            here,
            above,
            selection: Selection::new(Signal::derive(keys)),
            asked: RwSignal::new(None),
            current: RwSignal::new(None),
            opener: StoredValue::new(None),
            shown,
            session: shown.session,
            router,
            settled,
        };
        let mut is_first = true;
        after(move || {
            let text = settled.get();
            if !std::mem::take(&mut is_first) {
                router.set_query(FIND, &text);
            }
        });
        after(move || {
            here.arrived();
            above.arrived();
            list.selection.clear();
        });
        list
    }

    /// The parts that show. Tracked.
    pub(super) fn sections(self) -> Vec<Section> {
        let both = [self.here, self.above].into_iter();
        both.filter(|section| section.wanted.get().is_some())
            .collect()
    }

    /// Opens a dialog.
    pub(super) fn ask(self, asked: Asked) {
        if self.asked.read_untracked().is_none() {
            self.opener.set_value(active());
        }
        self.asked.set(Some(asked));
    }

    /// The dialog is closed; the row that opened it may have gone meanwhile.
    pub(super) fn closed(self) {
        self.asked.set(None);
        let opener = self.opener.try_get_value().flatten();
        let opener = opener.filter(|opener| opener.html().is_connected());
        if let Some(back) = opener.or_else(|| find(".p-tools .ui-button")) {
            back.focus();
        }
    }

    /// Whether a search or a filter leaves some out. Tracked.
    pub(super) fn is_narrowed(self) -> bool {
        !self.settled.get().is_empty() || self.router.query(SHOW) == ENDING
    }

    /// The rows that are chosen.
    pub(super) fn chosen(self) -> Vec<RoleBinding> {
        let keys = untrack(|| self.selection.chosen());
        let all = [self.here, self.above].into_iter();
        let all = untrack(|| all.flat_map(Section::shown_rows).collect::<Vec<_>>());
        all.into_iter()
            .filter(|binding| keys.iter().any(|key| key == binding.uid.as_str()))
            .collect()
    }

    /// Whether this person may change bindings at `at`, whatever role they have. Tracked.
    pub(super) fn may_change(self, at: &Uidp) -> bool {
        [
            Capability::ROLE_BINDINGS_CREATE,
            Capability::ROLE_BINDINGS_UPDATE,
            Capability::ROLE_BINDINGS_DELETE,
        ]
        .into_iter()
        .all(|capability| self.session.may(capability, at))
    }
}

impl Section {
    fn start(is_inherited: bool, wanted: Signal<Option<RoleBindingQuery>>) -> Self {
        let ask = |client: Client, key| {
            let asked: crate::api::Asked<RoleBindingPage> =
                Box::pin(async move { client.list_role_bindings(&key).await });
            asked
        };
        Self {
            is_inherited,
            wanted,
            first: query(move || wanted.get(), ask),
            rows: RwSignal::new(Remote::Loading),
            is_loading_more: RwSignal::new(false),
            more_error: RwSignal::new(None),
            client: StoredValue::new(use_view_client()),
            next: RwSignal::default(),
            total: RwSignal::new(None),
        }
    }

    /// The first page arrived, or did not.
    fn arrived(self) {
        let state = match &*self.first.state.read() {
            Remote::Loading => Remote::Loading,
            Remote::Failed(error) => Remote::Failed(error.clone()),
            Remote::Ready(page) => {
                self.next.set(page.next_page_token.clone());
                let total = page.total_count.as_ref();
                self.total.set(total.and_then(|total| total.parse().ok()));
                Remote::Ready(page.role_bindings.clone())
            }
        };
        self.rows.set(state);
    }

    /// What is here of it, while it shows. Tracked.
    pub(super) fn shown_rows(self) -> Vec<RoleBinding> {
        let rows = self.rows.read();
        let rows = rows.ready().filter(|_| self.wanted.get().is_some());
        rows.cloned().unwrap_or_default()
    }

    /// How much is here. Tracked.
    pub(super) fn count(self) -> Count {
        Count {
            here: self.rows.read().ready().map(Vec::len).unwrap_or_default(),
            all: self.total.get(),
            has_more: !self.next.read().is_empty(),
        }
    }

    /// Asks for the next page.
    pub(super) fn load_more(self) {
        let token = self.next.get_untracked();
        let Some(mut query) = self.wanted.get_untracked() else {
            return;
        };
        if token.is_empty() || self.is_loading_more.get_untracked() {
            return;
        }
        self.is_loading_more.set(true);
        self.more_error.set(None);
        query.page.token = Some(token);
        let client = self.client.get_value();
        spawn_local(async move {
            let answer = client.list_role_bindings(&query).await;
            if self.next.try_get_untracked().is_none() {
                // The page was left meanwhile.
                return;
            }
            self.is_loading_more.set(false);
            match answer {
                Ok(page) => {
                    self.next.set(page.next_page_token);
                    self.rows.update(|known| {
                        if let Remote::Ready(rows) = known {
                            rows.extend(page.role_bindings);
                        }
                    });
                }
                Err(error) => self.more_error.set(Some(error)),
            }
        });
    }
}

/// What one part asks for; `None` when it does not show.
fn question(at: &Uidp, router: Router, text: &str, is_inherited: bool) -> Option<RoleBindingQuery> {
    let show = router.query(SHOW);
    let hides = if is_inherited {
        show == HERE || at.is_root()
    } else {
        show == INHERITED
    };
    let order = if router.query(BY) == BY_ROLE {
        "role"
    } else {
        "identity"
    };
    (!hides).then(|| RoleBindingQuery {
        group: (!is_inherited).then(|| at.clone()),
        reaching: is_inherited.then(|| at.clone()),
        inherited: is_inherited,
        search: (!text.is_empty()).then(|| text.to_owned()),
        ending_within: (show == ENDING).then(|| SOON.to_owned()),
        page: PageQuery {
            order_by: Some(order.to_owned()),
            ..PageQuery::default()
        },
        ..RoleBindingQuery::default()
    })
}
