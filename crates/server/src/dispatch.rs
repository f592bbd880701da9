//! From a request to its operation: find the route, say who asks, call the handler. The match over
//! [`RouteId`] has an arm for every operation, so a route without a handler does not compile.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use bailiwick_api::query::expect_no_query;
use bailiwick_api::routes::{NoRoute, resolve};
use bailiwick_api::{Matched, Method, Route, RouteId};
use bailiwick_domain::Uidp;
use bailiwick_store::Caller;
use http::HeaderMap;

use crate::app::App;
use crate::caller::{Authenticated, SignedIn, authenticate};
use crate::client_address::ClientAddress;
use crate::error::Error;
use crate::request::RequestId;
use crate::{auth, iam};

/// What a handler gets of the request.
pub(crate) struct Input {
    pub(crate) uid: Option<Uidp>,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) request_id: String,
    pub(crate) from: ClientAddress,
}

impl Input {
    /// The UIDP of an item's path; the route table says that it is there.
    pub(crate) fn item(&self) -> Result<Uidp, Error> {
        self.uid.clone().ok_or_else(Error::no_such_path)
    }
}

/// Handles every request of the route table.
pub(crate) async fn handle(State(app): State<App>, request: Request) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(|id| id.0.clone())
        .unwrap_or_default();
    match operate(&app, request, &id).await {
        Ok(response) => response,
        Err(error) => error.into_response(&id),
    }
}

/// Whatever stands outside the route table is for reading alone.
pub(crate) async fn only_get(Extension(RequestId(id)): Extension<RequestId>) -> Response {
    Error::from(NoRoute::Method(vec![Method::Get])).into_response(&id)
}

/// An endpoint of the issuer that takes forms alone.
pub(crate) async fn only_post(Extension(RequestId(id)): Extension<RequestId>) -> Response {
    Error::from(NoRoute::Method(vec![Method::Post])).into_response(&id)
}

async fn operate(app: &App, request: Request, request_id: &str) -> Result<Response, Error> {
    let method = Method::parse(request.method().as_str()).ok_or_else(Error::unknown_method)?;
    let Matched { id, uid } = resolve(method, request.uri().path())?;
    let from = ClientAddress::of(app, &request);
    let (parts, body) = request.into_parts();
    let signed_in = authenticate(app, Route::of(id), &parts.headers).await?;
    if let Some(signed_in) = &signed_in {
        app.limits().ask(signed_in.identity(), app.store().now())?;
    }
    let input = Input {
        uid,
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body,
        request_id: request_id.to_owned(),
        from,
    };
    if !takes_parameters(id) {
        expect_no_query(&input.query)?;
    }
    match id {
        RouteId::ListGroups
        | RouteId::GetGroup
        | RouteId::CreateGroup
        | RouteId::UpdateGroup
        | RouteId::DeleteGroup
        | RouteId::SummarizeGroup => {
            let caller = caller(signed_in.as_ref(), request_id)?;
            groups(app, id, &caller, input).await
        }
        RouteId::ListRoleBindings
        | RouteId::GetRoleBinding
        | RouteId::CreateRoleBinding
        | RouteId::BatchCreateRoleBindings
        | RouteId::UpdateRoleBinding
        | RouteId::DeleteRoleBinding => {
            let caller = caller(signed_in.as_ref(), request_id)?;
            role_bindings(app, id, &caller, input).await
        }
        RouteId::ListGroupInvites
        | RouteId::GetGroupInvite
        | RouteId::CreateGroupInvite
        | RouteId::BatchCreateGroupInvites
        | RouteId::DeleteGroupInvite
        | RouteId::ReissueGroupInvite
        | RouteId::ExtendGroupInvite => {
            let caller = caller(signed_in.as_ref(), request_id)?;
            group_invites(app, id, &caller, input).await
        }
        RouteId::InspectGroupInvite => {
            let caller = signed_in.map(|signed_in| signed_in.caller(request_id));
            iam::group_invites::inspect(app, caller.as_ref(), input).await
        }
        RouteId::AcceptGroupInvite => {
            let caller = caller(signed_in.as_ref(), request_id)?;
            iam::group_invites::accept(app, &caller, input).await
        }
        RouteId::DeclineGroupInvite => {
            let caller = caller(signed_in.as_ref(), request_id)?;
            iam::group_invites::decline(app, &caller, input).await
        }
        RouteId::ListRoles
        | RouteId::GetRole
        | RouteId::CreateRole
        | RouteId::UpdateRole
        | RouteId::DeleteRole => {
            let caller = caller(signed_in.as_ref(), request_id)?;
            roles(app, id, &caller, input).await
        }
        RouteId::ListCapabilities => Ok(iam::capabilities::list()),
        RouteId::ListIdentities | RouteId::GetIdentity | RouteId::RemoveIdentity => {
            let caller = caller(signed_in.as_ref(), request_id)?;
            identities(app, id, &caller, input).await
        }
        RouteId::PreviewAccess | RouteId::ApplyAccess => {
            let caller = caller(signed_in.as_ref(), request_id)?;
            let changes = app.store().changes(&caller);
            iam::access::change(
                &changes,
                caller.identity(),
                id == RouteId::ApplyAccess,
                input,
            )
            .await
        }
        RouteId::ExplainAccess => {
            let caller = caller(signed_in.as_ref(), request_id)?;
            iam::access::explain(app, &app.store().explain(&caller), &caller, input).await
        }
        RouteId::CheckAccess => {
            let caller = caller(signed_in.as_ref(), request_id)?;
            iam::access::check(&app.store().checks(&caller), input).await
        }
        RouteId::WhoAmI => {
            let signed_in = signed_in.ok_or_else(Error::signed_out)?;
            auth::who_am_i(app, &signed_in, request_id).await
        }
        RouteId::GetSession => {
            let session = signed_in.and_then(Authenticated::session);
            auth::session::get(app, session, request_id).await
        }
        RouteId::CreateSession => {
            let session = signed_in.and_then(Authenticated::session);
            auth::session::create(app, session, input).await
        }
        RouteId::DeleteSession => {
            auth::session::delete(app, &session(signed_in)?, request_id).await
        }
        RouteId::ListSessions => auth::sessions::list(app, &session(signed_in)?, request_id).await,
        RouteId::EndSession => {
            let id = input.item()?;
            auth::sessions::delete(app, &session(signed_in)?, &id, request_id).await
        }
        RouteId::EndOtherSessions => {
            auth::sessions::end_others(app, &session(signed_in)?, request_id).await
        }
        RouteId::InspectAuthorization => {
            auth::authorization::inspect(app, &session(signed_in)?, input).await
        }
        RouteId::AllowAuthorization | RouteId::DenyAuthorization => {
            let allows = id == RouteId::AllowAuthorization;
            auth::authorization::decide(app, &session(signed_in)?, allows, input).await
        }
        RouteId::InspectDevice => auth::device::inspect(app, &session(signed_in)?, input).await,
        RouteId::ApproveDevice | RouteId::DenyDevice => {
            let approves = id == RouteId::ApproveDevice;
            auth::device::decide(app, &session(signed_in)?, approves, input).await
        }
        RouteId::ListClientGrants => {
            let caller = caller(signed_in.as_ref(), request_id)?;
            auth::grants::list(app, &caller).await
        }
        RouteId::DeleteClientGrant => {
            let caller = caller(signed_in.as_ref(), request_id)?;
            auth::grants::delete(app, &caller, &input.item()?).await
        }
        RouteId::ListProviders => Ok(auth::providers(app)),
    }
}

/// All that these handlers get to see of the store is a handle of the caller's.
async fn groups(app: &App, id: RouteId, caller: &Caller, input: Input) -> Result<Response, Error> {
    let groups = app.store().groups(caller);
    match id {
        RouteId::ListGroups => iam::groups::list(app, &groups, caller, input).await,
        RouteId::CreateGroup => iam::groups::create(&groups, app.organizations_open(), input).await,
        RouteId::UpdateGroup => iam::groups::update(groups, input).await,
        RouteId::DeleteGroup => iam::groups::delete(groups, input).await,
        RouteId::SummarizeGroup => iam::groups::summary(&groups, input).await,
        _ => iam::groups::get(&groups, input).await,
    }
}

async fn roles(app: &App, id: RouteId, caller: &Caller, input: Input) -> Result<Response, Error> {
    let roles = app.store().roles(caller);
    match id {
        RouteId::ListRoles => iam::roles::list(app, &roles, caller, input).await,
        RouteId::CreateRole => iam::roles::create(&roles, input).await,
        RouteId::UpdateRole => iam::roles::update(roles, input).await,
        RouteId::DeleteRole => iam::roles::delete(roles, input).await,
        _ => iam::roles::get(&roles, input).await,
    }
}

async fn role_bindings(
    app: &App,
    id: RouteId,
    caller: &Caller,
    input: Input,
) -> Result<Response, Error> {
    let bindings = app.store().role_bindings(caller);
    match id {
        RouteId::ListRoleBindings => iam::role_bindings::list(app, &bindings, caller, input).await,
        RouteId::CreateRoleBinding => iam::role_bindings::create(&bindings, input).await,
        RouteId::BatchCreateRoleBindings => {
            iam::role_bindings::create_batch(&bindings, input).await
        }
        RouteId::UpdateRoleBinding => iam::role_bindings::update(bindings, input).await,
        RouteId::DeleteRoleBinding => iam::role_bindings::delete(bindings, input).await,
        _ => iam::role_bindings::get(&bindings, input).await,
    }
}

async fn identities(
    app: &App,
    id: RouteId,
    caller: &Caller,
    input: Input,
) -> Result<Response, Error> {
    let identities = app.store().identities(caller);
    match id {
        RouteId::ListIdentities => iam::identities::list(app, &identities, caller, input).await,
        RouteId::RemoveIdentity => iam::identities::remove(&identities, input).await,
        _ => iam::identities::get(app, &identities, input).await,
    }
}

async fn group_invites(
    app: &App,
    id: RouteId,
    caller: &Caller,
    input: Input,
) -> Result<Response, Error> {
    let invites = app.store().group_invites(caller);
    match id {
        RouteId::ListGroupInvites => iam::group_invites::list(app, &invites, caller, input).await,
        RouteId::CreateGroupInvite => iam::group_invites::create(app, &invites, input).await,
        RouteId::BatchCreateGroupInvites => {
            iam::group_invites::create_batch(app, &invites, input).await
        }
        RouteId::DeleteGroupInvite => iam::group_invites::delete(&invites, input).await,
        RouteId::ReissueGroupInvite => iam::group_invites::reissue(app, &invites, input).await,
        RouteId::ExtendGroupInvite => iam::group_invites::extend(app, &invites, input).await,
        _ => iam::group_invites::get(app, &invites, input).await,
    }
}

/// Whether the operation reads the query string itself. All others refuse any parameter.
fn takes_parameters(id: RouteId) -> bool {
    matches!(
        id,
        RouteId::ListGroups
            | RouteId::UpdateGroup
            | RouteId::DeleteGroup
            | RouteId::ListRoles
            | RouteId::UpdateRole
            | RouteId::ListRoleBindings
            | RouteId::ListIdentities
            | RouteId::GetIdentity
            | RouteId::ListGroupInvites
            | RouteId::GetGroupInvite
    )
}

fn caller(signed_in: Option<&Authenticated>, request_id: &str) -> Result<Caller, Error> {
    let signed_in = signed_in.ok_or_else(Error::signed_out)?;
    Ok(signed_in.caller(request_id))
}

/// For what is asked of a person at the console alone.
fn session(signed_in: Option<Authenticated>) -> Result<SignedIn, Error> {
    signed_in
        .and_then(Authenticated::session)
        .ok_or_else(Error::signed_out)
}
