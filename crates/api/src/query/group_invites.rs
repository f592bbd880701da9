//! The query of the list of invites.

use bailiwick_domain::Uidp;

use crate::group_invite::InviteState;
use crate::page::PageQuery;
use crate::query::pairs::{Pairs, to_query};
use crate::query::{QueryError, Scope};

/// The query of `GET /iam/v2/groupInvites`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupInviteQuery {
    /// Which part of the tree: the children of a group are the invites directly at it, its
    /// descendants those at it and below.
    pub scope: Scope,
    /// With this key id.
    pub key_id: Option<String>,
    /// Ours: of this role.
    pub role: Option<Uidp>,
    /// Ours: for exactly this address.
    pub email: Option<String>,
    /// Ours: for an address that has this in it.
    pub search: Option<String>,
    /// Ours: in one of these states; empty means pending and expired.
    pub states: Vec<InviteState>,
    /// Paging. The order is `create_time` (the default, and then the last first), `uid` or
    /// `expiration_time`.
    pub page: PageQuery,
}

impl GroupInviteQuery {
    /// Reads a query string, without its `?`.
    ///
    /// # Errors
    /// Any parameter that is unknown, doubled or malformed.
    pub fn parse(query: &str) -> Result<Self, QueryError> {
        let mut pairs = Pairs::parse(query)?;
        let query = Self {
            scope: Scope::take(&mut pairs)?,
            key_id: pairs.take("keyId").filter(|key_id| !key_id.is_empty()),
            role: pairs.take_uidp("role")?,
            email: pairs.take("email").filter(|email| !email.is_empty()),
            search: pairs.take("search").filter(|search| !search.is_empty()),
            states: take_states(&mut pairs)?,
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
            ("keyId", &self.key_id),
            ("email", &self.email),
            ("search", &self.search),
        ] {
            pairs.extend(text.as_ref().map(|text| (name, text.clone())));
        }
        pairs.extend(self.role.as_ref().map(|uid| ("role", uid.to_string())));
        if !self.states.is_empty() {
            let states: Vec<_> = self.states.iter().map(|state| state.as_str()).collect();
            pairs.push((STATES, states.join(",")));
        }
        self.page.put(&mut pairs);
        to_query(pairs)
    }
}

/// Reads the query of `GET /iam/v2/groupInvites/UID`: `states` alone.
///
/// # Errors
/// Any other parameter.
pub fn parse_states(query: &str) -> Result<Vec<InviteState>, QueryError> {
    let mut pairs = Pairs::parse(query)?;
    let states = take_states(&mut pairs)?;
    pairs.finish()?;
    Ok(states)
}

const STATES: &str = "states";

fn take_states(pairs: &mut Pairs) -> Result<Vec<InviteState>, QueryError> {
    let Some(text) = pairs.take(STATES).filter(|text| !text.is_empty()) else {
        return Ok(Vec::new());
    };
    let mut states = Vec::new();
    for word in text.split(',') {
        let state = InviteState::parse(word).ok_or(QueryError::State(STATES.to_owned()))?;
        if !states.contains(&state) {
            states.push(state);
        }
    }
    Ok(states)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_for_invites_survives_the_wire() {
        let query = GroupInviteQuery {
            scope: Scope::DescendantsOf(Uidp::root([9; 20])),
            key_id: Some("abc".into()),
            role: Some(Uidp::root([8; 20])),
            email: Some("a+b&c@example.com".into()),
            search: Some("exa".into()),
            states: vec![InviteState::Accepted, InviteState::Revoked],
            page: PageQuery::default(),
        };
        let text = query.to_query();
        assert_eq!(GroupInviteQuery::parse(&text[1..]), Ok(query));
    }

    #[test]
    fn states_are_read_in_any_case_and_once() {
        let query = GroupInviteQuery::parse("states=pending,PENDING,declined").unwrap();
        assert_eq!(query.states, [InviteState::Pending, InviteState::Declined]);
        for text in ["states=open", "states=,", "states=PENDING,"] {
            assert_eq!(
                GroupInviteQuery::parse(text).unwrap_err().field(),
                "states",
                "{text}"
            );
        }
    }
}
