//! The queries of identities.

use bailiwick_domain::Uidp;

use crate::page::PageQuery;
use crate::query::pairs::{Pairs, to_query};
use crate::query::role_bindings::{ENDING_WITHIN, take_life};
use crate::query::{QueryError, Scope};

/// The query of `GET /iam/v2/identities`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentityQuery {
    /// Which part of the tree: those who have a live binding directly at a group (its children), at
    /// it or below (its descendants), or anywhere; or these people (`uidp.ids`).
    pub scope: Scope,
    /// Ours: a part of the name or the address.
    pub search: Option<String>,
    /// Ours: who have this role there.
    pub role: Option<Uidp>,
    /// Ours: of whose bindings there one ends within this time: `7d`.
    pub ending_within: Option<String>,
    /// Ours: who were not seen for this time, or never: `90d`.
    pub unseen_for: Option<String>,
    /// Paging. The order is `uid` (the default), `name` (else by address, else by id) or
    /// `last_seen_time` (never is earliest).
    pub page: PageQuery,
}

impl IdentityQuery {
    /// Reads a query string, without its `?`.
    ///
    /// # Errors
    /// Any parameter that is unknown, doubled or malformed.
    pub fn parse(query: &str) -> Result<Self, QueryError> {
        let mut pairs = Pairs::parse(query)?;
        let query = Self {
            scope: people(Scope::take(&mut pairs)?)?,
            search: pairs.take("search").filter(|search| !search.is_empty()),
            role: pairs.take_uidp("role")?,
            ending_within: take_life(&mut pairs, ENDING_WITHIN)?,
            unseen_for: take_life(&mut pairs, UNSEEN_FOR)?,
            page: PageQuery::take(&mut pairs)?,
        };
        pairs.finish()?;
        Ok(query)
    }

    /// The query string, with its `?` unless empty.
    pub fn to_query(&self) -> String {
        let mut pairs = Vec::new();
        self.scope.put(&mut pairs);
        for (name, text) in [
            ("search", &self.search),
            (ENDING_WITHIN, &self.ending_within),
            (UNSEEN_FOR, &self.unseen_for),
        ] {
            pairs.extend(text.as_ref().map(|text| (name, text.clone())));
        }
        pairs.extend(self.role.as_ref().map(|uid| ("role", uid.to_string())));
        self.page.put(&mut pairs);
        to_query(pairs)
    }
}

/// Refuses the parts of the tree that no person is in.
fn people(scope: Scope) -> Result<Scope, QueryError> {
    let refused = match scope {
        Scope::AncestorsOf(_) => "uidp.ancestorsOf",
        Scope::InRoot => "uidp.inRoot",
        Scope::Topmost => "uidp.childrenOf",
        _ => return Ok(scope),
    };
    Err(QueryError::Unknown(refused.to_owned()))
}

/// Reads the query of `GET /iam/v2/identities/UID`: the `group` whose bindings, and those below it,
/// are answered.
///
/// # Errors
/// Any other parameter.
pub fn parse_group(query: &str) -> Result<Option<Uidp>, QueryError> {
    let mut pairs = Pairs::parse(query)?;
    let group = pairs.take_uidp("group")?;
    pairs.finish()?;
    Ok(group)
}

const UNSEEN_FOR: &str = "unseenFor";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_for_identities_survives_the_wire() {
        let query = IdentityQuery {
            scope: Scope::DescendantsOf(Uidp::root([9; 20])),
            search: Some("a+b&c@example.com".into()),
            role: Some(Uidp::root([8; 20])),
            ending_within: Some("7d".into()),
            unseen_for: Some("90d".into()),
            page: PageQuery::default(),
        };
        assert_eq!(IdentityQuery::parse(&query.to_query()[1..]), Ok(query));
    }
}
