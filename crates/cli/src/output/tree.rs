//! Groups below groups.

use std::collections::{BTreeMap, BTreeSet};

use bailiwick_api::Group;
use bailiwick_domain::Uidp;

/// The groups as a tree, in the order that they come in among siblings. One whose parent is not
/// among them stands at the left.
pub(crate) fn tree(groups: &[Group]) -> String {
    let known: BTreeSet<&Uidp> = groups.iter().map(|group| &group.uid).collect();
    let mut children: BTreeMap<Option<Uidp>, Vec<&Group>> = BTreeMap::new();
    for group in groups {
        let parent = group.uid.parent().filter(|parent| known.contains(parent));
        children.entry(parent).or_default().push(group);
    }
    let mut text = String::new();
    put(&children, None, 0, &mut text);
    text
}

fn put(
    children: &BTreeMap<Option<Uidp>, Vec<&Group>>,
    parent: Option<&Uidp>,
    depth: usize,
    text: &mut String,
) {
    for group in children.get(&parent.cloned()).into_iter().flatten() {
        let indent = "    ".repeat(depth);
        text.push_str(&format!("{indent}|- {}\n", group.name));
        put(children, Some(&group.uid), depth + 1, text);
    }
}
