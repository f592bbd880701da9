//! Query strings of the list endpoints. Names are accepted in camelCase and in snake_case; an
//! unknown or doubled parameter is an error, never silently dropped.

mod group_invites;
mod groups;
mod identities;
mod pairs;
mod role_bindings;
mod roles;
mod scope;

use thiserror::Error;

pub use group_invites::{GroupInviteQuery, parse_states};
pub use groups::GroupQuery;
pub use identities::{IdentityQuery, parse_group};
pub(crate) use pairs::Pairs;
pub use role_bindings::RoleBindingQuery;
pub use roles::RoleQuery;
use scope::IDS_MAX;
pub use scope::Scope;

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
    /// Not a list of states.
    #[error(
        "must be some of PENDING, EXPIRED, ACCEPTED, REVOKED and DECLINED, with commas between"
    )]
    State(String),
    /// Not a length of time.
    #[error("must be a time from 5 minutes to a year, as 24h, 7d or 2w")]
    Life(String),
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
            | Self::Bool(name)
            | Self::State(name)
            | Self::Life(name) => name,
        }
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
