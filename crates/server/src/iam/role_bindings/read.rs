//! Get and list.

use axum::response::Response;
use bailiwick_api::RoleBindingPage;
use bailiwick_api::query::RoleBindingQuery;
use bailiwick_store::{Caller, ListRoleBindings, OrderField, RoleBindingsHandle};

use crate::app::App;
use crate::dispatch::Input;
use crate::error::Error;
use crate::iam::paging::{Asked, Orders, scope};
use crate::iam::role_bindings::wire::{answer, wire};
use crate::json;

const ORDERS: Orders = &[
    ("uid", OrderField::Uid),
    ("create_time", OrderField::CreateTime),
];

pub(crate) async fn list(
    app: &App,
    bindings: &RoleBindingsHandle<'_>,
    caller: &Caller,
    input: Input,
) -> Result<Response, Error> {
    let query = RoleBindingQuery::parse(&input.query)?;
    let question = format!(
        "role bindings {} {:?} {:?} {:?} {:?}",
        caller.identity(),
        query.scope,
        query.identity,
        query.group,
        query.role
    );
    let asked = Asked::new(app, &query.page, ORDERS, &question)?;
    let page = bindings
        .list(&ListRoleBindings {
            scope: scope(query.scope),
            identity: query.identity,
            group: query.group,
            role: query.role,
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
