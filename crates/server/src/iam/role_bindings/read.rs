//! Get and list.

use axum::response::Response;
use bailiwick_api::RoleBindingPage;
use bailiwick_api::query::RoleBindingQuery;
use bailiwick_domain::{EMAIL_MAX, parse_ttl};
use bailiwick_store::{Caller, ListRoleBindings, OrderField, Reaching, RoleBindingsHandle};

use crate::app::App;
use crate::dispatch::Input;
use crate::error::Error;
use crate::iam::paging::{Asked, Orders, scope};
use crate::iam::role_bindings::wire::{answer, wire};
use crate::json;

const ORDERS: Orders = &[
    ("uid", OrderField::Uid),
    ("create_time", OrderField::CreateTime),
    ("expire_time", OrderField::ExpireTime),
    ("identity", OrderField::Identity),
    ("role", OrderField::Role),
];

pub(crate) async fn list(
    app: &App,
    bindings: &RoleBindingsHandle<'_>,
    caller: &Caller,
    input: Input,
) -> Result<Response, Error> {
    let query = RoleBindingQuery::parse(&input.query)?;
    let search = query.search.as_deref().map(searched).transpose()?;
    let question = format!(
        "role bindings {} {:?} {:?} {:?} {:?} {:?} {} {search:?} {:?}",
        caller.identity(),
        query.scope,
        query.identity,
        query.group,
        query.role,
        query.reaching,
        query.inherited,
        query.ending_within,
    );
    let asked = Asked::new(app, &query.page, ORDERS, &question)?;
    let page = bindings
        .list(&ListRoleBindings {
            scope: scope(query.scope),
            identity: query.identity,
            group: query.group,
            role: query.role,
            reaching: match (query.reaching, query.inherited) {
                (Some(group), false) => Some(Reaching::Group(group)),
                (Some(group), true) => Some(Reaching::Inherited(group)),
                (None, false) => None,
                (None, true) => {
                    return Err(Error::invalid(
                        "inherited",
                        "takes the parameter reaching too",
                    ));
                }
            },
            search,
            ending_within: query.ending_within.and_then(|text| parse_ttl(&text).ok()),
            page: asked.page.clone(),
        })
        .await?;
    let answered = asked.answered(app, &page);
    Ok(json::ok(&RoleBindingPage {
        role_bindings: page.rows.into_iter().map(wire).collect(),
        next_page_token: answered.next_page_token,
        total_count: answered.total_count,
        skipped: answered.skipped,
    }))
}

pub(crate) async fn get(
    bindings: &RoleBindingsHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    Ok(answer(bindings.get(&input.item()?).await?))
}

/// A part of a name or an address: typed in any case, and never longer than an address.
fn searched(text: &str) -> Result<String, Error> {
    let text = text.trim().to_lowercase();
    if text.len() > EMAIL_MAX || text.contains(char::is_control) {
        return Err(Error::invalid(
            "search",
            format!(
                "must be a part of a name or an address: at most {EMAIL_MAX} bytes on one line"
            ),
        ));
    }
    Ok(text)
}
