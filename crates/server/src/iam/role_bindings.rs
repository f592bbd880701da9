//! `/iam/v2/roleBindings`.

use axum::response::Response;
use bailiwick_api::query::RoleBindingQuery;
use bailiwick_api::role_binding::{BoundIdentity, Described};
use bailiwick_api::{RoleBinding, RoleBindingPage, RoleBindingWrite};
use bailiwick_domain::Uidp;
use bailiwick_store::{
    Caller, ListRoleBindings, NewBinding, OrderField, RoleBindingRow, RoleBindingsHandle,
};

use crate::app::App;
use crate::dispatch::Input;
use crate::error::Error;
use crate::iam::paging::{Asked, Orders, scope};
use crate::json;
use crate::wire_time::{parse_rfc3339, rfc3339};

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
    Ok(json::ok(&wire(bindings.get(&input.item()?).await?)))
}

pub(crate) async fn create(
    bindings: &RoleBindingsHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    let group = input.item()?;
    let body: RoleBindingWrite = json::read(&input.headers, input.body).await?;
    let binding = NewBinding {
        identity: uidp("identityUid", body.identity_uid.as_deref())?,
        role: uidp("roleUid", body.role_uid.as_deref())?,
        group,
        ends_at: body
            .expire_time
            .as_deref()
            .map(|text| {
                parse_rfc3339(text).ok_or_else(|| {
                    Error::invalid(
                        "expireTime",
                        "must be a time like 2027-01-31T12:00:00Z (RFC 3339)",
                    )
                })
            })
            .transpose()?,
    };
    if !binding.identity.is_root() {
        return Err(Error::invalid(
            "identityUid",
            "must be the UIDP of a person: 40 hex digits",
        ));
    }
    Ok(json::ok(&wire(bindings.create(binding).await?)))
}

pub(crate) async fn delete(
    bindings: &RoleBindingsHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    bindings.delete(input.item()?).await?;
    Ok(json::empty())
}

fn uidp(field: &str, text: Option<&str>) -> Result<Uidp, Error> {
    text.unwrap_or_default()
        .parse()
        .map_err(|_| Error::invalid(field, "must be a UIDP: 40 hex digits for people and roles"))
}

fn wire(row: RoleBindingRow) -> RoleBinding {
    let (role_name, role_description) = row
        .role_now
        .map(|role| (role.name.into_owned(), role.description.into_owned()))
        .unwrap_or_default();
    RoleBinding {
        uid: row.uid,
        identity: BoundIdentity {
            uid: row.identity.uid,
            name: row.identity.name,
            email: row.identity.email,
            issuer: row.identity.issuer,
            subject: row.identity.subject,
        },
        group: Described {
            uid: row.group,
            name: row.group_name,
            description: row.group_description,
        },
        role: Described {
            uid: row.role,
            name: role_name,
            description: role_description,
        },
        create_time: rfc3339(row.create_time),
        expire_time: row.ends_at.map(rfc3339),
        etag: String::new(),
    }
}
