//! `GET /openapi.json`, made from the route table and the wire types.

use axum::Router;
use axum::routing::get;
use bailiwick_api::routes::{Access, ROUTES, Route, Shape};
use bailiwick_api::{
    AuthorizationAnswer, AuthorizationId, AuthorizationRequest, BatchBindings, BatchBindingsWrite,
    BatchInvites, BatchInvitesWrite, CapabilityList, Changes, CheckAnswer, CheckAnswers,
    CheckRequest, ClientGrantList, ConsoleSessionList, DeviceRequest, DeviceUserCode,
    ExplainRequest, Explanation, Group, GroupInvite, GroupInvitePage, GroupInviteWrite, GroupPage,
    GroupSummary, GroupWrite, Identity, IdentityPage, IdentityRemove, IdentityRemoved,
    InviteAccepted, InviteCode, InviteLife, InvitePreview, Preview, ProviderList, Role,
    RoleBinding, RoleBindingPage, RoleBindingWrite, RolePage, RoleWrite, RouteId, Session,
    SessionCreate, SessionState, Status, WhoAmI,
};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use crate::app::App;
use crate::json;

/// Collects the schemas; the paths come from the route table.
#[derive(OpenApi)]
#[openapi(components(schemas(
    AuthorizationAnswer,
    AuthorizationId,
    AuthorizationRequest,
    BatchBindings,
    BatchBindingsWrite,
    BatchInvites,
    BatchInvitesWrite,
    CapabilityList,
    Changes,
    CheckAnswer,
    CheckAnswers,
    CheckRequest,
    ClientGrantList,
    ConsoleSessionList,
    DeviceRequest,
    DeviceUserCode,
    ExplainRequest,
    Explanation,
    Group,
    GroupInvite,
    GroupInvitePage,
    GroupInviteWrite,
    GroupPage,
    GroupSummary,
    GroupWrite,
    Identity,
    IdentityPage,
    IdentityRemove,
    IdentityRemoved,
    InviteAccepted,
    InviteCode,
    InviteLife,
    InvitePreview,
    Preview,
    ProviderList,
    Role,
    RoleBinding,
    RoleBindingPage,
    RoleBindingWrite,
    RolePage,
    RoleWrite,
    Session,
    SessionCreate,
    SessionState,
    Status,
    WhoAmI
)))]
struct Schemas;

pub(crate) fn router() -> Router<App> {
    Router::new().route("/openapi.json", get(async || json::ok(&document())))
}

fn document() -> Value {
    let mut document = serde_json::to_value(Schemas::openapi()).unwrap_or_default();
    let mut paths = Map::new();
    for route in ROUTES {
        let (path, parameter) = match route.shape {
            Shape::Exact => (route.path.to_owned(), None),
            Shape::Item => (format!("{}/{{uid}}", route.path), Some("uid")),
            Shape::Verb(verb) => (format!("{}/{{uid}}:{verb}", route.path), Some("uid")),
            Shape::Parent => (format!("{}/{{parent}}", route.path), Some("parent")),
        };
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[route.method.as_str().to_ascii_lowercase()] = operation(route, parameter);
    }
    document["paths"] = Value::Object(paths);
    document["info"] = json!({
        "title": "Bailiwick",
        "version": env!("CARGO_PKG_VERSION"),
        "license": { "name": "Apache-2.0" },
    });
    document
}

fn operation(route: &Route, parameter: Option<&str>) -> Value {
    let (request, response) = bodies(route.id);
    let content = |name: &str| json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } });
    let mut operation = json!({
        "operationId": format!("{:?}", route.id),
        "summary": route.summary,
        "responses": {
            "200": { "description": "Done", "content": response.map_or_else(|| json!({}), content) },
            "default": { "description": "Refused", "content": content("Status") },
        },
    });
    if let Some(name) = parameter {
        operation["parameters"] = json!([{
            "name": name, "in": "path", "required": true,
            "description": "A UIDP; its slashes are not encoded",
            "schema": { "type": "string", "pattern": "^[0-9a-f]{40}(?:/[0-9a-f]{16})*$" },
        }]);
    }
    if let Some(request) = request {
        operation["requestBody"] = json!({ "required": true, "content": content(request) });
    }
    let needs = match route.access {
        Access::Public => return operation,
        Access::SignedIn => None,
        Access::At(what) | Access::AtParent(what) | Access::Narrowed(what) => Some(what.name()),
    };
    operation["security"] = match route.takes_bearer() {
        true => json!([{ "session": [] }, { "bearer": [] }]),
        false => json!([{ "session": [] }]),
    };
    if let Some(capability) = needs {
        operation["x-capability"] = json!(capability);
    }
    operation
}

/// Names of the schemas of request and answer.
fn bodies(id: RouteId) -> (Option<&'static str>, Option<&'static str>) {
    match id {
        RouteId::InspectAuthorization => (Some("AuthorizationId"), Some("AuthorizationRequest")),
        RouteId::AllowAuthorization | RouteId::DenyAuthorization => {
            (Some("AuthorizationId"), Some("AuthorizationAnswer"))
        }
        RouteId::InspectDevice => (Some("DeviceUserCode"), Some("DeviceRequest")),
        RouteId::ApproveDevice | RouteId::DenyDevice => (Some("DeviceUserCode"), None),
        RouteId::ListSessions => (None, Some("ConsoleSessionList")),
        RouteId::EndSession | RouteId::EndOtherSessions => (None, None),
        RouteId::ListClientGrants => (None, Some("ClientGrantList")),
        RouteId::DeleteClientGrant => (None, None),
        RouteId::ListGroups => (None, Some("GroupPage")),
        RouteId::GetGroup => (None, Some("Group")),
        RouteId::CreateGroup | RouteId::UpdateGroup => (Some("GroupWrite"), Some("Group")),
        RouteId::DeleteGroup
        | RouteId::DeleteRole
        | RouteId::DeleteRoleBinding
        | RouteId::DeleteGroupInvite
        | RouteId::DeleteSession => (None, None),
        RouteId::SummarizeGroup => (None, Some("GroupSummary")),
        RouteId::ListRoles => (None, Some("RolePage")),
        RouteId::GetRole => (None, Some("Role")),
        RouteId::CreateRole | RouteId::UpdateRole => (Some("RoleWrite"), Some("Role")),
        RouteId::ListRoleBindings => (None, Some("RoleBindingPage")),
        RouteId::GetRoleBinding => (None, Some("RoleBinding")),
        RouteId::CreateRoleBinding | RouteId::UpdateRoleBinding => {
            (Some("RoleBindingWrite"), Some("RoleBinding"))
        }
        RouteId::BatchCreateRoleBindings => (Some("BatchBindingsWrite"), Some("BatchBindings")),
        RouteId::ListCapabilities => (None, Some("CapabilityList")),
        RouteId::ListIdentities => (None, Some("IdentityPage")),
        RouteId::GetIdentity => (None, Some("Identity")),
        RouteId::RemoveIdentity => (Some("IdentityRemove"), Some("IdentityRemoved")),
        RouteId::ListGroupInvites => (None, Some("GroupInvitePage")),
        RouteId::GetGroupInvite => (None, Some("GroupInvite")),
        RouteId::CreateGroupInvite => (Some("GroupInviteWrite"), Some("GroupInvite")),
        RouteId::BatchCreateGroupInvites => (Some("BatchInvitesWrite"), Some("BatchInvites")),
        RouteId::ReissueGroupInvite | RouteId::ExtendGroupInvite => {
            (Some("InviteLife"), Some("GroupInvite"))
        }
        RouteId::InspectGroupInvite => (Some("InviteCode"), Some("InvitePreview")),
        RouteId::AcceptGroupInvite => (Some("InviteCode"), Some("InviteAccepted")),
        RouteId::DeclineGroupInvite => (Some("InviteCode"), None),
        RouteId::CheckAccess => (Some("CheckRequest"), Some("CheckAnswers")),
        RouteId::ExplainAccess => (Some("ExplainRequest"), Some("Explanation")),
        RouteId::PreviewAccess | RouteId::ApplyAccess => (Some("Changes"), Some("Preview")),
        RouteId::WhoAmI => (None, Some("WhoAmI")),
        RouteId::GetSession => (None, Some("SessionState")),
        RouteId::CreateSession => (Some("SessionCreate"), Some("Session")),
        RouteId::ListProviders => (None, Some("ProviderList")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_and_every_schema_it_names_is_in_the_document() {
        let document = document();
        let text = document.to_string();
        for route in ROUTES {
            assert!(
                text.contains(&format!("\"operationId\":\"{:?}\"", route.id)),
                "{route:?}"
            );
            let (request, response) = bodies(route.id);
            for name in [request, response].into_iter().flatten() {
                assert!(
                    document["components"]["schemas"].get(name).is_some(),
                    "{name}"
                );
            }
        }
    }
}
