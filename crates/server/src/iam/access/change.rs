//! `POST /iam/v2/access:preview` and `access:apply`.

use axum::response::Response;
use bailiwick_api::Changes;
use bailiwick_api::access::{Change, ChangeCreate, ChangeDelete, ChangeUpdate};
use bailiwick_domain::{CHANGES_MAX, Uidp};
use bailiwick_store::{AccessChange, ChangesHandle};

use crate::dispatch::Input;
use crate::error::Error;
use crate::iam::access::effect::wire;
use crate::iam::{role_bindings, roles};
use crate::json;

/// Judges the changes of a body, or with `applies` makes them.
pub(crate) async fn change(
    changes: &ChangesHandle<'_>,
    caller: &Uidp,
    applies: bool,
    input: Input,
) -> Result<Response, Error> {
    let body: Changes = json::read(&input.headers, input.body).await?;
    if body.changes.is_empty() || body.changes.len() > CHANGES_MAX {
        return Err(Error::invalid(
            "changes",
            format!("must hold 1 to {CHANGES_MAX} changes"),
        ));
    }
    let mut all = Vec::new();
    for (index, one) in body.changes.iter().enumerate() {
        let read = read(one);
        all.push(read.map_err(|(part, error)| error.within(&format!("changes[{index}]"), part))?);
    }
    let organization = all[0].organization();
    let elsewhere = all
        .iter()
        .position(|one| one.organization() != organization);
    if let Some(index) = elsewhere {
        return Err(Error::invalid(
            &format!("changes[{index}]"),
            "is in another organization than the first: send them apart",
        ));
    }
    let revision = body.revision.as_deref().map(revision).transpose()?;
    let effect = match applies {
        true => changes.apply(organization, all, revision).await?,
        false => changes.preview(organization, all).await?,
    };
    Ok(json::ok(&wire(effect, caller)))
}

fn revision(text: &str) -> Result<i64, Error> {
    text.parse()
        .map_err(|_| Error::invalid("revision", "must be what access:preview answered"))
}

/// What is wrong, and in which part of the change.
type Wrong = (&'static str, Error);

fn read(change: &Change) -> Result<AccessChange, Wrong> {
    match (&change.create, &change.update, &change.delete) {
        (Some(create), None, None) => created(create),
        (None, Some(update), None) => updated(update),
        (None, None, Some(delete)) => deleted(delete).map_err(|error| ("delete", error)),
        _ => Err(("", one_of("create, update and delete"))),
    }
}

fn created(create: &ChangeCreate) -> Result<AccessChange, Wrong> {
    let parent = uidp("parent", &create.parent).map_err(|error| ("create", error))?;
    match (&create.role_binding, &create.role) {
        (Some(body), None) => role_bindings::new(parent, body)
            .map(AccessChange::CreateBinding)
            .map_err(|error| ("create.roleBinding", error)),
        (None, Some(body)) => roles::new(parent, body)
            .map(AccessChange::CreateRole)
            .map_err(|error| ("create.role", error)),
        _ => Err(("create", one_of("roleBinding and role"))),
    }
}

fn updated(update: &ChangeUpdate) -> Result<AccessChange, Wrong> {
    let uid = uidp("uid", &update.uid).map_err(|error| ("update", error))?;
    match (&update.role_binding, &update.role) {
        (Some(body), None) => role_bindings::change(body)
            .map(|change| AccessChange::UpdateBinding(uid, change))
            .map_err(|error| ("update.roleBinding", error)),
        (None, Some(body)) => roles::change(body, None)
            .map(|change| AccessChange::UpdateRole(uid, change))
            .map_err(|error| ("update.role", error)),
        _ => Err(("update", one_of("roleBinding and role"))),
    }
}

fn deleted(delete: &ChangeDelete) -> Result<AccessChange, Error> {
    match (&delete.role_binding, &delete.role, &delete.identity) {
        (Some(uid), None, None) => uidp("roleBinding", uid).map(AccessChange::DeleteBinding),
        (None, Some(uid), None) => uidp("role", uid).map(AccessChange::DeleteRole),
        (None, None, Some(uid)) => Ok(AccessChange::RemoveIdentity {
            identity: uidp("identity", uid)?,
            group: uidp("parent", delete.parent.as_deref().unwrap_or_default())?,
        }),
        _ => Err(one_of("roleBinding, role and identity")),
    }
}

fn one_of(what: &str) -> Error {
    Error::invalid("", format!("must have exactly one of {what}"))
}

fn uidp(field: &str, text: &str) -> Result<Uidp, Error> {
    text.parse()
        .map_err(|_| Error::invalid(field, "must be a UIDP"))
}
