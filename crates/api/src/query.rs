//! Query strings of the list endpoints. Names are accepted in camelCase and in snake_case; an
//! unknown or doubled parameter is an error, never silently dropped.

use bailiwick_domain::Uidp;
use thiserror::Error;

use crate::page::PageQuery;

/// What is wrong with a query string.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QueryError {
    /// Not a parameter of this endpoint.
    #[error("is not a parameter here")]
    Unknown(String),
    /// Given twice.
    #[error("is given twice")]
    Doubled(String),
    /// Not a whole number from 0 up.
    #[error("must be a whole number from 0 to 2147483647")]
    Number(String),
    /// Not a UIDP.
    #[error("must be a UIDP: 40 hex digits, then /16 hex digits for every folder")]
    Uidp(String),
    /// Two filters that cannot be combined.
    #[error("cannot be combined with another uidp filter")]
    Combined(String),
    /// Not `true` or `false`.
    #[error("must be true or false")]
    Bool(String),
}

impl QueryError {
    /// The parameter, as it was written.
    pub fn field(&self) -> &str {
        match self {
            Self::Unknown(name)
            | Self::Doubled(name)
            | Self::Number(name)
            | Self::Uidp(name)
            | Self::Combined(name)
            | Self::Bool(name) => name,
        }
    }
}

/// The decoded parameters of a query string, each at most once.
#[derive(Debug)]
pub(crate) struct Pairs(Vec<(String, String)>);

impl Pairs {
    pub(crate) fn parse(query: &str) -> Result<Self, QueryError> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let camel = camel_case(&name);
            if pairs.iter().any(|(known, _)| *known == camel) {
                return Err(QueryError::Doubled(name.into_owned()));
            }
            pairs.push((camel, value.into_owned()));
        }
        Ok(Self(pairs))
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.swap_remove(at).1)
    }

    pub(crate) fn take_number(&mut self, name: &str) -> Result<Option<u32>, QueryError> {
        self.take(name)
            .map(|text| match text.parse::<i32>() {
                Ok(number) => {
                    u32::try_from(number).map_err(|_| QueryError::Number(name.to_owned()))
                }
                Err(_) => Err(QueryError::Number(name.to_owned())),
            })
            .transpose()
    }

    fn take_uidp(&mut self, name: &str) -> Result<Option<Uidp>, QueryError> {
        self.take(name)
            .map(|text| text.parse().map_err(|_| QueryError::Uidp(name.to_owned())))
            .transpose()
    }

    fn take_bool(&mut self, name: &str) -> Result<bool, QueryError> {
        match self.take(name).as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(QueryError::Bool(name.to_owned())),
        }
    }

    pub(crate) fn finish(self) -> Result<(), QueryError> {
        match self.0.into_iter().next() {
            Some((name, _)) => Err(QueryError::Unknown(name)),
            None => Ok(()),
        }
    }
}

fn camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut upper = false;
    for letter in name.chars() {
        if letter == '_' {
            upper = true;
        } else if std::mem::take(&mut upper) {
            camel.push(letter.to_ascii_uppercase());
        } else {
            camel.push(letter);
        }
    }
    camel
}

/// Which groups a list is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum GroupScope {
    /// All that the caller may see.
    #[default]
    All,
    /// `uidp.childrenOf=UIDP`: directly below it.
    ChildrenOf(Uidp),
    /// `uidp.childrenOf=/`: the topmost groups that the caller may see.
    Topmost,
    /// `uidp.descendantsOf=UIDP`: anywhere below it, without itself.
    DescendantsOf(Uidp),
    /// `uidp.inRoot=true`: organizations.
    InRoot,
}

/// The query of `GET /iam/v2/groups`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupQuery {
    /// Which part of the tree.
    pub scope: GroupScope,
    /// Exact name.
    pub name: Option<String>,
    /// Ours: a part of the name, in lower case.
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
        let mut scope = GroupScope::All;
        let mut set = |name: &str, found: GroupScope| {
            if scope != GroupScope::All {
                return Err(QueryError::Combined(name.to_owned()));
            }
            scope = found;
            Ok(())
        };
        if pairs
            .0
            .iter()
            .any(|(name, value)| name == "uidp.childrenOf" && value == "/")
        {
            pairs.take("uidp.childrenOf");
            set("uidp.childrenOf", GroupScope::Topmost)?;
        }
        if let Some(uid) = pairs.take_uidp("uidp.childrenOf")? {
            set("uidp.childrenOf", GroupScope::ChildrenOf(uid))?;
        }
        if let Some(uid) = pairs.take_uidp("uidp.descendantsOf")? {
            set("uidp.descendantsOf", GroupScope::DescendantsOf(uid))?;
        }
        if pairs.take_bool("uidp.inRoot")? {
            set("uidp.inRoot", GroupScope::InRoot)?;
        }
        let name = pairs.take("name").filter(|name| !name.is_empty());
        let page = PageQuery::take(&mut pairs)?;
        pairs.finish()?;
        Ok(Self {
            scope,
            name,
            search: None,
            page,
        })
    }

    /// The query string, with its `?` unless empty.
    pub fn to_query(&self) -> String {
        let mut pairs = Vec::new();
        match &self.scope {
            GroupScope::All => {}
            GroupScope::ChildrenOf(uid) => pairs.push(("uidp.childrenOf", uid.to_string())),
            GroupScope::Topmost => pairs.push(("uidp.childrenOf", "/".to_owned())),
            GroupScope::DescendantsOf(uid) => pairs.push(("uidp.descendantsOf", uid.to_string())),
            GroupScope::InRoot => pairs.push(("uidp.inRoot", "true".to_owned())),
        }
        if let Some(name) = &self.name {
            pairs.push(("name", name.clone()));
        }
        if let Some(search) = &self.search {
            pairs.push(("search", search.clone()));
        }
        self.page.put(&mut pairs);
        if pairs.is_empty() {
            return String::new();
        }
        let mut text = form_urlencoded::Serializer::for_suffix("?".to_owned(), 1);
        for (name, value) in pairs {
            text.append_pair(name, &value);
        }
        text.finish()
    }
}

/// The query of `PATCH /iam/v2/groups/UID`: which fields to write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MaskQuery(pub Option<Vec<String>>);

impl MaskQuery {
    /// Reads `updateMask=name,description` (or `*`); absent means: the fields that the body has.
    ///
    /// # Errors
    /// Any other parameter.
    pub fn parse(query: &str) -> Result<Self, QueryError> {
        let mut pairs = Pairs::parse(query)?;
        let mask = pairs
            .take("updateMask")
            .filter(|mask| !mask.is_empty())
            .map(|mask| mask.split(',').map(|path| path.trim().to_owned()).collect());
        pairs.finish()?;
        Ok(Self(mask))
    }
}

/// For endpoints without parameters.
///
/// # Errors
/// Any parameter at all.
pub fn expect_no_query(query: &str) -> Result<(), QueryError> {
    Pairs::parse(query)?.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_query_survives_the_wire() {
        let query = GroupQuery {
            scope: GroupScope::ChildrenOf(Uidp::root([9; 20])),
            name: Some("a b&c".into()),
            search: None,
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
        assert_eq!(query.scope, GroupScope::DescendantsOf(uid));
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
