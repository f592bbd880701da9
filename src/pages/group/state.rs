//! What the page shows, and how it comes from the server. Every answer is for one id; an answer
//! that nobody waits for any more changes nothing.

use bailiwick_api::query::{GroupQuery, Scope};
use bailiwick_api::{Error, Group, PageQuery};
use bailiwick_domain::{Capability, PAGE_SIZE_MAX, Uidp};

use crate::api::{Client, kept, use_client, use_view_client};
use crate::browser;
use crate::parts::access::Action;
use crate::parts::group_form::Target;
use crate::parts::place::{Place, use_place};
use crate::reactive::{spawn_local, untrack};
use crate::remote::Remote;
use crate::router::{Router, use_router};
use crate::routes::{Page, Tab};
use crate::session::kept::Seen;
use crate::session::{self, Session, use_session};
use crate::state::{RwSignal, Signal, StoredValue, after, shared};
use crate::ui::toast::{Toast, use_toast};

use super::memory::Memory;
use super::tree::{State, Tree};

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
    /// The group whose name is being written into its row.
    pub(super) edited: RwSignal<Option<Uidp>>,
    /// Its requests end with the page.
    pub(super) client: StoredValue<Client>,
    pub(super) session: Session,
    pub(super) router: Router,
    pub(super) place: Place,
    pub(super) toast: Toast,
}

impl Shown {
    pub(super) fn start(org: &Uidp) -> Self {
        let router = use_router();
        let memory: Memory = shared();
        let at_top = untrack(|| router.page()) == Page::Group(org.clone(), Tab::Overview);
        let shown = Self {
            org: StoredValue::new(org.clone()),
            tree: memory.tree(org),
            detail: RwSignal::new(Remote::Loading),
            shows_detail: RwSignal::new(!at_top),
            asked: RwSignal::new(None),
            edited: RwSignal::new(None),
            client: StoredValue::new(use_view_client()),
            session: use_session(),
            router,
            place: use_place(),
            toast: use_toast(),
        };
        shown.load_tops();
        let mut last = None::<Uidp>;
        after(move || {
            let chosen = shown.chosen();
            // Another tab of the same group is nothing new.
            if let Some(uid) = chosen.as_ref().filter(|uid| last.as_ref() != Some(uid)) {
                if last.is_some() {
                    shown.shows_detail.set(true);
                }
                shown.open(uid);
            }
            last = chosen;
        });
        let transport = use_client().transport().clone();
        let mut session = None;
        after(move || {
            let now = transport.spoken_for();
            if session
                .replace(now.clone())
                .is_some_and(|before| before != now)
            {
                untrack(|| shown.ask_again());
            }
        });
        shown
    }

    /// Asks once more for what did not arrive before one signed in again in another tab.
    fn ask_again(self) {
        let is_missing = |tree: &Tree| matches!(tree.tops_state, State::Failed { .. });
        if self.tree.with_untracked(is_missing) {
            self.load_tops();
        }
        if matches!(*self.detail.read_untracked(), Remote::Failed(_)) {
            self.open(&self.selected());
        }
    }

    /// The group in the address; none when one is leaving this organization. Tracked.
    fn chosen(self) -> Option<Uidp> {
        let Page::Group(uid, _) = self.router.page() else {
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

    /// The group that the page shows.
    pub(super) fn at(self) -> Signal<Uidp> {
        Signal::derive(move || self.selected())
    }

    /// Its name, once it arrived. Tracked.
    pub(super) fn name(self) -> String {
        self.detail.with(|detail| {
            let group = detail.ready();
            group.map(|group| group.name.clone()).unwrap_or_default()
        })
    }

    /// The names from the organization down to it, as the command line takes them. Tracked.
    pub(super) fn path(self) -> String {
        self.detail.with(|detail| {
            let way = |group: &Group| {
                let above = group.path.iter().map(|step| step.name.as_str());
                let way: Vec<&str> = above.chain([group.name.as_str()]).collect();
                way.join("/")
            };
            detail.ready().map(way).unwrap_or_default()
        })
    }

    /// The name of a group of the tree.
    pub(super) fn name_of(self, uid: &Uidp) -> Option<String> {
        self.tree
            .with_untracked(|tree| tree.nodes.get(uid).map(|node| node.name.clone()))
    }

    /// Opens a dialog about the group that shows.
    pub(super) fn ask(self, action: Action) {
        let target = self.detail.with_untracked(|detail| {
            detail.ready().map(|group| Target {
                uid: group.uid.clone(),
                name: group.name.clone(),
                has_children: group.has_children,
            })
        });
        if let Some(target) = target {
            self.asked.set(Some((action, target)));
        }
    }

    /// The part of the page that shows. Tracked.
    pub(super) fn tab(self) -> Tab {
        match self.router.page() {
            Page::Group(_, tab) => tab,
            _ => Tab::Overview,
        }
    }

    /// Changes the tree. Nothing else does: the rows are made anew when its revision changes.
    pub(super) fn with_tree<T>(self, change: impl FnOnce(&mut Tree) -> T) -> Option<T> {
        self.tree.try_update(|tree| {
            tree.revision = tree.revision.wrapping_add(1);
            change(tree)
        })
    }

    /// Opens or closes a group.
    pub(super) fn set_open(self, uid: &Uidp, is_open: bool) {
        self.with_tree(|tree| {
            if is_open {
                tree.expand(uid);
            } else {
                tree.collapse(uid);
            }
        });
        self.keep_open();
        self.load_wanted();
    }

    /// Keeps for the next visit what is open.
    fn keep_open(self) {
        let org = self.org.get_value();
        self.tree
            .with_untracked(|tree| session::kept::keep_open_folders(&org, tree.open()));
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
        let known = self.client().and_then(|client| {
            let uid = uid.clone();
            kept(&client, |client| {
                Box::pin(async move { client.get_group(&uid).await })
            })
        });
        match known {
            Some(group) => {
                self.arrived(&group);
                self.detail.set(Remote::Ready(group));
            }
            None => self.detail.set(Remote::Loading),
        }
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
            let _ = self.detail.try_update(|detail| detail.renew(answer));
        });
    }

    fn arrived(self, group: &Group) {
        self.stand_at(group);
        self.with_tree(|tree| tree.reveal(group));
        self.keep_open();
        self.load_wanted();
        let above: Vec<&str> = group.path.iter().map(|step| step.name.as_str()).collect();
        session::kept::keep_place(Seen {
            uid: group.uid.clone(),
            name: group.name.clone(),
            above: above.join(" / "),
            at_ms: browser::now_ms(),
        });
    }

    /// Someone deleted it, or took it from one's sight: its parent's rows are asked for again.
    fn vanished(self, uid: &Uidp) {
        session::kept::forget_place(uid);
        let name = self.tree.with_untracked(|tree| tree.org_name.clone());
        self.place.lost(self.org.get_value(), name);
        self.with_tree(|tree| {
            tree.remove(uid);
            if let Some(parent) = uid.parent() {
                tree.forget_children(&parent);
            }
        });
        self.load_wanted();
    }

    fn stand_at(self, group: &Group) {
        self.place.inside(self.org.get_value(), group, |uid| {
            untrack(|| self.session.may(Capability::GROUPS_LIST, uid))
        });
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
