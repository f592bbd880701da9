//! What the page shows, and how it comes from the server. Every answer is for one id; an answer
//! that nobody waits for any more changes nothing.

use bailiwick_api::query::{GroupQuery, Scope};
use bailiwick_api::{Error, Group, PageQuery};
use bailiwick_domain::{Capability, PAGE_SIZE_MAX, Uidp};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Client, use_client};
use crate::parts::access::Action;
use crate::parts::group_form::Target;
use crate::parts::place::{Place, use_place};
use crate::remote::Remote;
use crate::router::{Router, use_router};
use crate::routes::{self, Page};
use crate::session::{Session, use_session};
use crate::ui::crumbs::Crumb;

use super::tree::{State, Tree};

/// The trees of this visit, so that what was open is open when one comes back; in context.
#[derive(Debug, Clone, Copy)]
struct Memory(StoredValue<Vec<(Uidp, ArcRwSignal<Tree>)>>);

/// Provides an empty memory of trees.
pub(crate) fn provide_memory() {
    provide_context(Memory(StoredValue::new(Vec::new())));
}

impl Memory {
    fn tree(self, org: &Uidp) -> ArcRwSignal<Tree> {
        let known = self.0.with_value(|trees| {
            trees
                .iter()
                .find(|(of, _)| of == org)
                .map(|(_, tree)| tree.clone())
        });
        known.unwrap_or_else(|| {
            let tree = ArcRwSignal::new(Tree::new(org.clone()));
            self.0
                .update_value(|trees| trees.push((org.clone(), tree.clone())));
            tree
        })
    }
}

/// The signals of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    pub(super) org: StoredValue<Uidp>,
    pub(super) tree: RwSignal<Tree>,
    pub(super) detail: RwSignal<Remote<Group>>,
    /// Which of the two panes a narrow page shows.
    pub(super) shows_detail: RwSignal<bool>,
    /// The dialog that is open.
    pub(super) asked: RwSignal<Option<(Action, Target)>>,
    pub(super) client: StoredValue<Client>,
    pub(super) session: Session,
    pub(super) router: Router,
    pub(super) place: Place,
}

impl Shown {
    pub(super) fn start(org: &Uidp) -> Self {
        let router = use_router();
        let memory: Memory = expect_context();
        let at_top = untrack(|| router.page()) == Page::Group(org.clone());
        let shown = Self {
            org: StoredValue::new(org.clone()),
            tree: memory.tree(org).into(),
            detail: RwSignal::new(Remote::Loading),
            shows_detail: RwSignal::new(!at_top),
            asked: RwSignal::new(None),
            client: StoredValue::new(use_client()),
            session: use_session(),
            router,
            place: use_place(),
        };
        shown.load_tops();
        Effect::new(move |before: Option<()>| {
            if let Some(uid) = shown.chosen() {
                if before.is_some() {
                    shown.shows_detail.set(true);
                }
                shown.open(&uid);
            }
        });
        shown
    }

    /// The group in the address; none when one is leaving this organization. Tracked.
    fn chosen(self) -> Option<Uidp> {
        let Page::Group(uid) = self.router.page() else {
            return None;
        };
        self.org
            .try_with_value(|org| org.reaches(&uid))?
            .then_some(uid)
    }

    /// The group that the page shows. Tracked.
    pub(super) fn selected(self) -> Uidp {
        self.chosen().unwrap_or_else(|| self.org.get_value())
    }

    /// The client; none once the page is gone.
    fn client(self) -> Option<Client> {
        self.client.try_get_value()
    }

    /// Whether the page still shows `uid`, or a page at all.
    fn shows(self, uid: &Uidp) -> bool {
        untrack(|| self.chosen()).as_ref() == Some(uid)
    }

    fn with_tree<T>(self, change: impl FnOnce(&mut Tree) -> T) -> Option<T> {
        self.tree.try_update(change)
    }

    /// Loads what stands topmost: the organization, or what one may see of it.
    pub(super) fn load_tops(self) {
        let org = self.org.get_value();
        self.with_tree(|tree| tree.tops_state = State::Loading { after: None });
        let may_see = untrack(|| self.session.may(Capability::GROUPS_LIST, &org));
        if may_see && self.shows(&org) {
            // The detail brings it.
            if self
                .detail
                .with_untracked(|detail| *detail != Remote::Loading)
            {
                self.open(&org);
            }
            return;
        }
        let Some(client) = self.client() else { return };
        spawn_local(async move {
            if may_see {
                let answer = client.get_group(&org).await;
                self.org_arrived(&org, answer).await;
            } else {
                self.load_topmost(&org).await;
            }
        });
    }

    async fn org_arrived(self, org: &Uidp, answer: Result<Group, Error>) {
        match answer {
            Ok(group) => self.tops_arrived(&[group]),
            Err(error) if error.http() == Some(404) => self.load_topmost(org).await,
            Err(_) => self.tops_failed(),
        }
    }

    async fn load_topmost(self, org: &Uidp) {
        let mut found = Vec::new();
        let mut token = None;
        while let Some(client) = self.client() {
            let query = query(Scope::Topmost, token);
            let Ok(page) = client.list_groups(&query).await else {
                return self.tops_failed();
            };
            found.extend(
                page.groups
                    .into_iter()
                    .filter(|group| org.reaches(&group.uid)),
            );
            if page.next_page_token.is_empty() {
                return self.tops_arrived(&found);
            }
            token = Some(page.next_page_token);
        }
    }

    fn tops_failed(self) {
        self.with_tree(|tree| tree.tops_state = State::Failed { after: None });
    }

    fn tops_arrived(self, groups: &[Group]) {
        let detail = self.detail.try_get_untracked();
        self.with_tree(|tree| {
            tree.set_tops(groups);
            if let Some(group) = detail.as_ref().and_then(Remote::ready) {
                tree.reveal(group);
            }
        });
        self.load_wanted();
    }

    /// Shows a group: asks for it, and opens the way down to it.
    pub(super) fn open(self, uid: &Uidp) {
        self.detail.set(Remote::Loading);
        self.fetch(uid);
    }

    /// Asks again for the group that shows, which stays meanwhile.
    pub(super) fn refresh(self) {
        if let Some(uid) = untrack(|| self.chosen()) {
            self.fetch(&uid);
        }
    }

    fn fetch(self, uid: &Uidp) {
        let uid = uid.clone();
        let Some(client) = self.client() else { return };
        spawn_local(async move {
            let answer = client.get_group(&uid).await;
            let waits = self.with_tree(|tree| uid == tree.org && is_loading(&tree.tops_state));
            if waits == Some(true) {
                self.org_arrived(&uid, answer.clone()).await;
            }
            if !self.shows(&uid) {
                return;
            }
            match &answer {
                Ok(group) => self.arrived(group),
                Err(error) if error.http() == Some(404) => self.vanished(&uid),
                Err(_) => {}
            }
            let _ = self.detail.try_set(answer.into());
        });
    }

    fn arrived(self, group: &Group) {
        self.stand_at(group);
        self.with_tree(|tree| tree.reveal(group));
        self.load_wanted();
    }

    /// Someone deleted it, or took it from one's sight: its parent's rows are asked for again.
    fn vanished(self, uid: &Uidp) {
        self.with_tree(|tree| {
            tree.remove(uid);
            if let Some(parent) = uid.parent() {
                tree.forget_children(&parent);
            }
        });
        self.load_wanted();
    }

    fn stand_at(self, group: &Group) {
        let session = self.session;
        let step = |uid: &Uidp, name: &str| {
            let may_see = untrack(|| session.may(Capability::GROUPS_LIST, uid));
            Crumb {
                name: name.to_owned(),
                href: may_see.then(|| routes::group(uid)),
            }
        };
        let mut way: Vec<Crumb> = group
            .path
            .iter()
            .map(|above| step(&above.uid, &above.name))
            .collect();
        way.push(step(&group.uid, &group.name));
        let name = way
            .first()
            .map(|crumb| crumb.name.clone())
            .unwrap_or_default();
        self.place.inside(self.org.get_value(), name, way);
    }

    /// Asks for the children of everything that is open and not asked for.
    pub(super) fn load_wanted(self) {
        let wanted = self.with_tree(Tree::take_wanted).unwrap_or_default();
        for uid in wanted {
            self.load_children(uid, None);
        }
    }

    /// Asks for the next page below a group, or once more for what failed.
    pub(super) fn load_more(self, uid: &Uidp) {
        if let Some(Some(after)) = self.with_tree(|tree| tree.take_more(uid)) {
            self.load_children(uid.clone(), after);
        }
    }

    fn load_children(self, uid: Uidp, after: Option<String>) {
        let Some(client) = self.client() else { return };
        spawn_local(async move {
            let scope = Scope::ChildrenOf(uid.clone());
            let answer = client.list_groups(&query(scope, after.clone())).await;
            self.with_tree(|tree| match answer {
                Ok(page) => tree.page_arrived(&uid, after.as_deref(), &page),
                Err(_) => tree.page_failed(&uid, after.as_deref()),
            });
            self.load_wanted();
        });
    }
}

fn is_loading(state: &State) -> bool {
    matches!(state, State::Loading { .. })
}

fn query(scope: Scope, token: Option<String>) -> GroupQuery {
    GroupQuery {
        scope,
        name: None,
        search: None,
        page: PageQuery {
            size: PAGE_SIZE_MAX,
            token,
            order_by: Some("name".to_owned()),
            ..PageQuery::default()
        },
    }
}
