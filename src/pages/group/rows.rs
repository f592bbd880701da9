//! Pure: the rows of a tree, in the order in which they stand, with the frame round what the
//! selected group reaches. There may be ten thousands of them, so a row is little; its look is made
//! only when it shows.

use std::ops::RangeInclusive;

use bailiwick_domain::Uidp;

use crate::routes;
use crate::ui::tree::{Reach, RowKind, RowLook};

use super::tree::{State, Tree};

/// Deeper rows stand no further to the right: their names would have no room.
const DEEPEST: usize = 12;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The group, or for a row that is none the one it stands below.
    pub(super) uid: Uidp,
    pub(super) kind: RowKind,
    /// From 1.
    pub(super) level: usize,
    /// `None` when there is nothing below.
    pub(super) expanded: Option<bool>,
    /// Place among its siblings from 1; for a row that is no group, which of its kind it is.
    place: usize,
    /// How many siblings there are; 0 when not all are known.
    siblings: usize,
}

impl Row {
    /// Unique among the rows, the same for as long as the row means the same.
    pub(super) fn key(&self) -> String {
        let word = match self.kind {
            RowKind::Thing => return self.uid.to_string(),
            RowKind::Name => "name",
            RowKind::Loading => "loading",
            RowKind::More => "more",
            RowKind::Failed => "failed",
        };
        [word, &self.place.to_string(), "-", self.uid.as_str()].concat()
    }

    /// Whether it stands for the topmost groups, which did not arrive.
    pub(super) fn is_top_failure(&self) -> bool {
        self.kind == RowKind::Failed && self.place == TOP
    }
}

/// The place of the row that stands for the topmost groups.
const TOP: usize = 9;

/// The rows, and which of them the frame goes round.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    pub(super) all: Vec<Row>,
    frame: Option<RangeInclusive<usize>>,
}

impl Rows {
    /// All rows that a tree has.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut rows = Vec::new();
        let mut base = 1;
        if !tree.shows_org() && tree.org_name.is_some() {
            rows.push(other(RowKind::Name, &tree.org, 1, 1));
            base = 2;
        }
        match tree.tops_state {
            State::Unknown | State::Loading { .. } if tree.tops.is_empty() => {
                let loading = |at| other(RowKind::Loading, &tree.org, base, at);
                rows.extend((1..=3).map(loading));
            }
            State::Failed { .. } => rows.push(other(RowKind::Failed, &tree.org, base, TOP)),
            _ => push_all(
                tree,
                &mut rows,
                &mut tree.tops.iter(),
                tree.tops.len(),
                base,
            ),
        }
        Self {
            all: rows,
            frame: None,
        }
    }

    /// Puts the frame round a group and all below it.
    pub(super) fn select(&mut self, selected: &Uidp) {
        let from = self.find(selected);
        self.frame = from.map(|from| {
            let level = self.all[from].level;
            let below = self.all[from + 1..]
                .iter()
                .take_while(|row| row.level > level);
            from..=from + below.count()
        });
    }

    /// Where a group stands.
    pub(super) fn find(&self, uid: &Uidp) -> Option<usize> {
        self.all
            .iter()
            .position(|row| row.kind == RowKind::Thing && row.uid == *uid)
    }

    /// What the row at a place shows.
    pub(super) fn look(&self, tree: &Tree, at: usize, edited: Option<&Uidp>) -> RowLook {
        let Some(row) = self.all.get(at) else {
            return RowLook::default();
        };
        let (reach, top) = match &self.frame {
            Some(frame) if frame.contains(&at) => {
                let is_end = *frame.end() == at;
                let reach = if is_end { Reach::End } else { Reach::Inside };
                (reach, *frame.start())
            }
            _ => (Reach::Outside, at),
        };
        let look = RowLook {
            kind: row.kind,
            at,
            level: row.level,
            indent: row.level.min(DEEPEST),
            reach,
            reach_indent: self.all[top].level.min(DEEPEST),
            ..RowLook::default()
        };
        match (row.kind, tree.nodes.get(&row.uid)) {
            (RowKind::Thing, Some(node)) => RowLook {
                place: Some(row.place),
                siblings: (row.siblings > 0).then_some(row.siblings),
                expanded: row.expanded,
                is_selected: reach != Reach::Outside && top == at,
                before: node.before.clone(),
                name: node.name.clone(),
                href: routes::group(&row.uid),
                changed: node.changed.clone(),
                is_edited: edited == Some(&row.uid),
                ..look
            },
            (RowKind::Name, _) => RowLook {
                name: tree.org_name.clone().unwrap_or_default(),
                ..look
            },
            _ => look,
        }
    }
}

// Not generic: a level in a level in a level would be a type without an end.
fn push_all(
    tree: &Tree,
    rows: &mut Vec<Row>,
    uids: &mut dyn Iterator<Item = &Uidp>,
    siblings: usize,
    level: usize,
) {
    for (at, uid) in uids.enumerate() {
        let Some(node) = tree.nodes.get(uid) else {
            continue;
        };
        let expanded = node.has_children.then_some(node.is_open);
        rows.push(Row {
            uid: uid.clone(),
            kind: RowKind::Thing,
            level,
            expanded,
            place: at + 1,
            siblings,
        });
        if expanded == Some(true) {
            push_below(tree, rows, uid, level + 1);
        }
    }
}

fn push_below(tree: &Tree, rows: &mut Vec<Row>, uid: &Uidp, level: usize) {
    let Some(kids) = tree.nodes.get(uid).map(|node| &node.kids) else {
        return;
    };
    let is_complete = kids.state == State::Arrived { next: None };
    let known = kids.loaded.len() + kids.extra.len();
    let siblings = if is_complete { known } else { kids.total };
    let mut all = kids.loaded.iter().chain(&kids.extra);
    push_all(tree, rows, &mut all, siblings, level);
    let kind = match &kids.state {
        State::Unknown | State::Loading { after: None } if kids.loaded.is_empty() => {
            RowKind::Loading
        }
        State::Loading { after: Some(_) } => RowKind::Loading,
        State::Arrived { next: Some(_) } => RowKind::More,
        State::Failed { .. } => RowKind::Failed,
        _ => return,
    };
    rows.push(other(kind, uid, level, 1));
}

fn other(kind: RowKind, uid: &Uidp, level: usize, place: usize) -> Row {
    Row {
        uid: uid.clone(),
        kind,
        level,
        expanded: None,
        place,
        siblings: 0,
    }
}
