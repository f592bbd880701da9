//! Create, batch create, reissue, extend and revoke.

use std::time::Duration;

use axum::response::Response;
use bailiwick_api::group_invite::{BatchInvited, InviteRefusal};
use bailiwick_api::{BatchInvites, BatchInvitesWrite, GroupInviteWrite, InviteLife};
use bailiwick_domain::{
    INVITE_BATCH_MAX, Mailbox, Micros, Refusal as _, TTL_DEFAULT, Uidp, parse_ttl,
};
use bailiwick_store::{GroupInvitesHandle, NewInvite, NewInvites};

use crate::app::App;
use crate::dispatch::Input;
use crate::error::Error;
use crate::iam::group_invites::wire::{Detail, issued, wire};
use crate::json;
use crate::wire_time::parse_rfc3339;

/// The largest body of a batch: 500 addresses of the greatest length, and room.
const BATCH_BYTES_MAX: usize = 160 * 1024;
/// A text longer than this is not even told that it is no address.
const EMAIL_BYTES_MAX: usize = 1000;

pub(crate) async fn create(
    app: &App,
    invites: &GroupInvitesHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    let group = input.item()?;
    let body: GroupInviteWrite = json::read(&input.headers, input.body).await?;
    let email = body
        .email
        .filter(|email| !email.is_empty())
        .map(|email| email.parse::<Mailbox>())
        .transpose()
        .map_err(|error| Error::invalid("email", error.to_string()))?;
    let made = invites
        .create(NewInvite {
            group,
            role: role(body.role_uid.as_deref())?,
            email,
            life: life(body.ttl.as_deref())?.unwrap_or(TTL_DEFAULT),
            single_use: body.single_use,
            ends_at: end(body.binding_expire_time.as_deref())?,
        })
        .await?;
    Ok(json::ok(&issued(app, made, Detail::All)))
}

pub(crate) async fn create_batch(
    app: &App,
    invites: &GroupInvitesHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    let group = input.item()?;
    let body: BatchInvitesWrite =
        json::read_up_to(BATCH_BYTES_MAX, &input.headers, input.body).await?;
    let wrong = |message: String| Err(Error::invalid("emails", message));
    match body.emails.len() {
        0 => return wrong("name at least one address".to_owned()),
        1..=INVITE_BATCH_MAX => {}
        _ => {
            return wrong(format!(
                "at most {INVITE_BATCH_MAX} addresses at once: send the rest after"
            ));
        }
    }
    if body
        .emails
        .iter()
        .any(|email| email.len() > EMAIL_BYTES_MAX)
    {
        return wrong(format!("none may be longer than {EMAIL_BYTES_MAX} bytes"));
    }
    let results = invites
        .create_batch(NewInvites {
            group,
            role: role(body.role_uid.as_deref())?,
            emails: body.emails.iter().map(|email| email.parse()).collect(),
            life: life(body.ttl.as_deref())?.unwrap_or(TTL_DEFAULT),
            ends_at: end(body.binding_expire_time.as_deref())?,
        })
        .await?;
    let results = body.emails.into_iter().zip(results);
    Ok(json::ok(&BatchInvites {
        results: results
            .map(|(email, result)| match result {
                Ok(made) => BatchInvited {
                    email,
                    invite: Some(issued(app, made, Detail::Less)),
                    error: None,
                },
                Err(error) => BatchInvited {
                    email,
                    invite: None,
                    error: Some(InviteRefusal {
                        reason: error.reason().to_owned(),
                        message: error.to_string(),
                    }),
                },
            })
            .collect(),
    }))
}

pub(crate) async fn reissue(
    app: &App,
    invites: &GroupInvitesHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    let uid = input.item()?;
    let body: InviteLife = json::read(&input.headers, input.body).await?;
    let made = invites.reissue(uid, life(body.ttl.as_deref())?).await?;
    Ok(json::ok(&issued(app, made, Detail::All)))
}

pub(crate) async fn extend(
    app: &App,
    invites: &GroupInvitesHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    let uid = input.item()?;
    let body: InviteLife = json::read(&input.headers, input.body).await?;
    let life = life(Some(body.ttl.as_deref().unwrap_or_default()))?.unwrap_or(TTL_DEFAULT);
    let invite = invites.extend(uid, life).await?;
    Ok(json::ok(&wire(invite, app.store().now(), Detail::All)))
}

pub(crate) async fn delete(
    invites: &GroupInvitesHandle<'_>,
    input: Input,
) -> Result<Response, Error> {
    invites.revoke(input.item()?).await?;
    Ok(json::empty())
}

fn role(text: Option<&str>) -> Result<Uidp, Error> {
    text.unwrap_or_default()
        .parse()
        .map_err(|_| Error::invalid("roleUid", "must be the UIDP of a role: 40 hex digits"))
}

fn life(text: Option<&str>) -> Result<Option<Duration>, Error> {
    text.map(parse_ttl)
        .transpose()
        .map_err(|error| Error::invalid("ttl", error.to_string()))
}

fn end(text: Option<&str>) -> Result<Option<Micros>, Error> {
    let read = |text| {
        parse_rfc3339(text).ok_or_else(|| {
            Error::invalid(
                "bindingExpireTime",
                "must be a time like 2027-01-31T12:00:00Z (RFC 3339)",
            )
        })
    };
    text.map(read).transpose()
}
