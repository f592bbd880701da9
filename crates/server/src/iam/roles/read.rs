//! Get and list. Everyone who is signed in may read the built-in ones.

use axum::response::Response;
use bailiwick_api::RolePage;
use bailiwick_api::query::RoleQuery;
use bailiwick_store::{Caller, ListRoles, OrderField, RolesHandle};

use crate::app::App;
use crate::dispatch::Input;
use crate::error::Error;
use crate::iam::groups::searched;
use crate::iam::paging::{Asked, Orders, scope};
use crate::iam::roles::wire::{answer, wire};
use crate::json;

const ORDERS: Orders = &[
    ("uid", OrderField::Uid),
    ("name", OrderField::Name),
    ("create_time", OrderField::CreateTime),
];

pub(crate) async fn list(
    app: &App,
    roles: &RolesHandle<'_>,
    caller: &Caller,
    input: Input,
) -> Result<Response, Error> {
    let query = RoleQuery::parse(&input.query)?;
    let search = query.search.as_deref().map(searched).transpose()?;
    let question = format!(
        "roles {} {:?} {:?} {search:?} {:?}",
        caller.identity(),
        query.scope,
        query.name,
        query.bindable_at,
    );
    let asked = Asked::new(app, &query.page, ORDERS, &question)?;
    let page = roles
        .list(&ListRoles {
            scope: scope(query.scope),
            name: query.name,
            search,
            bindable_at: query.bindable_at,
            page: asked.page.clone(),
        })
        .await?;
    let answered = asked.answered(app, &page);
    Ok(json::ok(&RolePage {
        roles: page.rows.into_iter().map(wire).collect(),
        next_page_token: answered.next_page_token,
        total_count: answered.total_count,
        skipped: answered.skipped,
    }))
}

pub(crate) async fn get(roles: &RolesHandle<'_>, input: Input) -> Result<Response, Error> {
    Ok(answer(roles.get(&input.item()?).await?))
}
