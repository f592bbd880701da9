//! The trees of this visit, so that what was open is open when one comes back.

use bailiwick_domain::Uidp;

use crate::reactive::{Owner, provide_context};
use crate::session;
use crate::state::{RwSignal, StoredValue};

use super::tree::Tree;

/// The trees, in context.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    trees: StoredValue<Vec<(Uidp, RwSignal<Tree>)>>,
    /// They outlive the pages that show them.
    owner: Owner,
}

/// Provides an empty memory of trees.
pub(crate) fn provide_memory() {
    provide_context(Memory {
        trees: StoredValue::new(Vec::new()),
        owner: Owner::current().unwrap_or_default(),
    });
}

impl Memory {
    /// The tree of an organization, with what was open in it.
    pub(super) fn tree(&self, org: &Uidp) -> RwSignal<Tree> {
        let known = self.trees.with_value(|trees| {
            let known = trees.iter().find(|(of, _)| of == org);
            known.map(|(_, tree)| *tree)
        });
        known.unwrap_or_else(|| {
            let mut tree = Tree::new(org.clone());
            tree.remember_open(session::kept::open_folders(org));
            let tree = self.owner.with(|| RwSignal::new(tree));
            self.trees
                .update_value(|trees| trees.push((org.clone(), tree)));
            tree
        })
    }
}
