//! The query of the list of role bindings.

use bailiwick_domain::{Uidp, parse_ttl};

use crate::page::PageQuery;
use crate::query::pairs::{Pairs, to_query};
use crate::query::{QueryError, Scope};

/// The query of `GET /iam/v2/roleBindings`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleBindingQuery {
    /// Which part of the tree: the children of a group are the bindings directly at it, its
    /// descendants those at it and below.
    pub scope: Scope,
    /// Bound to this identity.
    pub identity: Option<Uidp>,
    /// Directly at this group.
    pub group: Option<Uidp>,
    /// Of this role.
    pub role: Option<Uidp>,
    /// Ours: that hold at this group: directly at it, or inherited from above. Not with a scope.
    pub reaching: Option<Uidp>,
    /// Ours: with `reaching`, only those from above.
    pub inherited: bool,
    /// Ours: a part of the identity's name or address, or of the role's name.
    pub search: Option<String>,
    /// Ours: that are live and end within this time: `7d`.
    pub ending_within: Option<String>,
    /// Paging. The order is `uid` (the default), `create_time`, `expire_time` (those without an end
    /// last), `identity` (by name, else by address, else by id) or `role` (by name).
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
            reaching: pairs.take_uidp(REACHING)?,
            inherited: pairs.take_bool("inherited")?,
            search: pairs.take("search").filter(|search| !search.is_empty()),
            ending_within: take_life(&mut pairs, ENDING_WITHIN)?,
            page: PageQuery::take(&mut pairs)?,
        };
        pairs.finish()?;
        if query.reaching.is_some() && query.scope != Scope::All {
            return Err(QueryError::Combined(REACHING.to_owned()));
        }
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
            (REACHING, &self.reaching),
        ] {
            pairs.extend(uid.as_ref().map(|uid| (name, uid.to_string())));
        }
        if self.inherited {
            pairs.push(("inherited", "true".to_owned()));
        }
        for (name, text) in [
            ("search", &self.search),
            (ENDING_WITHIN, &self.ending_within),
        ] {
            pairs.extend(text.as_ref().map(|text| (name, text.clone())));
        }
        self.page.put(&mut pairs);
        to_query(pairs)
    }
}

const REACHING: &str = "reaching";
pub(super) const ENDING_WITHIN: &str = "endingWithin";

/// Takes a length of time, as [`parse_ttl`] reads it.
pub(super) fn take_life(pairs: &mut Pairs, name: &str) -> Result<Option<String>, QueryError> {
    let text = pairs.take(name).filter(|text| !text.is_empty());
    match text {
        Some(text) if parse_ttl(&text).is_err() => Err(QueryError::Life(name.to_owned())),
        text => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_for_role_bindings_survives_the_wire() {
        let uid = Uidp::root([1; 20]);
        let query = RoleBindingQuery {
            identity: Some(uid.clone()),
            role: Some(uid.clone()),
            reaching: Some(uid),
            inherited: true,
            search: Some("b%".into()),
            ending_within: Some("7d".into()),
            ..RoleBindingQuery::default()
        };
        assert_eq!(RoleBindingQuery::parse(&query.to_query()[1..]), Ok(query));
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
    fn a_time_that_is_none_is_named() {
        for text in ["endingWithin=soon", "endingWithin=1s", "ending_within=-7d"] {
            let error = RoleBindingQuery::parse(text).unwrap_err();
            assert_eq!(error.field(), "endingWithin", "{text}");
        }
    }
}
