//! What is listed, and how the rest is asked for. What is searched and the order stand in the
//! address.

use bailiwick_api::query::{GroupQuery, Scope};
use bailiwick_api::{Error, Group, GroupPage};

use crate::api::{Client, Query, query, use_view_client};
use crate::parts::finder::{cannot_search, search, settled};
use crate::reactive::{spawn_local, untrack};
use crate::remote::Remote;
use crate::router::{Router, use_router};
use crate::state::{RwSignal, Signal, StoredValue, after};
use crate::ui::pagination::Shown;
use crate::ui::table::Sort;

/// The names of the text and the order in the address.
const FIND: &str = "find";
const SORT: &str = "sort";

/// What is listed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed {
    /// As typed.
    pub(super) text: RwSignal<String>,
    /// What is here so far.
    pub(super) groups: RwSignal<Remote<Vec<Group>>>,
    pub(super) is_loading_more: RwSignal<bool>,
    pub(super) more_error: RwSignal<Option<Error>>,
    settled: Signal<String>,
    /// The token of the next page; empty on the last one.
    next: RwSignal<String>,
    total: RwSignal<Option<usize>>,
    /// Whether the server was found not to know what a search is.
    searches_here: RwSignal<bool>,
    first: Query<GroupPage>,
    client: StoredValue<Client>,
    router: Router,
}

impl Listed {
    pub(super) fn start() -> Self {
        let router = use_router();
        let text = RwSignal::new(untrack(|| router.query(FIND)));
        let settled = settled(text);
        let searches_here = RwSignal::new(false);
        let key = move || Some(question(router, &asked(settled, searches_here)));
        let first = query(key, |client, key| {
            Box::pin(async move { client.list_groups(&key).await })
        });
        let listed = Self {
            text,
            groups: RwSignal::new(Remote::Loading),
            is_loading_more: RwSignal::new(false),
            more_error: RwSignal::new(None),
            settled,
            next: RwSignal::default(),
            total: RwSignal::new(None),
            searches_here,
            first,
            client: StoredValue::new(use_view_client()),
            router,
        };
        let mut is_first = true;
        after(move || {
            let text = settled.get();
            if !std::mem::take(&mut is_first) {
                router.set_query(FIND, &text);
            }
        });
        after(move || listed.arrived());
        listed
    }

    /// The first page arrived, or did not.
    fn arrived(self) {
        let state = match &*self.first.state.read() {
            Remote::Loading => Remote::Loading,
            Remote::Failed(error) if cannot_search(error) && !self.settled.get().is_empty() => {
                self.searches_here.set(true);
                return;
            }
            Remote::Failed(error) => Remote::Failed(error.clone()),
            Remote::Ready(page) => {
                self.next.set(page.next_page_token.clone());
                let total = page.total_count.as_ref();
                self.total.set(total.and_then(|total| total.parse().ok()));
                Remote::Ready(self.narrowed(&page.groups))
            }
        };
        self.groups.set(state);
    }

    /// Where the server does not search, what it listed is searched here.
    fn narrowed(self, groups: &[Group]) -> Vec<Group> {
        let text = self.settled.get();
        let is_here = self.searches_here.get();
        let fits = |group: &&Group| !is_here || group.name.contains(&text);
        groups.iter().filter(fits).cloned().collect()
    }

    /// Whether a search leaves some out. Tracked.
    pub(super) fn is_narrowed(self) -> bool {
        !self.settled.get().is_empty()
    }

    /// Asks once more for the first page.
    pub(super) fn reload(self) {
        self.first.retry().run(());
    }

    /// The order of the rows. Tracked.
    pub(super) fn sort(self) -> Sort {
        Sort::parse(&order(self.router))
    }

    /// Asks for another order.
    pub(super) fn sort_by(self, sort: &Sort) {
        let text = sort.to_text();
        let text = if text == BY_NAME { "" } else { &text };
        self.router.set_query(SORT, text);
    }

    /// How much is here.
    pub(super) fn shown(self) -> Signal<Shown> {
        Signal::derive(move || Shown {
            here: self.groups.read().ready().map(Vec::len).unwrap_or_default(),
            all: self.total.get(),
            has_more: !self.next.read().is_empty(),
        })
    }

    /// Asks for the next page.
    pub(super) fn load_more(self) {
        let token = self.next.get_untracked();
        if token.is_empty() || self.is_loading_more.get_untracked() {
            return;
        }
        self.is_loading_more.set(true);
        self.more_error.set(None);
        let text = untrack(|| asked(self.settled, self.searches_here));
        let mut query = untrack(|| question(self.router, &text));
        query.page.token = Some(token);
        let client = self.client.get_value();
        spawn_local(async move {
            let answer = client.list_groups(&query).await;
            if self.next.try_get_untracked().is_none() {
                // The page was left meanwhile.
                return;
            }
            self.is_loading_more.set(false);
            match answer {
                Ok(page) => {
                    let more = untrack(|| self.narrowed(&page.groups));
                    self.next.set(page.next_page_token);
                    let _ = self.groups.try_update(|known| {
                        if let Remote::Ready(groups) = known {
                            groups.extend(more);
                        }
                    });
                }
                Err(error) => self.more_error.set(Some(error)),
            }
        });
    }
}

const BY_NAME: &str = "name";

fn order(router: Router) -> String {
    let order = router.query(SORT);
    if order.is_empty() {
        BY_NAME.to_owned()
    } else {
        order
    }
}

fn asked(settled: Signal<String>, searches_here: RwSignal<bool>) -> String {
    if searches_here.get() {
        String::new()
    } else {
        settled.get()
    }
}

fn question(router: Router, text: &str) -> GroupQuery {
    let sort = Sort::parse(&order(router));
    let mut query = search(Scope::Topmost, text);
    let way = if sort.descending { " desc" } else { "" };
    // Only what the table offers: an address may say anything.
    let by = if sort.by == "updateTime" {
        "updateTime"
    } else {
        BY_NAME
    };
    query.page.order_by = Some([by, way].concat());
    query
}
