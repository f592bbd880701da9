//! The queries of the lists.

use bailiwick_domain::Uidp;

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

/// The query of `GET /iam/v2/roleBindings`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleBindingQuery {
    /// Which part of the tree: the children of a group are the bindings directly at it.
    pub scope: Scope,
    /// Bound to this identity.
    pub identity: Option<Uidp>,
    /// Directly at this group.
    pub group: Option<Uidp>,
    /// Of this role.
    pub role: Option<Uidp>,
    /// Paging.
    pub page: PageQuery,
}

impl RoleBindingQuery {
    /// Reads a query string, without its `?`.
    ///
    /// # Errors
    /// Any parameter that is unknown, doubled or malformed.
    pub fn parse(query: &str) -> Result<Self, QueryError> {
        let mut pairs = Pairs::parse(query)?;
        let query = Self {
            scope: Scope::take(&mut pairs)?,
            identity: pairs.take_uidp("identity")?,
            group: pairs.take_uidp("group")?,
            role: pairs.take_uidp("role")?,
            page: PageQuery::take(&mut pairs)?,
        };
        pairs.finish()?;
        Ok(query)
    }

    /// The query string, with its `?` unless empty.
    pub fn to_query(&self) -> String {
        let mut pairs = Vec::new();
        self.scope.put(&mut pairs);
        for (name, uid) in [
            ("identity", &self.identity),
            ("group", &self.group),
            ("role", &self.role),
        ] {
            pairs.extend(uid.as_ref().map(|uid| (name, uid.to_string())));
        }
        self.page.put(&mut pairs);
        to_query(pairs)
    }
}

/// The query of `GET /iam/v2/roles`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleQuery {
    /// Which part of the tree; built-in roles stand at the root.
    pub scope: Scope,
    /// Exact name.
    pub name: Option<String>,
    /// Paging.
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
            page: PageQuery::take(&mut pairs)?,
        };
        pairs.finish()?;
        Ok(query)
    }

    /// The query string, with its `?` unless empty.
    pub fn to_query(&self) -> String {
        let mut pairs = Vec::new();
        self.scope.put(&mut pairs);
        pairs.extend(self.name.as_ref().map(|name| ("name", name.clone())));
        self.page.put(&mut pairs);
        to_query(pairs)
    }
}

#[cfg(test)]
mod tests {
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
    fn ids_may_be_repeated_and_nothing_else() {
        let (one, two) = (Uidp::root([1; 20]), Uidp::root([2; 20]));
        let query = RoleBindingQuery {
            scope: Scope::Ids(vec![one.clone(), two]),
            identity: Some(one),
            ..RoleBindingQuery::default()
        };
        let mut text = query.to_query();
        let mut read = RoleBindingQuery::parse(&text[1..]).unwrap();
        if let Scope::Ids(ids) = &mut read.scope {
            ids.sort();
        }
        assert_eq!(read, query);
        text += &format!("&identity={}", Uidp::root([3; 20]));
        assert_eq!(
            RoleBindingQuery::parse(&text[1..]).unwrap_err().field(),
            "identity"
        );
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
