//! The members that the address asks for: with what in their names, with which role, which of them,
//! in which order, on which page.

use bailiwick_api::identity::{Identity, IdentityPage};
use bailiwick_api::query::{IdentityQuery, Scope};
use bailiwick_api::{PageQuery, RolePage};
use bailiwick_domain::{Capability, Uidp};

use crate::api::{Query, query};
use crate::parts::access::refused_words;
use crate::parts::all_roles::all_roles;
use crate::parts::finder::settled;
use crate::parts::list_pages::skipped;
use crate::parts::person::label_of;
use crate::parts::removal::removal;
use crate::reactive::untrack;
use crate::router::{Router, use_router};
use crate::session::{Session, use_session};
use crate::state::{Callback, RwSignal, Signal, StoredValue, after};
use crate::ui::dom::{View, dynamic, tag};
use crate::ui::selection::Selection;
use crate::ui::table::Sort;

/// The names of the text, the role, the filter and the order in the address.
const FIND: &str = "find";
const ROLE: &str = "role";
pub(super) const SHOW: &str = "show";
const SORT: &str = "sort";

/// What the list can be narrowed to: the word in the address, and what it is called.
pub(super) const FILTERS: [(&str, &str); 3] = [
    ("", "Everyone"),
    (ENDING, "Ending soon"),
    (UNSEEN, "Not seen for 90 days"),
];
const ENDING: &str = "ending";
const UNSEEN: &str = "unseen";

/// What can be sorted by, as the API calls it.
pub(super) const BY_NAME: &str = "name";
pub(super) const BY_LAST_SEEN: &str = "last_seen_time";

/// The id of the element that says why removing is refused.
pub(super) const WHY_NOT: &str = "why-not-remove";

/// So many changes can be reviewed at once.
const MOST: usize = 25;

/// The list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Members {
    pub(super) org: StoredValue<Uidp>,
    name: StoredValue<String>,
    /// As typed.
    pub(super) text: RwSignal<String>,
    /// The UIDP of a role; empty for any.
    pub(super) role: RwSignal<String>,
    pub(super) roles: Query<RolePage>,
    pub(super) found: Query<IdentityPage>,
    pub(super) selection: Selection,
    /// Whom to remove, while one is asked.
    pub(super) removing: RwSignal<Option<Vec<Uidp>>>,
    pub(super) router: Router,
    pub(super) session: Session,
}

impl Members {
    pub(super) fn start(org: &Uidp, name: &str) -> Self {
        let router = use_router();
        let [text, role] = [FIND, ROLE].map(|name| RwSignal::new(untrack(|| router.query(name))));
        let settled = settled(text);
        for (name, value) in [(FIND, settled), (ROLE, role.into())] {
            let mut is_first = true;
            after(move || {
                let value = value.get();
                if !std::mem::take(&mut is_first) {
                    router.set_query(name, &value);
                }
            });
        }
        let at = org.clone();
        let found = query(
            move || Some(question(&at, router)),
            |client, key| Box::pin(async move { client.list_identities(&key).await }),
        );
        let keys = move || {
            let found = found.state.read();
            let all = found.ready().map(|page| page.identities.as_slice());
            let all = all.unwrap_or_default().iter();
            all.map(|one| one.uid.to_string()).collect()
        };
        let members = Self {
            org: StoredValue::new(org.clone()),
            name: StoredValue::new(name.to_owned()),
            text,
            role,
            roles: all_roles(org),
            found,
            selection: Selection::new(Signal::derive(keys)),
            removing: RwSignal::new(None),
            router,
            session: use_session(),
        };
        after(move || {
            found.state.track();
            members.selection.clear();
        });
        members
    }

    /// Something of the page that shows, once it is here. Tracked.
    pub(super) fn page<U>(self, part: impl FnOnce(&IdentityPage) -> U) -> Option<U> {
        self.found.state.read().ready().map(part)
    }

    /// The order of the rows. Tracked.
    pub(super) fn sort(self) -> Sort {
        sort(self.router)
    }

    /// Asks for another order.
    pub(super) fn sort_by(self, sort: &Sort) {
        let text = sort.to_text();
        let text = if text == BY_NAME { "" } else { &text };
        self.router.set_query(SORT, text);
    }

    /// Asks for everyone.
    pub(super) fn show_all(self) {
        self.text.set(String::new());
        self.role.set(String::new());
        self.router.set_query(SHOW, "");
    }

    /// Whether removing what is chosen is refused.
    pub(super) fn may_not_remove(self) -> Signal<bool> {
        Signal::derive(move || !self.may_remove() || self.selection.chosen().len() > MOST)
    }

    fn may_remove(self) -> bool {
        let delete = Capability::ROLE_BINDINGS_DELETE;
        self.org.with_value(|org| self.session.may(delete, org))
    }

    /// Says why, while it is.
    pub(super) fn why_not(self) -> View {
        dynamic(move || {
            let words = if !self.may_remove() {
                refused_words("Removing people", "role_bindings.delete")
            } else if self.selection.chosen().len() > MOST {
                "At most 25 people can be removed at once.".to_owned()
            } else {
                return None;
            };
            Some(tag("span", "ui-quiet").attr("id", WHY_NOT).child(words))
        })
    }

    /// Asks whether to remove who is chosen.
    pub(super) fn ask_removal(self) {
        let chosen = untrack(|| self.selection.chosen());
        let chosen = chosen.iter().filter_map(|uid| uid.parse().ok());
        self.removing.set(Some(chosen.collect()));
    }

    /// The review of their removal.
    pub(super) fn review(self, chosen: &[Uidp]) -> View {
        let people = untrack(|| {
            self.page(|page| {
                let all = page.identities.iter();
                let chosen = all.filter(|one| chosen.contains(&one.uid));
                chosen.map(|one| (one.uid.clone(), label_of(one))).collect()
            })
        });
        let closed = Callback::new(move |()| self.removing.set(None));
        let nothing = Callback::new(|()| {});
        self.org.with_value(|org| {
            removal(
                org,
                &self.name.get_value(),
                people.unwrap_or_default(),
                nothing,
                closed,
            )
        })
    }

    /// Who it is that looks. Tracked.
    pub(super) fn is_you(self, identity: &Identity) -> bool {
        let person = self.session.person();
        person.is_some_and(|person| person.who.subject == identity.uid)
    }
}

fn sort(router: Router) -> Sort {
    let order = router.query(SORT);
    Sort::parse(if order.is_empty() { BY_NAME } else { &order })
}

fn question(org: &Uidp, router: Router) -> IdentityQuery {
    let sort = sort(router);
    let way = if sort.descending { " desc" } else { "" };
    // Only what the table offers: an address may say anything.
    let by = if sort.by == BY_LAST_SEEN {
        BY_LAST_SEEN
    } else {
        BY_NAME
    };
    let text = router.query(FIND);
    let show = router.query(SHOW);
    let within = |word: &str, time: &str| (show == word).then(|| time.to_owned());
    IdentityQuery {
        scope: Scope::DescendantsOf(org.clone()),
        search: (!text.is_empty()).then_some(text),
        role: router.query(ROLE).parse().ok(),
        ending_within: within(ENDING, "7d"),
        unseen_for: within(UNSEEN, "90d"),
        page: PageQuery {
            order_by: Some([by, way].concat()),
            skip: skipped(router),
            ..PageQuery::default()
        },
    }
}
