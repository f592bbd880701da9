//! `/iam/v2/groups`: read the input with the domain's constructors, make one call, answer.

use axum::response::Response;
use bailiwick_api::query::{GroupQuery, MaskQuery, parse_force};
use bailiwick_api::{Group, GroupPage, GroupSummary, GroupWrite, PathElement};
use bailiwick_domain::{Description, GROUP_NAME_MAX, GroupName, Uidp};
use bailiwick_store::{
    Caller, Deletion, Failure, GroupChange, GroupRow, GroupsHandle, ListGroups, NewGroup,
    OrderField,
};

use crate::app::App;
use crate::dispatch::Input;
use crate::error::Error;
use crate::etag::{if_match, tagged};
use crate::iam::paging::{Asked, Orders, scope};
use crate::json;
use crate::wire_time::rfc3339;

const ORDERS: Orders = &[
    ("uid", OrderField::Uid),
    ("name", OrderField::Name),
    ("create_time", OrderField::CreateTime),
    ("update_time", OrderField::UpdateTime),
];

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
    let search = query.search.as_deref().map(searched).transpose()?;
    let asked = Asked::new(
        app,
        &query.page,
        ORDERS,
        &format!(
            "groups {} {:?} {:?} {search:?}",
            caller.identity(),
            query.scope,
            query.name
        ),
    )?;
    let page = groups
        .list(&ListGroups {
            scope: scope(query.scope),
            name: query.name,
            search,
            page: asked.page.clone(),
        })
        .await?;
    let answered = asked.answered(app, &page);
    Ok(json::ok(&GroupPage {
        groups: page.rows.into_iter().map(wire).collect(),
        next_page_token: answered.next_page_token,
        total_count: answered.total_count,
        skipped: answered.skipped,
    }))
}

pub(crate) async fn get(groups: &GroupsHandle<'_>, input: Input) -> Result<Response, Error> {
    Ok(answer(groups.get(&input.item()?).await?))
}

pub(crate) async fn create(
    groups: &GroupsHandle<'_>,
    organizations_open: bool,
    input: Input,
) -> Result<Response, Error> {
    let body: GroupWrite = json::read(&input.headers, input.body).await?;
    if body.device_sign_in.is_some() {
        return Err(Error::invalid(
            "deviceSignIn",
            "is changed once the organization is there",
        ));
    }
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
    Ok(answer(made))
}

pub(crate) async fn update(groups: GroupsHandle<'_>, input: Input) -> Result<Response, Error> {
    let uid = input.item()?;
    let groups = groups.if_match(if_match(&input.headers)?);
    let MaskQuery(mask) = MaskQuery::parse(&input.query)?;
    let body: GroupWrite = json::read(&input.headers, input.body).await?;
    let change = change(&body, mask.as_deref())?;
    match groups.update(uid.clone(), change).await {
        Ok(row) => Ok(answer(row)),
        Err(failure) => Err(refused(&groups, &uid, failure).await),
    }
}

pub(crate) async fn delete(groups: GroupsHandle<'_>, input: Input) -> Result<Response, Error> {
    let uid = input.item()?;
    let groups = groups.if_match(if_match(&input.headers)?);
    let deletion = match parse_force(&input.query)? {
        true => Deletion::Subtree,
        false => Deletion::Empty,
    };
    match groups.delete(uid.clone(), deletion).await {
        Ok(()) => Ok(json::empty()),
        Err(failure) => Err(refused(&groups, &uid, failure).await),
    }
}

/// A refusal; if the group has changed, with the group as it is.
async fn refused<E: Into<Error>>(
    groups: &GroupsHandle<'_>,
    uid: &Uidp,
    failure: Failure<E>,
) -> Error {
    let error = Error::from(failure);
    match error.is_stale() {
        true => error.with_present(groups.get(uid).await.ok().map(wire).as_ref()),
        false => error,
    }
}

pub(crate) async fn summary(groups: &GroupsHandle<'_>, input: Input) -> Result<Response, Error> {
    let summary = groups.summary(&input.item()?).await?;
    Ok(json::ok(&GroupSummary {
        child_count: summary.children.to_string(),
        descendant_count: summary.descendants.to_string(),
        role_binding_count: summary.bound.map(|(bindings, _)| bindings.to_string()),
        identity_count: summary.bound.map(|(_, people)| people.to_string()),
    }))
}

/// Which fields of `body` to write: those of the mask, `*` for all, without a mask those given.
fn change(body: &GroupWrite, mask: Option<&[String]>) -> Result<GroupChange, Error> {
    let (with_name, with_description, with_device) = match mask {
        None => (body.name.is_some(), body.description.is_some(), true),
        Some(paths) => {
            let known = ["*", "name", "description", "deviceSignIn", "device_sign_in"];
            if let Some(path) = paths.iter().find(|path| !known.contains(&path.as_str())) {
                return Err(Error::invalid(
                    "updateMask",
                    format!("{path} cannot be changed: name, description and deviceSignIn can"),
                ));
            }
            let asks = |field: &str| paths.iter().any(|path| path == field || path == "*");
            let device = asks("deviceSignIn") || asks("device_sign_in");
            (asks("name"), asks("description"), device)
        }
    };
    Ok(GroupChange {
        name: with_name
            .then(|| name(body.name.as_deref().unwrap_or_default()))
            .transpose()?,
        description: with_description
            .then(|| description(body.description.as_deref().unwrap_or_default()))
            .transpose()?,
        // There is no default to go back to by leaving it out: what is not said stays.
        device_sign_in: body.device_sign_in.filter(|_| with_device),
    })
}

pub(super) fn name(text: &str) -> Result<GroupName, Error> {
    text.parse()
        .map_err(|error: bailiwick_domain::NameError| Error::invalid("name", error.to_string()))
}

pub(super) fn description(text: &str) -> Result<Description, Error> {
    text.parse()
        .map_err(|error: bailiwick_domain::DescriptionError| {
            Error::invalid("description", error.to_string())
        })
}

/// A part of a name: typed in any case, and never longer than a name.
pub(super) fn searched(text: &str) -> Result<String, Error> {
    let text = GroupName::suggest(text.trim());
    if text.chars().count() > GROUP_NAME_MAX {
        return Err(Error::invalid(
            "search",
            format!("has more than {GROUP_NAME_MAX} characters: no name is that long"),
        ));
    }
    if text.contains('\0') {
        return Err(Error::invalid("search", "has a NUL, which no name has"));
    }
    Ok(text)
}

/// One group, with its tag as a header too.
fn answer(row: GroupRow) -> Response {
    let group = wire(row);
    tagged(json::ok(&group), &group.etag)
}

fn wire(row: GroupRow) -> Group {
    let is_organization = row.uid.depth() == 1;
    let device_sign_in = is_organization.then_some(row.device_sign_in);
    Group {
        etag: row.etag(),
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
        device_sign_in,
    }
}
