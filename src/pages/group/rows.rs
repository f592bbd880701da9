//! Pure: the rows of a tree, in the order in which they stand, with the frame round what the
//! selected group reaches.

use bailiwick_domain::Uidp;

use crate::routes;
use crate::ui::tree::{Reach, RowKind, RowLook};

use super::tree::{State, Tree};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Unique among the rows, the same for as long as the row means the same.
    pub(super) key: String,
    /// The group, or for a row that is none the one it stands below.
    pub(super) uid: Uidp,
    pub(super) look: RowLook,
}

/// All rows that show.
pub(super) fn rows(tree: &Tree, selected: &Uidp) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut base = 1;
    if !tree.shows_org()
        && let Some(name) = &tree.org_name
    {
        let look = RowLook {
            kind: RowKind::Name,
            name: name.clone(),
            ..RowLook::default()
        };
        push(&mut rows, "name", &tree.org, look, 1);
        base = 2;
    }
    match tree.tops_state {
        State::Unknown | State::Loading { .. } if tree.tops.is_empty() => {
            for at in ["1", "2", "3"] {
                push_kind(&mut rows, RowKind::Loading, at, &tree.org, base);
            }
        }
        State::Failed { .. } => push_kind(&mut rows, RowKind::Failed, "top", &tree.org, base),
        _ => push_all(
            tree,
            &mut rows,
            &tree.tops,
            Some(tree.tops.len()),
            base,
            selected,
        ),
    }
    frame(&mut rows);
    rows
}

fn push_all(
    tree: &Tree,
    rows: &mut Vec<Row>,
    uids: &[Uidp],
    siblings: Option<usize>,
    level: usize,
    selected: &Uidp,
) {
    for (at, uid) in uids.iter().enumerate() {
        let Some(node) = tree.nodes.get(uid) else {
            continue;
        };
        let look = RowLook {
            place: Some(at + 1),
            siblings,
            expanded: node.has_children.then_some(node.is_open),
            is_selected: uid == selected,
            before: node.before.clone(),
            name: node.name.clone(),
            href: routes::group(uid),
            changed: node.changed.clone(),
            ..RowLook::default()
        };
        push(rows, uid.as_str(), uid, look, level);
        if node.is_open && node.has_children {
            push_below(tree, rows, uid, level + 1, selected);
        }
    }
}

fn push_below(tree: &Tree, rows: &mut Vec<Row>, uid: &Uidp, level: usize, selected: &Uidp) {
    let Some(kids) = tree.nodes.get(uid).map(|node| &node.kids) else {
        return;
    };
    let all = [kids.loaded.as_slice(), kids.extra.as_slice()].concat();
    let is_complete = kids.state == State::Arrived { next: None };
    push_all(
        tree,
        rows,
        &all,
        is_complete.then_some(all.len()),
        level,
        selected,
    );
    match &kids.state {
        State::Unknown | State::Loading { after: None } if kids.loaded.is_empty() => {
            push_kind(rows, RowKind::Loading, "1", uid, level);
        }
        State::Loading { after: Some(_) } => push_kind(rows, RowKind::Loading, "1", uid, level),
        State::Arrived { next: Some(_) } => push_kind(rows, RowKind::More, "", uid, level),
        State::Failed { .. } => push_kind(rows, RowKind::Failed, "", uid, level),
        _ => {}
    }
}

fn push_kind(rows: &mut Vec<Row>, kind: RowKind, at: &str, uid: &Uidp, level: usize) {
    let word = match kind {
        RowKind::Loading => "loading",
        RowKind::More => "more",
        _ => "failed",
    };
    let key = [word, at, "-", uid.as_str()].concat();
    push(
        rows,
        &key,
        uid,
        RowLook {
            kind,
            ..RowLook::default()
        },
        level,
    );
}

fn push(rows: &mut Vec<Row>, key: &str, uid: &Uidp, look: RowLook, level: usize) {
    let look = RowLook { level, ..look };
    rows.push(Row {
        key: key.to_owned(),
        uid: uid.clone(),
        look,
    });
}

/// The frame: from the selected row to the last one below it.
fn frame(rows: &mut [Row]) {
    let Some(from) = rows.iter().position(|row| row.look.is_selected) else {
        return;
    };
    let level = rows[from].look.level;
    let below = rows[from + 1..]
        .iter()
        .take_while(|row| row.look.level > level)
        .count();
    for row in &mut rows[from..=from + below] {
        row.look.reach = Reach::Inside;
        row.look.reach_level = level;
    }
    rows[from + below].look.reach = Reach::End;
}
