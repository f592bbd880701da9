//! What every list accepts: page size, page token, order and skip (AIP-158).

use bailiwick_domain::limits::{PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX};

use crate::query::{Pairs, QueryError};

/// The paging part of a list request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageQuery {
    /// 1 to 200; 0 and absence mean 50, more than 200 means 200.
    pub size: u32,
    /// Opaque; from the answer before.
    pub token: Option<String>,
    /// `field` or `field asc` or `field desc`.
    pub order_by: Option<String>,
    /// How many to leave out before the first one.
    pub skip: u32,
}

impl Default for PageQuery {
    fn default() -> Self {
        Self {
            size: PAGE_SIZE_DEFAULT,
            token: None,
            order_by: None,
            skip: 0,
        }
    }
}

impl PageQuery {
    /// Takes its parameters out of `pairs`.
    ///
    /// # Errors
    /// A number that is none or is negative.
    pub(crate) fn take(pairs: &mut Pairs) -> Result<Self, QueryError> {
        let size = match pairs.take_number("pageSize")? {
            None | Some(0) => PAGE_SIZE_DEFAULT,
            Some(size) => size.min(PAGE_SIZE_MAX),
        };
        Ok(Self {
            size,
            token: pairs.take("pageToken").filter(|token| !token.is_empty()),
            order_by: pairs.take("orderBy").filter(|order| !order.is_empty()),
            skip: pairs.take_number("skip")?.unwrap_or(0),
        })
    }

    pub(crate) fn put(&self, pairs: &mut Vec<(&'static str, String)>) {
        if self.size != PAGE_SIZE_DEFAULT {
            pairs.push(("pageSize", self.size.to_string()));
        }
        if let Some(token) = &self.token {
            pairs.push(("pageToken", token.clone()));
        }
        if let Some(order_by) = &self.order_by {
            pairs.push(("orderBy", order_by.clone()));
        }
        if self.skip > 0 {
            pairs.push(("skip", self.skip.to_string()));
        }
    }
}
