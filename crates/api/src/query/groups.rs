//! The query of the list of groups.

use crate::page::PageQuery;
use crate::query::pairs::{Pairs, to_query};
use crate::query::{QueryError, Scope};

/// The query of `GET /iam/v2/groups`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupQuery {
    /// Which part of the tree.
    pub scope: Scope,
    /// Exact name.
    pub name: Option<String>,
    /// Ours: a part of the name.
    pub search: Option<String>,
    /// Paging.
    pub page: PageQuery,
}

impl GroupQuery {
    /// Reads a query string, without its `?`.
    ///
    /// # Errors
    /// Any parameter that is unknown, doubled or malformed.
    pub fn parse(query: &str) -> Result<Self, QueryError> {
        let mut pairs = Pairs::parse(query)?;
        let scope = Scope::take(&mut pairs)?;
        let name = pairs.take("name").filter(|name| !name.is_empty());
        let search = pairs.take("search").filter(|search| !search.is_empty());
        let page = PageQuery::take(&mut pairs)?;
        pairs.finish()?;
        Ok(Self {
            scope,
            name,
            search,
            page,
        })
    }

    /// The query string, with its `?` unless empty.
    pub fn to_query(&self) -> String {
        let mut pairs = Vec::new();
        self.scope.put(&mut pairs);
        if let Some(name) = &self.name {
            pairs.push(("name", name.clone()));
        }
        if let Some(search) = &self.search {
            pairs.push(("search", search.clone()));
        }
        self.page.put(&mut pairs);
        to_query(pairs)
    }
}

#[cfg(test)]
mod tests {
    use bailiwick_domain::Uidp;

    use super::*;

    #[test]
    fn a_group_query_survives_the_wire() {
        let query = GroupQuery {
            scope: Scope::ChildrenOf(Uidp::root([9; 20])),
            name: Some("a b&c".into()),
            search: Some("b%".into()),
            page: PageQuery {
                size: 7,
                token: Some("t+/=".into()),
                order_by: Some("name desc".into()),
                skip: 3,
            },
        };
        let text = query.to_query();
        assert_eq!(GroupQuery::parse(&text[1..]), Ok(query));
    }

    #[test]
    fn snake_case_names_are_accepted() {
        let uid = Uidp::root([1; 20]);
        let query = GroupQuery::parse(&format!("uidp.descendants_of={uid}&page_size=500")).unwrap();
        assert_eq!(query.scope, Scope::DescendantsOf(uid));
        assert_eq!(query.page.size, 200);
    }

    #[test]
    fn unknown_doubled_and_malformed_parameters_are_named() {
        for (text, field) in [
            ("colour=red", "colour"),
            ("pageSize=1&page_size=2", "page_size"),
            ("pageSize=-1", "pageSize"),
            ("pageSize=99999999999", "pageSize"),
            ("uidp.childrenOf=..", "uidp.childrenOf"),
            ("uidp.inRoot=yes", "uidp.inRoot"),
            ("uidp.childrenOf=/&uidp.inRoot=true", "uidp.inRoot"),
        ] {
            assert_eq!(
                GroupQuery::parse(text).unwrap_err().field(),
                field,
                "{text}"
            );
        }
    }
}
