//! `/iam/v2/groups`: read the input with the domain's constructors, make one call, answer.

use axum::response::Response;
use bailiwick_api::query::{GroupQuery, GroupScope, MaskQuery};
use bailiwick_api::{Group, GroupPage, GroupWrite, PathElement};
use bailiwick_domain::{Description, GroupName};
use bailiwick_store::{
    Caller, GroupChange, GroupRow, GroupsHandle, ListGroups, NewGroup, Order, OrderField, Scope,
};

use crate::app::App;
use crate::dispatch::Input;
use crate::error::Error;
use crate::json;
use crate::page_token::Position;
use crate::wire_time::rfc3339;

pub(crate) async fn list(
    app: &App,
    groups: &GroupsHandle<'_>,
    caller: &Caller,
    input: Input,
) -> Result<Response, Error> {
    let query = GroupQuery::parse(&input.query)?;
    if let Some(exact) = &query.name {
        name(exact)?;
    }
    let order = order(query.page.order_by.as_deref())?;
    let question = question(caller, &query, order);
    let now = app.store().now();
    let position = query
        .page
        .token
        .as_deref()
        .map(|token| app.page_tokens().open(token, &question, now))
        .transpose()?;
    let skipped = position.as_ref().map_or(0, |position| position.skipped);
    let page = groups
        .list(&ListGroups {
            scope: scope(query.scope),
            name: query.name,
            order,
            after: position.map(|position| position.key),
            size: query.page.size,
            skip: query.page.skip,
        })
        .await?;
    let skipped = skipped.saturating_add(query.page.skip);
    Ok(json::ok(&GroupPage {
        groups: page.groups.into_iter().map(wire).collect(),
        next_page_token: page.next.map_or_else(String::new, |key| {
            app.page_tokens()
                .seal(Position { key, skipped }, &question, now)
        }),
        total_count: page.total.map(|total| total.to_string()),
        skipped: i32::try_from(skipped).unwrap_or(i32::MAX),
    }))
}

pub(crate) async fn get(groups: &GroupsHandle<'_>, input: Input) -> Result<Response, Error> {
    Ok(json::ok(&wire(groups.get(&input.item()?).await?)))
}

pub(crate) async fn create(
    groups: &GroupsHandle<'_>,
    organizations_open: bool,
    input: Input,
) -> Result<Response, Error> {
    let body: GroupWrite = json::read(&input.headers, input.body).await?;
    let group = NewGroup {
        name: name(body.name.as_deref().unwrap_or_default())?,
        description: description(body.description.as_deref().unwrap_or_default())?,
    };
    let made = match input.uid {
        Some(parent) => groups.create_folder(parent, group).await?,
        None => {
            groups
                .create_organization(group, organizations_open)
                .await?
        }
    };
    Ok(json::ok(&wire(made)))
}

pub(crate) async fn update(groups: &GroupsHandle<'_>, input: Input) -> Result<Response, Error> {
    let uid = input.item()?;
    let MaskQuery(mask) = MaskQuery::parse(&input.query)?;
    let body: GroupWrite = json::read(&input.headers, input.body).await?;
    let change = change(&body, mask.as_deref())?;
    Ok(json::ok(&wire(groups.update(uid, change).await?)))
}

pub(crate) async fn delete(groups: &GroupsHandle<'_>, input: Input) -> Result<Response, Error> {
    groups.delete(input.item()?).await?;
    Ok(json::empty())
}

/// Which fields of `body` to write: those of the mask, `*` for all, without a mask those given.
fn change(body: &GroupWrite, mask: Option<&[String]>) -> Result<GroupChange, Error> {
    let (with_name, with_description) = match mask {
        None => (body.name.is_some(), body.description.is_some()),
        Some(paths) => {
            let known = ["*", "name", "description"];
            if let Some(path) = paths.iter().find(|path| !known.contains(&path.as_str())) {
                return Err(Error::invalid(
                    "updateMask",
                    format!("{path} cannot be changed: name and description can"),
                ));
            }
            let asks = |field: &str| paths.iter().any(|path| path == field || path == "*");
            (asks("name"), asks("description"))
        }
    };
    Ok(GroupChange {
        name: with_name
            .then(|| name(body.name.as_deref().unwrap_or_default()))
            .transpose()?,
        description: with_description
            .then(|| description(body.description.as_deref().unwrap_or_default()))
            .transpose()?,
    })
}

fn name(text: &str) -> Result<GroupName, Error> {
    text.parse()
        .map_err(|error: bailiwick_domain::NameError| Error::invalid("name", error.to_string()))
}

fn description(text: &str) -> Result<Description, Error> {
    text.parse()
        .map_err(|error: bailiwick_domain::DescriptionError| {
            Error::invalid("description", error.to_string())
        })
}

fn order(text: Option<&str>) -> Result<Order, Error> {
    let mut words = text.unwrap_or("uid").split_whitespace();
    let field = match words.next() {
        Some("uid") => OrderField::Uid,
        Some("name") => OrderField::Name,
        Some("create_time" | "createTime" | "created_at") => OrderField::CreateTime,
        Some("update_time" | "updateTime" | "updated_at") => OrderField::UpdateTime,
        _ => return Err(bad_order()),
    };
    let descending = match words.next() {
        None | Some("asc") => false,
        Some("desc") => true,
        Some(_) => return Err(bad_order()),
    };
    match words.next() {
        None => Ok(Order { field, descending }),
        Some(_) => Err(bad_order()),
    }
}

fn bad_order() -> Error {
    Error::invalid(
        "orderBy",
        "must be uid, name, create_time or update_time, then asc or desc",
    )
}

/// What a page token is good for: this caller, this filter, this order.
fn question(caller: &Caller, query: &GroupQuery, order: Order) -> String {
    format!(
        "{} {:?} {:?} {order:?}",
        caller.identity(),
        query.scope,
        query.name
    )
}

fn scope(scope: GroupScope) -> Scope {
    match scope {
        GroupScope::All => Scope::All,
        GroupScope::ChildrenOf(uid) => Scope::ChildrenOf(uid),
        GroupScope::Topmost => Scope::Topmost,
        GroupScope::DescendantsOf(uid) => Scope::DescendantsOf(uid),
        GroupScope::InRoot => Scope::InRoot,
    }
}

fn wire(row: GroupRow) -> Group {
    Group {
        uid: row.uid,
        name: row.name,
        description: row.description,
        create_time: rfc3339(row.create_time),
        update_time: rfc3339(row.update_time),
        path: row
            .path
            .into_iter()
            .map(|(uid, name)| PathElement { uid, name })
            .collect(),
        has_children: row.has_children,
    }
}
