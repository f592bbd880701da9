//! Which part of the tree a list is about: the `uidp.…` parameters.

use bailiwick_domain::Uidp;
use bailiwick_domain::limits::PAGE_SIZE_MAX;

use crate::query::QueryError;
use crate::query::pairs::Pairs;

/// Which part of the tree a list is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Scope {
    /// All that the caller may see.
    #[default]
    All,
    /// `uidp.childrenOf=UIDP`: directly below it.
    ChildrenOf(Uidp),
    /// `uidp.childrenOf=/`: the topmost groups that the caller may see.
    Topmost,
    /// `uidp.descendantsOf=UIDP`: anywhere below it, without itself.
    DescendantsOf(Uidp),
    /// `uidp.ancestorsOf=UIDP`: anywhere above it, without itself.
    AncestorsOf(Uidp),
    /// `uidp.inRoot=true`: organizations.
    InRoot,
    /// `uidp.ids=UIDP`, which may be repeated: those.
    Ids(Vec<Uidp>),
}

impl Scope {
    pub(super) fn take(pairs: &mut Pairs) -> Result<Self, QueryError> {
        let mut scope = Self::All;
        let mut set = |name: &str, found: Self| {
            if scope != Self::All {
                return Err(QueryError::Combined(name.to_owned()));
            }
            scope = found;
            Ok(())
        };
        if pairs.has(CHILDREN_OF, "/") {
            pairs.take(CHILDREN_OF);
            set(CHILDREN_OF, Self::Topmost)?;
        }
        for (name, scope) in [
            (CHILDREN_OF, Self::ChildrenOf as fn(Uidp) -> Self),
            (DESCENDANTS_OF, Self::DescendantsOf),
            (ANCESTORS_OF, Self::AncestorsOf),
        ] {
            if let Some(uid) = pairs.take_uidp(name)? {
                set(name, scope(uid))?;
            }
        }
        if pairs.take_bool(IN_ROOT)? {
            set(IN_ROOT, Self::InRoot)?;
        }
        let ids = pairs.take_ids()?;
        if !ids.is_empty() {
            set(IDS, Self::Ids(ids))?;
        }
        Ok(scope)
    }

    pub(super) fn put(&self, pairs: &mut Vec<(&'static str, String)>) {
        match self {
            Self::All => {}
            Self::ChildrenOf(uid) => pairs.push((CHILDREN_OF, uid.to_string())),
            Self::Topmost => pairs.push((CHILDREN_OF, "/".to_owned())),
            Self::DescendantsOf(uid) => pairs.push((DESCENDANTS_OF, uid.to_string())),
            Self::AncestorsOf(uid) => pairs.push((ANCESTORS_OF, uid.to_string())),
            Self::InRoot => pairs.push((IN_ROOT, "true".to_owned())),
            Self::Ids(uids) => pairs.extend(uids.iter().map(|uid| (IDS, uid.to_string()))),
        }
    }
}

const CHILDREN_OF: &str = "uidp.childrenOf";
const DESCENDANTS_OF: &str = "uidp.descendantsOf";
const ANCESTORS_OF: &str = "uidp.ancestorsOf";
const IN_ROOT: &str = "uidp.inRoot";
pub(super) const IDS: &str = "uidp.ids";
/// How many ids `uidp.ids` may name: a page.
pub(super) const IDS_MAX: usize = PAGE_SIZE_MAX as usize;
