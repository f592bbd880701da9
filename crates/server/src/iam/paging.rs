//! What every list shares: the order, the page token and where a page ends.

use bailiwick_api::page::PageQuery;
use bailiwick_api::query;
use bailiwick_store::{Order, OrderField, Page, PageAsk, Scope};

use crate::app::App;
use crate::error::Error;
use crate::page_token::Position;

/// What a list can be sorted by. The first is the default.
pub(crate) type Orders = &'static [(&'static str, OrderField)];

/// A page that was asked for.
#[derive(Debug)]
pub(crate) struct Asked {
    /// For the store.
    pub(crate) page: PageAsk,
    /// What a page token is good for: this caller, this filter, this order.
    question: String,
    skipped: u32,
}

/// The paging part of an answer.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) next_page_token: String,
    pub(crate) total_count: Option<String>,
    pub(crate) skipped: i32,
}

impl Asked {
    /// Reads order and token. `question` says what is listed for whom.
    pub(crate) fn new(
        app: &App,
        query: &PageQuery,
        orders: Orders,
        question: &str,
    ) -> Result<Self, Error> {
        let order = order(query.order_by.as_deref(), orders)?;
        let question = format!("{question} {order:?}");
        let position = query
            .token
            .as_deref()
            .map(|token| app.page_tokens().open(token, &question, app.store().now()))
            .transpose()?;
        let before = position.as_ref().map_or(0, |position| position.skipped);
        Ok(Self {
            page: PageAsk {
                order,
                after: position.map(|position| position.key),
                size: query.size,
                skip: query.skip,
            },
            question,
            skipped: before.saturating_add(query.skip),
        })
    }

    /// What the answer says of `page`.
    pub(crate) fn answered<T>(&self, app: &App, page: &Page<T>) -> Answered {
        let now = app.store().now();
        let token = page.next.clone().map(|key| {
            let position = Position {
                key,
                skipped: self.skipped,
            };
            app.page_tokens().seal(position, &self.question, now)
        });
        Answered {
            next_page_token: token.unwrap_or_default(),
            total_count: page.total.map(|total| total.to_string()),
            skipped: i32::try_from(self.skipped).unwrap_or(i32::MAX),
        }
    }
}

fn order(text: Option<&str>, orders: Orders) -> Result<Order, Error> {
    let mut words = text.unwrap_or(orders[0].0).split_whitespace();
    let field = words.next().unwrap_or_default();
    let known = orders
        .iter()
        .find(|(name, _)| *name == field || camel_case(name) == field || other_name(name) == field);
    let descending = match words.next() {
        None | Some("asc") => Some(false),
        Some("desc") => Some(true),
        Some(_) => None,
    };
    match (known, descending, words.next()) {
        (Some((_, field)), Some(descending), None) => Ok(Order {
            field: *field,
            descending,
        }),
        _ => {
            let names: Vec<_> = orders.iter().map(|(name, _)| *name).collect();
            Err(Error::invalid(
                "orderBy",
                format!("must be one of {}, then asc or desc", names.join(", ")),
            ))
        }
    }
}

fn camel_case(name: &str) -> &str {
    match name {
        "create_time" => "createTime",
        "update_time" => "updateTime",
        "expire_time" => "expireTime",
        other => other,
    }
}

/// The name in the storage of the original, which its documentation sorts by.
fn other_name(name: &str) -> &str {
    match name {
        "create_time" => "created_at",
        "update_time" => "updated_at",
        other => other,
    }
}

/// From the wire to the store.
pub(crate) fn scope(scope: query::Scope) -> Scope {
    match scope {
        query::Scope::All => Scope::All,
        query::Scope::ChildrenOf(uid) => Scope::ChildrenOf(uid),
        query::Scope::Topmost => Scope::Topmost,
        query::Scope::DescendantsOf(uid) => Scope::DescendantsOf(uid),
        query::Scope::AncestorsOf(uid) => Scope::AncestorsOf(uid),
        query::Scope::InRoot => Scope::InRoot,
        query::Scope::Ids(uids) => Scope::Ids(uids),
    }
}
