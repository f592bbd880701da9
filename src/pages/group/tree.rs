//! Pure: the tree as far as it is known, which of it is open, and the rows that it makes.
//!
//! Children arrive a page at a time in the order of their names. What is known from elsewhere (the
//! way down to a linked folder, a folder just made) stands after them until its page arrives.

use std::collections::HashMap;

use bailiwick_api::{Group, GroupPage};
use bailiwick_domain::Uidp;

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) name: String,
    /// RFC 3339; empty when only the name is known.
    pub(super) changed: String,
    pub(super) has_children: bool,
    pub(super) is_open: bool,
    /// For a topmost folder deep in its organization: what stands between, as `dev / `.
    pub(super) before: String,
    pub(super) kids: Kids,
}

/// What is known of the groups directly below one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Kids {
    /// As they arrived.
    pub(super) loaded: Vec<Uidp>,
    /// Known from elsewhere, not among `loaded`.
    pub(super) extra: Vec<Uidp>,
    /// How many there are in all, as the server says; 0 when it does not.
    pub(super) total: usize,
    pub(super) state: State,
}

/// How far the pages have come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum State {
    /// Not asked for.
    #[default]
    Unknown,
    /// On its way, the page after `after`.
    Loading { after: Option<String> },
    /// Arrived; `next` is the token of the page after.
    Arrived { next: Option<String> },
    /// Did not arrive, the page after `after`.
    Failed { after: Option<String> },
}

/// The tree of one organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tree {
    pub(super) org: Uidp,
    /// Known from any path, even where the organization itself may not be seen.
    pub(super) org_name: Option<String>,
    /// The topmost visible groups: the organization itself, or folders of it.
    pub(super) tops: Vec<Uidp>,
    pub(super) tops_state: State,
    pub(super) nodes: HashMap<Uidp, Node>,
    /// Open at another visit, and not seen yet at this one.
    remembered: Vec<Uidp>,
    /// Another one after every change.
    pub(super) revision: u32,
}

impl Tree {
    /// Nothing is known yet.
    pub(super) fn new(org: Uidp) -> Self {
        Self {
            org,
            org_name: None,
            tops: Vec::new(),
            tops_state: State::Unknown,
            nodes: HashMap::new(),
            remembered: Vec::new(),
            revision: 0,
        }
    }

    /// Whether the organization itself may be seen.
    pub(super) fn shows_org(&self) -> bool {
        self.tops.first() == Some(&self.org)
    }

    /// The topmost groups arrived. What was open stays open; what was loaded below is asked for
    /// again, since it may be old.
    pub(super) fn set_tops(&mut self, groups: &[Group]) {
        self.tops = groups.iter().map(|group| group.uid.clone()).collect();
        self.tops_state = State::Arrived { next: None };
        for group in groups {
            self.learn(group);
            let between: Vec<&str> = group
                .path
                .iter()
                .skip(1)
                .map(|step| step.name.as_str())
                .collect();
            let before = between
                .iter()
                .fold(String::new(), |text, name| text + name + " / ");
            if let Some(node) = self.nodes.get_mut(&group.uid) {
                node.before = before;
                node.is_open |= groups.len() == 1 && node.has_children;
            }
        }
        for node in self.nodes.values_mut() {
            node.kids.state = State::Unknown;
        }
    }

    /// Takes in what an answer says of a group, and the names on its path.
    pub(super) fn learn(&mut self, group: &Group) {
        let org_name = group.path.first().map_or(&group.name, |step| &step.name);
        self.org_name = Some(org_name.clone());
        let node = self
            .nodes
            .entry(group.uid.clone())
            .or_insert_with(|| Node::named(&group.name));
        node.name.clone_from(&group.name);
        node.changed.clone_from(&group.update_time);
        node.has_children = group.has_children;
        if let Some(at) = self.remembered.iter().position(|uid| *uid == group.uid) {
            self.remembered.swap_remove(at);
            node.is_open = group.has_children;
        }
    }

    /// Makes a group show: all above it opens.
    pub(super) fn reveal(&mut self, group: &Group) {
        self.learn(group);
        let Some(top) = self.top_of(&group.uid).cloned() else {
            return;
        };
        let way = group.path.iter().filter(|step| top.reaches(&step.uid));
        for step in way {
            let node = self
                .nodes
                .entry(step.uid.clone())
                .or_insert_with(|| Node::named(&step.name));
            node.has_children = true;
            node.is_open = true;
            self.hang(&step.uid);
        }
        self.hang(&group.uid);
    }

    /// Hangs a known group below its parent, in the order of names if its page is here.
    fn hang(&mut self, uid: &Uidp) {
        let Some(parent) = uid.parent().filter(|_| !self.tops.contains(uid)) else {
            return;
        };
        let key = |uid: &Uidp| {
            (
                self.nodes.get(uid).map(|node| node.name.clone()),
                uid.clone(),
            )
        };
        let Some(kids) = self.nodes.get(&parent).map(|node| &node.kids) else {
            return;
        };
        if kids.loaded.contains(uid) || kids.extra.contains(uid) {
            return;
        }
        let own = key(uid);
        let at = kids.loaded.partition_point(|other| key(other) < own);
        let is_complete = kids.state == State::Arrived { next: None };
        let is_inside = at < kids.loaded.len() || is_complete;
        let Some(node) = self.nodes.get_mut(&parent) else {
            return;
        };
        node.has_children = true;
        if is_inside {
            node.kids.loaded.insert(at, uid.clone());
        } else {
            node.kids.extra.push(uid.clone());
        }
    }

    /// A group was renamed: it moves to its new place.
    pub(super) fn rename(&mut self, group: &Group) {
        self.unhang(&group.uid);
        self.learn(group);
        self.hang(&group.uid);
    }

    /// A group is gone, with all below it.
    pub(super) fn remove(&mut self, uid: &Uidp) {
        self.unhang(uid);
        self.tops.retain(|top| top != uid);
        self.nodes.retain(|other, _| !uid.reaches(other));
        let Some(node) = uid.parent().and_then(|parent| self.nodes.get_mut(&parent)) else {
            return;
        };
        let kids = &node.kids;
        let is_complete = kids.state == State::Arrived { next: None };
        if is_complete && kids.loaded.is_empty() && kids.extra.is_empty() {
            node.has_children = false;
        }
    }

    fn unhang(&mut self, uid: &Uidp) {
        if let Some(node) = uid.parent().and_then(|parent| self.nodes.get_mut(&parent)) {
            node.kids.loaded.retain(|kid| kid != uid);
            node.kids.extra.retain(|kid| kid != uid);
        }
    }

    /// The topmost visible group above `uid`, or itself.
    pub(super) fn top_of(&self, uid: &Uidp) -> Option<&Uidp> {
        self.tops.iter().find(|top| top.reaches(uid))
    }

    /// The groups that are open.
    pub(super) fn open(&self) -> impl Iterator<Item = &Uidp> {
        let open = self.nodes.iter().filter(|(_, node)| node.is_open);
        open.map(|(uid, _)| uid)
    }

    /// Opens what was open at another visit, as far as it turns up.
    pub(super) fn remember_open(&mut self, open: Vec<Uidp>) {
        self.remembered = open;
    }

    /// Known groups whose name has `part` in it, for a server that cannot search.
    pub(super) fn named(&self, part: &str) -> Vec<(Uidp, String)> {
        let mut found: Vec<(Uidp, String)> = Vec::new();
        for (uid, node) in &self.nodes {
            if node.name.contains(part) {
                // Sorting by the library would cost the console 3 kB.
                let at = found.partition_point(|(_, name)| *name < node.name);
                found.insert(at, (uid.clone(), node.name.clone()));
            }
        }
        found
    }

    /// Opens a group that has something below it.
    pub(super) fn expand(&mut self, uid: &Uidp) {
        if let Some(node) = self.nodes.get_mut(uid) {
            node.is_open = node.has_children;
        }
    }

    /// Closes a group.
    pub(super) fn collapse(&mut self, uid: &Uidp) {
        if let Some(node) = self.nodes.get_mut(uid) {
            node.is_open = false;
        }
    }

    /// The open groups whose children nobody asked for. Each is marked as on its way.
    pub(super) fn take_wanted(&mut self) -> Vec<Uidp> {
        let is_open = |uid: &Uidp| self.nodes.get(uid).is_none_or(|node| node.is_open);
        let wanted: Vec<Uidp> = self
            .nodes
            .iter()
            .filter(|(_, node)| node.is_open && node.has_children)
            .filter(|(_, node)| node.kids.state == State::Unknown)
            // What stands above the topmost is not in the tree, and counts as open.
            .filter(|(uid, _)| {
                self.top_of(uid).is_some() && uid.ancestors().all(|uid| is_open(&uid))
            })
            .map(|(uid, _)| uid.clone())
            .collect();
        for uid in &wanted {
            if let Some(node) = self.nodes.get_mut(uid) {
                node.kids.state = State::Loading { after: None };
            }
        }
        wanted
    }

    /// Asks for the next page below `uid`, or once more for the one that failed. Answers with its
    /// token, if there is one to ask for.
    pub(super) fn take_more(&mut self, uid: &Uidp) -> Option<Option<String>> {
        let kids = &mut self.nodes.get_mut(uid)?.kids;
        let after = match &kids.state {
            State::Arrived { next: Some(next) } => Some(next.clone()),
            State::Failed { after } => after.clone(),
            _ => return None,
        };
        kids.state = State::Loading {
            after: after.clone(),
        };
        Some(after)
    }

    /// A page of children arrived. Pages that nobody waits for any more are dropped.
    pub(super) fn page_arrived(&mut self, parent: &Uidp, after: Option<&str>, page: &GroupPage) {
        let Some(node) = self.nodes.get_mut(parent) else {
            return;
        };
        let waits = State::Loading {
            after: after.map(str::to_owned),
        };
        if node.kids.state != waits {
            return;
        }
        let next = Some(page.next_page_token.clone()).filter(|token| !token.is_empty());
        let kids = &mut node.kids;
        let total = page.total_count.as_ref();
        kids.total = total
            .and_then(|total| total.parse().ok())
            .unwrap_or_default();
        let gone = if after.is_none() {
            std::mem::take(&mut kids.loaded)
        } else {
            Vec::new()
        };
        // What was made meanwhile may have moved others from one page to the next.
        let before = kids.loaded.len();
        let overlap = before.saturating_sub(page.groups.len());
        for group in &page.groups {
            kids.extra.retain(|kid| *kid != group.uid);
            if !kids.loaded[overlap..before].contains(&group.uid) {
                kids.loaded.push(group.uid.clone());
            }
        }
        let is_complete = next.is_none();
        kids.state = State::Arrived { next };
        if is_complete {
            // All of them are here: what is not among them is no more.
            kids.extra.clear();
        }
        node.has_children = !(kids.loaded.is_empty() && kids.extra.is_empty());
        let still = if gone.is_empty() {
            Vec::new()
        } else {
            kids.loaded.clone()
        };
        for group in &page.groups {
            self.learn(group);
        }
        let mut gone = gone;
        gone.retain(|uid| is_complete && !still.contains(uid));
        if !gone.is_empty() {
            self.nodes
                .retain(|other, _| !gone.iter().any(|uid| uid.reaches(other)));
        }
    }

    /// A page of children did not arrive.
    pub(super) fn page_failed(&mut self, parent: &Uidp, after: Option<&str>) {
        if let Some(node) = self.nodes.get_mut(parent) {
            node.kids.state = State::Failed {
                after: after.map(str::to_owned),
            };
        }
    }

    /// Asks for the children of a group afresh.
    pub(super) fn forget_children(&mut self, uid: &Uidp) {
        if let Some(node) = self.nodes.get_mut(uid) {
            node.kids.state = State::Unknown;
        }
    }
}

impl Node {
    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            changed: String::new(),
            has_children: false,
            is_open: false,
            before: String::new(),
            kids: Kids::default(),
        }
    }
}
