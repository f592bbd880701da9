//! What lists of all kinds share: which part of the tree, in what order, from where on.

mod filter;

use bailiwick_domain::Uidp;

pub(crate) use filter::{Filter, Value};

/// Places for values in a statement: `$2, $3, …`
pub(crate) fn places(from: usize, count: usize) -> String {
    let places: Vec<String> = (from..from + count).map(|at| format!("${at}")).collect();
    places.join(", ")
}

/// Which part of the tree. "Below" is without the thing itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All that the caller may see.
    All,
    /// Directly below.
    ChildrenOf(Uidp),
    /// The topmost that the caller may see.
    Topmost,
    /// Anywhere below.
    DescendantsOf(Uidp),
    /// Anywhere above.
    AncestorsOf(Uidp),
    /// At the root: organizations.
    InRoot,
    /// Those with these ids.
    Ids(Vec<Uidp>),
}

/// By what a list is sorted; ties are broken by UIDP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderField {
    /// The UIDP.
    Uid,
    /// The name.
    Name,
    /// When it was made.
    CreateTime,
    /// When it was last changed.
    UpdateTime,
    /// When it expires.
    ExpireTime,
    /// When they were last seen.
    LastSeenTime,
    /// Whose it is, by name.
    Identity,
    /// Which role it is of, by name.
    Role,
}

impl OrderField {
    pub(crate) fn column(self) -> &'static str {
        match self {
            Self::Uid => "uid",
            Self::Name => "name",
            Self::CreateTime => "create_time",
            Self::UpdateTime => "update_time",
            Self::ExpireTime => "expire_time",
            Self::LastSeenTime => "last_seen_time",
            Self::Identity => "identity",
            Self::Role => "role",
        }
    }
}

/// A field and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The field.
    pub field: OrderField,
    /// Greatest first.
    pub descending: bool,
}

impl Order {
    /// As SQL, over the columns of the table called `alias`.
    pub(crate) fn sql(self, alias: &str) -> String {
        let direction = if self.descending { "DESC" } else { "ASC" };
        match self.field {
            OrderField::Uid => format!("{alias}.uid {direction}"),
            other => format!(
                "{alias}.{} {direction}, {alias}.uid {direction}",
                other.column()
            ),
        }
    }
}

/// Where a page ended: the next one starts after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageKey {
    /// The sort field's value in the last row, as text.
    pub value: String,
    /// The last row.
    pub uid: String,
}

/// Which page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAsk {
    /// In which order.
    pub order: Order,
    /// After which row.
    pub after: Option<PageKey>,
    /// How many rows at most.
    pub size: u32,
    /// How many rows to leave out first.
    pub skip: u32,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where to go on; `None` on the last page.
    pub next: Option<PageKey>,
    /// How many there are in all; `None` above [`bailiwick_domain::TOTAL_COUNT_MAX`].
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// A page of what cannot be.
    pub(crate) fn empty() -> Self {
        Self {
            rows: Vec::new(),
            next: None,
            total: Some(0),
        }
    }

    /// Cuts the row too many that was asked for to see whether there is a next page.
    pub(crate) fn cut(
        mut rows: Vec<T>,
        size: u32,
        key: impl Fn(&T) -> PageKey,
        total: i64,
    ) -> Self {
        let more = rows.len() > size as usize;
        rows.truncate(size as usize);
        let total = u64::try_from(total).unwrap_or_default();
        Self {
            next: rows.last().filter(|_| more).map(key),
            total: (total <= bailiwick_domain::TOTAL_COUNT_MAX).then_some(total),
            rows,
        }
    }
}
