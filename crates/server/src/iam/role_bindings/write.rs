//! Create, update and delete.

use axum::response::Response;
use bailiwick_api::RoleBindingWrite;
use bailiwick_domain::{Micros, Uidp};
use bailiwick_store::{BindingChange, Failure, NewBinding, RoleBindingsHandle};

use crate::dispatch::Input;
use crate::error::Error;
use crate::etag::if_match;
use crate::iam::role_bindings::wire::{answer, wire};
use crate::json;
use crate::wire_time::parse_rfc3339;

pub(crate) async fn create(
    bindings: &RoleBindingsHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    let group = input.item()?;
    let body: RoleBindingWrite = json::read(&input.headers, input.body).await?;
    Ok(answer(bindings.create(new(group, &body)?).await?))
}

pub(crate) async fn update(
    bindings: RoleBindingsHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    let uid = input.item()?;
    let bindings = bindings.if_match(if_match(&input.headers)?);
    let body: RoleBindingWrite = json::read(&input.headers, input.body).await?;
    match bindings.update(uid.clone(), change(&body)?).await {
        Ok(row) => Ok(answer(row)),
        Err(failure) => Err(refused(&bindings, &uid, failure).await),
    }
}

pub(crate) async fn delete(
    bindings: RoleBindingsHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    let uid = input.item()?;
    let bindings = bindings.if_match(if_match(&input.headers)?);
    match bindings.delete(uid.clone()).await {
        Ok(()) => Ok(json::empty()),
        Err(failure) => Err(refused(&bindings, &uid, failure).await),
    }
}

/// A refusal; if the binding has changed, with the binding as it is.
async fn refused<E: Into<Error>>(
    bindings: &RoleBindingsHandle<'_>,
    uid: &Uidp,
    failure: Failure<E>,
) -> Error {
    let error = Error::from(failure);
    match error.is_stale() {
        true => error.with_present(bindings.get(uid).await.ok().map(wire).as_ref()),
        false => error,
    }
}

/// The binding that a body asks for.
pub(crate) fn new(group: Uidp, body: &RoleBindingWrite) -> Result<NewBinding, Error> {
    Ok(NewBinding {
        identity: identity(body.identity_uid.as_deref().unwrap_or_default())?,
        role: role(body.role_uid.as_deref().unwrap_or_default())?,
        group,
        ends_at: end(body.expire_time.as_deref())?.flatten(),
    })
}

/// What a body changes: the fields that it has.
pub(crate) fn change(body: &RoleBindingWrite) -> Result<BindingChange, Error> {
    Ok(BindingChange {
        identity: body.identity_uid.as_deref().map(identity).transpose()?,
        role: body.role_uid.as_deref().map(role).transpose()?,
        ends_at: end(body.expire_time.as_deref())?,
    })
}

fn identity(text: &str) -> Result<Uidp, Error> {
    let uid: Option<Uidp> = text.parse().ok();
    uid.filter(Uidp::is_root)
        .ok_or_else(|| Error::invalid("identityUid", "must be the UIDP of a person: 40 hex digits"))
}

fn role(text: &str) -> Result<Uidp, Error> {
    text.parse().map_err(|_| {
        Error::invalid(
            "roleUid",
            "must be the UIDP of a role, as GET /iam/v2/roles lists them",
        )
    })
}

/// An end, or with an empty text that there is none.
fn end(text: Option<&str>) -> Result<Option<Option<Micros>>, Error> {
    match text {
        None => Ok(None),
        Some("") => Ok(Some(None)),
        Some(text) => parse_rfc3339(text)
            .map(|end| Some(Some(end)))
            .ok_or_else(|| {
                Error::invalid(
                    "expireTime",
                    "must be a time like 2027-01-31T12:00:00Z (RFC 3339), or empty for none",
                )
            }),
    }
}
