//! Sessions of the console, whoami, and the providers to choose from: `/auth/…`.

pub(crate) mod session;

use axum::response::Response;
use bailiwick_api::session::{HeldRole, Named, Profile};
use bailiwick_api::{Provider, ProviderList, WhoAmI};
use bailiwick_store::{Caller, LiveSession};

use crate::app::App;
use crate::error::Error;
use crate::json;
use crate::wire_time::rfc3339;

/// `GET /auth/v1/ok`.
pub(crate) async fn who_am_i(
    app: &App,
    session: &LiveSession,
    request_id: &str,
) -> Result<Response, Error> {
    Ok(json::ok(&who(app, session, request_id).await?))
}

/// `GET /auth/providers`.
pub(crate) fn providers(app: &App) -> Response {
    let providers = app.config().providers.iter().map(|provider| Provider {
        id: provider.id.clone(),
        name: provider.name.clone(),
        host: provider.host(),
        development: provider.development,
    });
    json::ok(&ProviderList {
        providers: providers.collect(),
    })
}

/// Who the person of a session is and what they hold.
async fn who(app: &App, session: &LiveSession, request_id: &str) -> Result<WhoAmI, Error> {
    let caller = Caller::of_session(session, request_id);
    let held = app.store().held_bindings(&caller).await?;
    let issuer = app.config().origin();
    Ok(WhoAmI {
        audience: vec![issuer.clone()],
        issuer,
        subject: session.identity.clone(),
        expiry: rfc3339(session.expire_time),
        issued_at: rfc3339(session.create_time),
        email: session.email.clone(),
        profile: Profile {
            name: session.name.clone(),
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
