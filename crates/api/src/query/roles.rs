//! The query of the list of roles.

use bailiwick_domain::Uidp;

use crate::page::PageQuery;
use crate::query::pairs::{Pairs, to_query};
use crate::query::{QueryError, Scope};

/// The query of `GET /iam/v2/roles`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleQuery {
    /// Which part of the tree: built-in roles stand at the root; the children of a group are the
    /// custom roles directly at it, its descendants those at it and below.
    pub scope: Scope,
    /// Exact name.
    pub name: Option<String>,
    /// Ours: a part of the name.
    pub search: Option<String>,
    /// Ours: what can be bound at this group: the built-in roles but for the reserved ones, and the
    /// custom roles of the group and its ancestors. Not with a scope.
    pub bindable_at: Option<Uidp>,
    /// Paging. The order is `uid` (the default), `name` or `create_time`.
    pub page: PageQuery,
}

impl RoleQuery {
    /// Reads a query string, without its `?`.
    ///
    /// # Errors
    /// Any parameter that is unknown, doubled or malformed.
    pub fn parse(query: &str) -> Result<Self, QueryError> {
        let mut pairs = Pairs::parse(query)?;
        let query = Self {
            scope: Scope::take(&mut pairs)?,
            name: pairs.take("name").filter(|name| !name.is_empty()),
            search: pairs.take("search").filter(|search| !search.is_empty()),
            bindable_at: pairs.take_uidp(BINDABLE_AT)?,
            page: PageQuery::take(&mut pairs)?,
        };
        pairs.finish()?;
        if query.bindable_at.is_some() && query.scope != Scope::All {
            return Err(QueryError::Combined(BINDABLE_AT.to_owned()));
        }
        Ok(query)
    }

    /// The query string, with its `?` unless empty.
    pub fn to_query(&self) -> String {
        let mut pairs = Vec::new();
        self.scope.put(&mut pairs);
        for (name, text) in [("name", &self.name), ("search", &self.search)] {
            pairs.extend(text.as_ref().map(|text| (name, text.clone())));
        }
        let bindable_at = self.bindable_at.as_ref();
        pairs.extend(bindable_at.map(|uid| (BINDABLE_AT, uid.to_string())));
        self.page.put(&mut pairs);
        to_query(pairs)
    }
}

const BINDABLE_AT: &str = "bindableAt";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_for_roles_survives_the_wire() {
        let query = RoleQuery {
            name: Some("a b".into()),
            search: Some("b%".into()),
            bindable_at: Some(Uidp::root([1; 20])),
            ..RoleQuery::default()
        };
        assert_eq!(RoleQuery::parse(&query.to_query()[1..]), Ok(query));
    }

    #[test]
    fn what_can_be_bound_somewhere_is_no_part_of_the_tree() {
        let uid = Uidp::root([1; 20]);
        let text = format!("uidp.inRoot=true&bindableAt={uid}");
        assert_eq!(RoleQuery::parse(&text).unwrap_err().field(), "bindableAt");
    }
}
