//! Query strings of the list endpoints. Names are accepted in camelCase and in snake_case; an
//! unknown or doubled parameter is an error, never silently dropped.

use bailiwick_domain::Uidp;
use bailiwick_domain::limits::PAGE_SIZE_MAX;
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
    /// More ids than a page holds.
    #[error("names more than {max} ids: ask for them in parts", max = IDS_MAX)]
    TooMany(String),
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
            | Self::TooMany(name)
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
            if camel != IDS && pairs.iter().any(|(known, _)| *known == camel) {
                return Err(QueryError::Doubled(name.into_owned()));
            }
            pairs.push((camel, value.into_owned()));
        }
        Ok(Self(pairs))
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.0
            .iter()
            .any(|(known, given)| known == name && given == value)
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

    fn take_ids(&mut self) -> Result<Vec<Uidp>, QueryError> {
        let mut ids = Vec::new();
        while let Some(uid) = self.take_uidp(IDS)? {
            ids.push(uid);
        }
        if ids.len() > IDS_MAX {
            return Err(QueryError::TooMany(IDS.to_owned()));
        }
        Ok(ids)
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
    fn take(pairs: &mut Pairs) -> Result<Self, QueryError> {
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

    fn put(&self, pairs: &mut Vec<(&'static str, String)>) {
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
const IDS: &str = "uidp.ids";
/// How many ids `uidp.ids` may name: a page.
const IDS_MAX: usize = PAGE_SIZE_MAX as usize;

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
}

/// Whether a deletion takes everything below with it: `DELETE …?force=true` (AIP-135).
///
/// # Errors
/// Any other parameter.
pub fn parse_force(query: &str) -> Result<bool, QueryError> {
    let mut pairs = Pairs::parse(query)?;
    let force = pairs.take_bool("force")?;
    pairs.finish()?;
    Ok(force)
}

fn to_query(pairs: Vec<(&'static str, String)>) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let mut text = form_urlencoded::Serializer::for_suffix("?".to_owned(), 1);
    for (name, value) in pairs {
        text.append_pair(name, &value);
    }
    text.finish()
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
