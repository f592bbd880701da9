//! Many at once.

use axum::response::Response;
use bailiwick_api::role_binding::{BatchBindings, BatchBindingsWrite, CreateBinding};
use bailiwick_domain::{BINDING_BATCH_MAX, Uidp};
use bailiwick_store::{NewBinding, RoleBindingsHandle};

use crate::dispatch::Input;
use crate::error::Error;
use crate::iam::role_bindings::wire::wire;
use crate::iam::role_bindings::write::new;
use crate::json;

pub(crate) async fn create_batch(
    bindings: &RoleBindingsHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    let body: BatchBindingsWrite = json::read(&input.headers, input.body).await?;
    let rows = bindings.create_batch(read(body)?).await?;
    Ok(json::ok(&BatchBindings {
        role_bindings: rows.into_iter().map(wire).collect(),
    }))
}

/// All that is wrong is said at once.
fn read(body: BatchBindingsWrite) -> Result<Vec<NewBinding>, Error> {
    if body.requests.is_empty() || body.requests.len() > BINDING_BATCH_MAX {
        return Err(Error::invalid(
            "requests",
            format!("must be 1 to {BINDING_BATCH_MAX}"),
        ));
    }
    let (parent, role) = (body.parent.as_deref(), body.role_uid.as_deref());
    let mut bindings: Vec<NewBinding> = Vec::with_capacity(body.requests.len());
    let mut errors = Vec::new();
    for (at, request) in body.requests.into_iter().enumerate() {
        match one(&format!("requests[{at}]"), request, parent, role) {
            Ok(binding) => bindings.push(binding),
            Err(error) => errors.push(error),
        }
    }
    if let Some(error) = Error::all(errors) {
        return Err(error);
    }
    let organization = bindings.first().map(|first| first.group.organization());
    let other = bindings
        .iter()
        .position(|binding| Some(binding.group.organization()) != organization);
    match other {
        None => Ok(bindings),
        Some(at) => Err(Error::invalid(
            &format!("requests[{at}].parent"),
            "must be in the organization of the others",
        )),
    }
}

fn one(
    at: &str,
    request: CreateBinding,
    parent: Option<&str>,
    role: Option<&str>,
) -> Result<NewBinding, Error> {
    let mut body = request.role_binding;
    let group = agreed(&format!("{at}.parent"), request.parent.as_deref(), parent)?;
    let group: Uidp = group.unwrap_or_default().parse().map_err(|_| {
        Error::invalid(
            &format!("{at}.parent"),
            "must be the UIDP of a group: 40 hex digits, then /16 hex digits for every folder",
        )
    })?;
    let role = agreed(
        &format!("{at}.roleBinding.roleUid"),
        body.role_uid.as_deref(),
        role,
    )?;
    body.role_uid = role.map(str::to_owned);
    new(group, &body).map_err(|error| error.within(at, "roleBinding"))
}

/// What one request says, or all of them together; not both and differently (AIP-231).
fn agreed<'a>(
    field: &str,
    own: Option<&'a str>,
    common: Option<&'a str>,
) -> Result<Option<&'a str>, Error> {
    match (own, common) {
        (Some(own), Some(common)) if own != common => Err(Error::invalid(
            field,
            "differs from that of the whole: leave one of them out",
        )),
        (own, common) => Ok(own.or(common)),
    }
}
