//! `/iam/v2/roles`. Everyone who is signed in may read the built-in ones.

use axum::response::Response;
use bailiwick_api::query::{RoleQuery, Scope};
use bailiwick_api::{Role, RolePage};
use bailiwick_domain::BuiltInRole;
use bailiwick_store::{Caller, OrderField, Page, PageKey};

use crate::app::App;
use crate::dispatch::Input;
use crate::error::Error;
use crate::iam::paging::{Asked, Orders};
use crate::json;

const ORDERS: Orders = &[("uid", OrderField::Uid), ("name", OrderField::Name)];

pub(crate) fn list(app: &App, caller: &Caller, input: &Input) -> Result<Response, Error> {
    let query = RoleQuery::parse(&input.query)?;
    let question = format!(
        "roles {} {:?} {:?}",
        caller.identity(),
        query.scope,
        query.name
    );
    let asked = Asked::new(app, &query.page, ORDERS, &question)?;
    let mut roles: Vec<&BuiltInRole> = BuiltInRole::all()
        .iter()
        .filter(|role| is_in(&query.scope, role))
        .filter(|role| query.name.as_ref().is_none_or(|name| name == role.name))
        .collect();
    let by_name = asked.page.order.field == OrderField::Name;
    let key = |role: &&BuiltInRole| match by_name {
        true => role.name.to_owned(),
        false => role.uid().to_string(),
    };
    roles.sort_by_key(key);
    if asked.page.order.descending {
        roles.reverse();
    }
    let total = roles.len();
    if let Some(after) = &asked.page.after {
        let place = roles
            .iter()
            .position(|role| role.uid().as_str() == after.uid);
        roles.drain(..place.map_or(total, |place| place + 1));
    }
    let skip = roles.len().min(asked.page.skip as usize);
    roles.drain(..skip);
    let more = roles.len() > asked.page.size as usize;
    roles.truncate(asked.page.size as usize);
    let next = roles.last().filter(|_| more).map(|role| PageKey {
        value: key(role),
        uid: role.uid().to_string(),
    });
    let page = Page {
        next,
        total: Some(total as u64),
        rows: roles,
    };
    let answered = asked.answered(app, &page);
    Ok(json::ok(&RolePage {
        roles: page.rows.into_iter().map(wire).collect(),
        next_page_token: answered.next_page_token,
        total_count: answered.total_count,
        skipped: answered.skipped,
    }))
}

pub(crate) fn get(input: &Input) -> Result<Response, Error> {
    let role = BuiltInRole::by_uid(&input.item()?).ok_or_else(Error::no_such_role)?;
    Ok(json::ok(&wire(role)))
}

/// Built-in roles stand at the root.
fn is_in(scope: &Scope, role: &BuiltInRole) -> bool {
    match scope {
        Scope::All | Scope::InRoot | Scope::Topmost => true,
        Scope::ChildrenOf(_) | Scope::DescendantsOf(_) | Scope::AncestorsOf(_) => false,
        Scope::Ids(uids) => uids.contains(role.uid()),
    }
}

fn wire(role: &BuiltInRole) -> Role {
    Role {
        uid: role.uid().clone(),
        name: role.name.to_owned(),
        description: role.description.to_owned(),
        capabilities: role
            .capabilities
            .iter()
            .map(|capability| capability.enum_name())
            .collect(),
        create_time: None,
        update_time: None,
        title: role.title.to_owned(),
        capability_set: role.capabilities.to_wire(),
        group: None,
        built_in: true,
        reserved: role.reserved,
        etag: String::new(),
    }
}
