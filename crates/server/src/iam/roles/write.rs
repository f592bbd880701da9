//! Create, update and delete.

use axum::response::Response;
use bailiwick_api::RoleWrite;
use bailiwick_api::query::MaskQuery;
use bailiwick_domain::{Capability, CapabilitySet, Uidp};
use bailiwick_store::{Failure, NewRole, RoleChange, RolesHandle};

use crate::dispatch::Input;
use crate::error::Error;
use crate::etag::if_match;
use crate::iam::groups::{description, name};
use crate::iam::roles::wire::{answer, wire};
use crate::json;

pub(crate) async fn create(roles: &RolesHandle<'_>, input: Input) -> Result<Response, Error> {
    let group = input.item()?;
    let body: RoleWrite = json::read(&input.headers, input.body).await?;
    Ok(answer(roles.create(new(group, &body)?).await?))
}

pub(crate) async fn update(roles: RolesHandle<'_>, input: Input) -> Result<Response, Error> {
    let uid = input.item()?;
    let roles = roles.if_match(if_match(&input.headers)?);
    let MaskQuery(mask) = MaskQuery::parse(&input.query)?;
    let body: RoleWrite = json::read(&input.headers, input.body).await?;
    let change = change(&body, mask.as_deref())?;
    match roles.update(uid.clone(), change).await {
        Ok(shown) => Ok(answer(shown)),
        Err(failure) => Err(refused(&roles, &uid, failure).await),
    }
}

pub(crate) async fn delete(roles: RolesHandle<'_>, input: Input) -> Result<Response, Error> {
    let uid = input.item()?;
    let roles = roles.if_match(if_match(&input.headers)?);
    match roles.delete(uid.clone()).await {
        Ok(()) => Ok(json::empty()),
        Err(failure) => Err(refused(&roles, &uid, failure).await),
    }
}

/// A refusal; if the role has changed, with the role as it is.
async fn refused<E: Into<Error>>(
    roles: &RolesHandle<'_>,
    uid: &Uidp,
    failure: Failure<E>,
) -> Error {
    let error = Error::from(failure);
    match error.is_stale() {
        true => error.with_present(roles.get(uid).await.ok().map(wire).as_ref()),
        false => error,
    }
}

/// The role that a body asks for.
pub(crate) fn new(group: Uidp, body: &RoleWrite) -> Result<NewRole, Error> {
    Ok(NewRole {
        group,
        name: name(body.name.as_deref().unwrap_or_default())?,
        description: description(body.description.as_deref().unwrap_or_default())?,
        capabilities: capabilities(body.capabilities.as_deref().unwrap_or_default())?,
    })
}

/// Which fields of `body` to write: those of the mask, `*` for all, without a mask those given.
pub(crate) fn change(body: &RoleWrite, mask: Option<&[String]>) -> Result<RoleChange, Error> {
    let known = ["*", "name", "description", "capabilities"];
    let asks = |field: &str, given: bool| match mask {
        None => given,
        Some(paths) => paths.iter().any(|path| path == field || path == "*"),
    };
    let unknown = mask
        .unwrap_or_default()
        .iter()
        .find(|path| !known.contains(&path.as_str()));
    if let Some(path) = unknown {
        return Err(Error::invalid(
            "updateMask",
            format!("{path} cannot be changed: name, description and capabilities can"),
        ));
    }
    Ok(RoleChange {
        name: asks("name", body.name.is_some())
            .then(|| name(body.name.as_deref().unwrap_or_default()))
            .transpose()?,
        description: asks("description", body.description.is_some())
            .then(|| description(body.description.as_deref().unwrap_or_default()))
            .transpose()?,
        capabilities: asks("capabilities", body.capabilities.is_some())
            .then(|| capabilities(body.capabilities.as_deref().unwrap_or_default()))
            .transpose()?,
    })
}

fn capabilities(names: &[String]) -> Result<CapabilitySet, Error> {
    if names.is_empty() {
        return Err(Error::invalid("capabilities", "Choose at least one."));
    }
    names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            Capability::from_name(name)
                .or_else(|| Capability::from_enum_name(name))
                .ok_or_else(|| {
                    Error::invalid(
                        &format!("capabilities[{at}]"),
                        "is no capability: GET /iam/v2/capabilities lists those there are",
                    )
                })
        })
        .collect()
}
