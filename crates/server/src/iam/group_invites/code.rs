//! Inspect, accept and decline: by the code alone. It stands in the body, and in no log, error or
//! audit row.

use axum::response::Response;
use bailiwick_api::group_invite::{InviteRefusal, Inviter};
use bailiwick_api::{InviteAccepted, InviteCode, InvitePreview};
use bailiwick_domain::{
    AcceptInviteError, INVITE_CODE_LENGTH, INVITE_CODE_PREFIX, Refusal as _, masked,
};
use bailiwick_store::{Caller, Failure, InviterRow, Secret};

use crate::app::App;
use crate::dispatch::Input;
use crate::error::Error;
use crate::iam::group_invites::wire::{Detail, group, role};
use crate::json;
use crate::wire_time::rfc3339;

/// The longest text that is looked at.
const CODE_BYTES_MAX: usize = 200;

/// `caller` is whoever is signed in, if anyone is.
pub(crate) async fn inspect(
    app: &App,
    caller: Option<&Caller>,
    input: Input,
) -> Result<Response, Error> {
    let tried = Tried::read(app, input).await?;
    let inspected = app.store().invite_of(tried.code()?).inspect(caller).await;
    let inspected = tried.heed(inspected)?;
    let invite = inspected.invite;
    let role_now = invite
        .role_now
        .ok_or_else(|| Error::from(AcceptInviteError::RoleGone))?;
    Ok(json::ok(&InvitePreview {
        group: group(invite.group, invite.group_name, invite.path),
        role: role(role_now, Detail::All),
        inviter: match invite.inviter {
            InviterRow::Host => Inviter {
                host: true,
                ..Inviter::default()
            },
            InviterRow::Person { name, .. } => Inviter {
                name,
                ..Inviter::default()
            },
        },
        expiration_time: rfc3339(invite.expire_time),
        single_use: invite.single_use,
        binding_expire_time: invite.ends_at.map(rfc3339),
        email_is_yours: inspected.is_yours && invite.email.is_some(),
        email: invite.email.map(|email| match inspected.is_yours {
            true => email,
            false => masked(&email),
        }),
        acceptable: matches!(inspected.answer, Some(Ok(()))),
        refusal: match inspected.answer {
            Some(Err(refusal)) => Some(InviteRefusal {
                reason: refusal.reason().to_owned(),
                message: refusal.to_string(),
            }),
            _ => None,
        },
    }))
}

pub(crate) async fn accept(app: &App, caller: &Caller, input: Input) -> Result<Response, Error> {
    let tried = Tried::read(app, input).await?;
    let accepted = app.store().invite_of(tried.code()?).accept(caller).await;
    let accepted = tried.heed(accepted)?;
    let invite = accepted.invite;
    let role_now = invite
        .role_now
        .ok_or_else(|| Error::from(AcceptInviteError::RoleGone))?;
    Ok(json::ok(&InviteAccepted {
        group: group(invite.group, invite.group_name, invite.path),
        role: role(role_now, Detail::Less),
        role_binding_uid: accepted.binding,
    }))
}

pub(crate) async fn decline(app: &App, caller: &Caller, input: Input) -> Result<Response, Error> {
    let tried = Tried::read(app, input).await?;
    let declined = app.store().invite_of(tried.code()?).decline(caller).await;
    tried.heed(declined)?;
    Ok(json::empty())
}

/// A code that an address tries.
struct Tried<'a> {
    app: &'a App,
    from: crate::client_address::ClientAddress,
    text: String,
}

impl<'a> Tried<'a> {
    async fn read(app: &'a App, input: Input) -> Result<Self, Error> {
        app.attempts().may_try(input.from, app.store().now())?;
        let InviteCode { code: text } = json::read_secret(&input.headers, input.body).await?;
        if text.is_empty() || text.len() > CODE_BYTES_MAX {
            return Err(Error::invalid(
                "code",
                format!(
                    "must be what stands behind the # of the link: {INVITE_CODE_PREFIX} and 43 letters, digits, - or _"
                ),
            ));
        }
        Ok(Self {
            app,
            from: input.from,
            text,
        })
    }

    /// What cannot be a code is not even looked up.
    fn code(&self) -> Result<Secret, Error> {
        match self.text.len() == INVITE_CODE_LENGTH && self.text.starts_with(INVITE_CODE_PREFIX) {
            true => Ok(Secret::from_client(&self.text)),
            false => self.heed(Err(Failure::Rule(AcceptInviteError::Unknown))),
        }
    }

    /// Remembers that the code was wrong, if it was.
    fn heed<T>(&self, result: Result<T, Failure<AcceptInviteError>>) -> Result<T, Error> {
        if let Err(Failure::Rule(AcceptInviteError::Unknown)) = &result {
            let attempts = self.app.attempts();
            attempts.was_wrong(self.from, self.app.store().now());
        }
        result.map_err(Error::from)
    }
}
