//! Sessions of the console, whoami, what waits for a person's answer, and the providers to choose
//! from: `/auth/…`.

pub(crate) mod authorization;
mod browser;
pub(crate) mod device;
pub(crate) mod grants;
pub(crate) mod session;
pub(crate) mod sessions;

use axum::response::Response;
use bailiwick_api::session::{HeldRole, Named, Profile};
use bailiwick_api::{ClientName, Provider, ProviderList, WhoAmI};
use bailiwick_domain::Micros;
use bailiwick_store::{Caller, LiveSession};

use crate::app::App;
use crate::caller::Authenticated;
use crate::error::Error;
use crate::json;
use crate::wire_time::rfc3339;

/// `GET /auth/v1/ok`.
pub(crate) async fn who_am_i(
    app: &App,
    signed_in: &Authenticated,
    request_id: &str,
) -> Result<Response, Error> {
    let caller = signed_in.caller(request_id);
    let account = match signed_in {
        Authenticated::Session(signed_in) => Account::of_session(&signed_in.session),
        Authenticated::Client(grant) => Account {
            name: &grant.name,
            email: grant.email.as_deref(),
            create_time: grant.create_time,
            expire_time: grant.expire_time,
        },
    };
    Ok(json::ok(&who(app, &caller, account).await?))
}

/// What a sign-in knows of its person, and its own life.
struct Account<'a> {
    name: &'a str,
    email: Option<&'a str>,
    create_time: Micros,
    expire_time: Micros,
}

impl<'a> Account<'a> {
    fn of_session(session: &'a LiveSession) -> Self {
        Self {
            name: &session.name,
            email: session.email.as_deref(),
            create_time: session.create_time,
            expire_time: session.expire_time,
        }
    }
}

/// A client as people know it. One that has left the configuration has its id left.
fn client_name(app: &App, id: &str) -> ClientName {
    ClientName {
        id: id.to_owned(),
        name: match app.config().client(id) {
            Some(client) => client.name,
            None => id.to_owned(),
        },
    }
}

/// `GET /auth/providers`.
pub(crate) fn providers(app: &App) -> Response {
    let providers = app.config().providers.iter().map(|provider| Provider {
        id: provider.id.clone(),
        name: provider.name.clone(),
        host: provider.host(),
        development: provider.development,
        icon: provider
            .icon
            .map(|icon| icon.as_str().to_owned())
            .unwrap_or_default(),
        down: app.upstream().is_down(&provider.id),
    });
    json::ok(&ProviderList {
        providers: providers.collect(),
    })
}

/// Who somebody is and what they hold.
async fn who(app: &App, caller: &Caller, account: Account<'_>) -> Result<WhoAmI, Error> {
    let held = app.store().held_bindings(caller).await?;
    let issuer = app.config().origin();
    Ok(WhoAmI {
        audience: vec![issuer.clone()],
        issuer,
        subject: caller.identity().clone(),
        expiry: rfc3339(account.expire_time),
        issued_at: rfc3339(account.create_time),
        email: account.email.map(str::to_owned),
        profile: Profile {
            name: account.name.to_owned(),
        },
        capabilities: held
            .into_iter()
            .map(|held| HeldRole {
                group: Named {
                    uid: held.group,
                    name: held.group_name,
                },
                role: Named {
                    uid: held.role,
                    name: held.role_name.into_owned(),
                },
                binding: held.binding,
                capability_set: held.capabilities.to_wire(),
                ends_at: held.ends_at.map(|end| end.0),
            })
            .collect(),
    })
}
