//! A client of the API over any transport. The console brings the browser's, the command line a
//! native one.

use std::future::Future;
use std::pin::Pin;

use bailiwick_domain::Uidp;

use crate::access::{Changes, ExplainRequest, Explanation, Preview};
use crate::capability::CapabilityList;
use crate::console_session::ConsoleSessionList;
use crate::group::{Group, GroupPage, GroupSummary, GroupWrite};
use crate::group_invite::{
    BatchInvites, BatchInvitesWrite, GroupInvite, GroupInvitePage, GroupInviteWrite,
    InviteAccepted, InviteCode, InviteLife, InvitePreview,
};
use crate::identity::{Identity, IdentityPage, IdentityRemove, IdentityRemoved};
use crate::json::{self, FromJson, ToJson};
use crate::query::{GroupInviteQuery, GroupQuery, IdentityQuery, RoleBindingQuery, RoleQuery};
use crate::role::{Role, RolePage, RoleWrite};
use crate::role_binding::{RoleBinding, RoleBindingPage, RoleBindingWrite};
use crate::routes::{Method, Route, RouteId};
use crate::session::{ProviderList, Session, SessionCreate, SessionState, WhoAmI};
use crate::sign_in_request::{
    AuthorizationAnswer, AuthorizationId, AuthorizationRequest, ClientGrantList, DeviceRequest,
    DeviceUserCode,
};
use crate::status::Status;

/// A request to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// JSON, if the method has a body.
    pub body: Option<String>,
}

/// An answer that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
}

/// Sends a [`Call`].
pub trait Transport {
    /// Answers with whatever the server said, errors included; `None` when nothing arrived.
    fn send(&self, call: Call) -> impl Future<Output = Option<Reply>>;
}

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The server could not be reached.
    Network,
    /// The server answered something that this client does not understand.
    Decode {
        /// The HTTP status.
        status: u16,
    },
    /// The server refused, and says why.
    Refused {
        /// The HTTP status.
        http: u16,
        /// The body.
        status: Box<Status>,
    },
}

impl Error {
    /// The server's status body, if there is one.
    pub fn status(&self) -> Option<&Status> {
        match self {
            Self::Refused { status, .. } => Some(status),
            _ => None,
        }
    }

    /// The HTTP status, if anything arrived.
    pub fn http(&self) -> Option<u16> {
        match self {
            Self::Network => None,
            Self::Decode { status } => Some(*status),
            Self::Refused { http, .. } => Some(*http),
        }
    }
}

/// What a call comes to. Boxed, because whoever waits for it would be compiled with all of the call
/// in it.
pub type Answer<'a, A> = Pin<Box<dyn Future<Output = Result<A, Error>> + 'a>>;

/// The API.
#[derive(Debug, Clone)]
pub struct Client<T> {
    transport: T,
}

impl<T: Transport> Client<T> {
    /// A client that sends by `transport`.
    pub fn new(transport: T) -> Self {
        Self { transport }
    }

    /// The transport, to tell it who is signed in.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// `GET /iam/v2/groups`.
    pub fn list_groups(&self, query: &GroupQuery) -> Answer<'_, GroupPage> {
        self.call(RouteId::ListGroups, None, &query.to_query(), None)
    }

    /// `GET /iam/v2/groups/UID`.
    pub fn get_group(&self, uid: &Uidp) -> Answer<'_, Group> {
        self.call(RouteId::GetGroup, Some(uid), "", None)
    }

    /// `POST /iam/v2/groups[/PARENT]`.
    pub fn create_group(&self, parent: Option<&Uidp>, group: &GroupWrite) -> Answer<'_, Group> {
        self.call(RouteId::CreateGroup, parent, "", body(group))
    }

    /// `PATCH /iam/v2/groups/UID`.
    pub fn update_group(&self, uid: &Uidp, group: &GroupWrite) -> Answer<'_, Group> {
        self.call(RouteId::UpdateGroup, Some(uid), "", body(group))
    }

    /// `DELETE /iam/v2/groups/UID`.
    pub fn delete_group(&self, uid: &Uidp) -> Answer<'_, ()> {
        self.call(RouteId::DeleteGroup, Some(uid), "", None)
    }

    /// `DELETE /iam/v2/groups/UID?force=true`: with everything below.
    pub fn delete_subtree(&self, uid: &Uidp) -> Answer<'_, ()> {
        self.call(RouteId::DeleteGroup, Some(uid), "?force=true", None)
    }

    /// `GET /iam/v2/groups/UID:summary`.
    pub fn summarize_group(&self, uid: &Uidp) -> Answer<'_, GroupSummary> {
        self.call(RouteId::SummarizeGroup, Some(uid), "", None)
    }

    /// `GET /iam/v2/roles`.
    pub fn list_roles(&self, query: &RoleQuery) -> Answer<'_, RolePage> {
        self.call(RouteId::ListRoles, None, &query.to_query(), None)
    }

    /// `GET /iam/v2/roles/UID`.
    pub fn get_role(&self, uid: &Uidp) -> Answer<'_, Role> {
        self.call(RouteId::GetRole, Some(uid), "", None)
    }

    /// `POST /iam/v2/roles/GROUP`.
    pub fn create_role(&self, group: &Uidp, role: &RoleWrite) -> Answer<'_, Role> {
        self.call(RouteId::CreateRole, Some(group), "", body(role))
    }

    /// `PATCH /iam/v2/roles/UID`.
    pub fn update_role(&self, uid: &Uidp, role: &RoleWrite) -> Answer<'_, Role> {
        self.call(RouteId::UpdateRole, Some(uid), "", body(role))
    }

    /// `DELETE /iam/v2/roles/UID`.
    pub fn delete_role(&self, uid: &Uidp) -> Answer<'_, ()> {
        self.call(RouteId::DeleteRole, Some(uid), "", None)
    }

    /// `GET /iam/v2/capabilities`.
    pub fn capabilities(&self) -> Answer<'_, CapabilityList> {
        self.call(RouteId::ListCapabilities, None, "", None)
    }

    /// `GET /iam/v2/roleBindings`.
    pub fn list_role_bindings(&self, query: &RoleBindingQuery) -> Answer<'_, RoleBindingPage> {
        self.call(RouteId::ListRoleBindings, None, &query.to_query(), None)
    }

    /// `GET /iam/v2/roleBindings/UID`.
    pub fn get_role_binding(&self, uid: &Uidp) -> Answer<'_, RoleBinding> {
        self.call(RouteId::GetRoleBinding, Some(uid), "", None)
    }

    /// `POST /iam/v2/roleBindings/GROUP`.
    pub fn create_role_binding(
        &self,
        group: &Uidp,
        binding: &RoleBindingWrite,
    ) -> Answer<'_, RoleBinding> {
        self.call(RouteId::CreateRoleBinding, Some(group), "", body(binding))
    }

    /// `PATCH /iam/v2/roleBindings/UID`.
    pub fn update_role_binding(
        &self,
        uid: &Uidp,
        binding: &RoleBindingWrite,
    ) -> Answer<'_, RoleBinding> {
        self.call(RouteId::UpdateRoleBinding, Some(uid), "", body(binding))
    }

    /// `DELETE /iam/v2/roleBindings/UID`.
    pub fn delete_role_binding(&self, uid: &Uidp) -> Answer<'_, ()> {
        self.call(RouteId::DeleteRoleBinding, Some(uid), "", None)
    }

    /// `GET /iam/v2/identities`.
    pub fn list_identities(&self, query: &IdentityQuery) -> Answer<'_, IdentityPage> {
        self.call(RouteId::ListIdentities, None, &query.to_query(), None)
    }

    /// `GET /iam/v2/identities/UID`, with the bindings at and below `group`, or all.
    pub fn get_identity(&self, uid: &Uidp, group: Option<&Uidp>) -> Answer<'_, Identity> {
        let query = group.map_or_else(String::new, |group| format!("?group={group}"));
        self.call(RouteId::GetIdentity, Some(uid), &query, None)
    }

    /// `POST /iam/v2/identities/UID:remove`.
    pub fn remove_identity(
        &self,
        uid: &Uidp,
        remove: &IdentityRemove,
    ) -> Answer<'_, IdentityRemoved> {
        self.call(RouteId::RemoveIdentity, Some(uid), "", body(remove))
    }

    /// `POST /iam/v2/access:explain`.
    pub fn explain_access(&self, question: &ExplainRequest) -> Answer<'_, Explanation> {
        self.call(RouteId::ExplainAccess, None, "", body(question))
    }

    /// `POST /iam/v2/access:preview`: changes nothing.
    pub fn preview_access(&self, changes: &Changes) -> Answer<'_, Preview> {
        self.call(RouteId::PreviewAccess, None, "", body(changes))
    }

    /// `POST /iam/v2/access:apply`.
    pub fn apply_access(&self, changes: &Changes) -> Answer<'_, Preview> {
        self.call(RouteId::ApplyAccess, None, "", body(changes))
    }

    /// `GET /iam/v2/groupInvites`.
    pub fn list_group_invites(&self, query: &GroupInviteQuery) -> Answer<'_, GroupInvitePage> {
        self.call(RouteId::ListGroupInvites, None, &query.to_query(), None)
    }

    /// `GET /iam/v2/groupInvites/UID`: pending or expired.
    pub fn get_group_invite(&self, uid: &Uidp) -> Answer<'_, GroupInvite> {
        self.call(RouteId::GetGroupInvite, Some(uid), "", None)
    }

    /// `POST /iam/v2/groupInvites/GROUP`.
    pub fn create_group_invite(
        &self,
        group: &Uidp,
        invite: &GroupInviteWrite,
    ) -> Answer<'_, GroupInvite> {
        self.call(RouteId::CreateGroupInvite, Some(group), "", body(invite))
    }

    /// `POST /iam/v2/groupInvites/GROUP:batchCreate`.
    pub fn batch_create_group_invites(
        &self,
        group: &Uidp,
        invites: &BatchInvitesWrite,
    ) -> Answer<'_, BatchInvites> {
        let id = RouteId::BatchCreateGroupInvites;
        self.call(id, Some(group), "", body(invites))
    }

    /// `DELETE /iam/v2/groupInvites/UID`: revokes it.
    pub fn delete_group_invite(&self, uid: &Uidp) -> Answer<'_, ()> {
        self.call(RouteId::DeleteGroupInvite, Some(uid), "", None)
    }

    /// `POST /iam/v2/groupInvites/UID:reissue`.
    pub fn reissue_group_invite(&self, uid: &Uidp, life: &InviteLife) -> Answer<'_, GroupInvite> {
        self.call(RouteId::ReissueGroupInvite, Some(uid), "", body(life))
    }

    /// `POST /iam/v2/groupInvites/UID:extend`.
    pub fn extend_group_invite(&self, uid: &Uidp, life: &InviteLife) -> Answer<'_, GroupInvite> {
        self.call(RouteId::ExtendGroupInvite, Some(uid), "", body(life))
    }

    /// `POST /iam/v2/groupInvites:inspect`. Nobody need be signed in.
    pub fn inspect_group_invite(&self, code: &InviteCode) -> Answer<'_, InvitePreview> {
        self.call(RouteId::InspectGroupInvite, None, "", body(code))
    }

    /// `POST /iam/v2/groupInvites:accept`.
    pub fn accept_group_invite(&self, code: &InviteCode) -> Answer<'_, InviteAccepted> {
        self.call(RouteId::AcceptGroupInvite, None, "", body(code))
    }

    /// `POST /iam/v2/groupInvites:decline`.
    pub fn decline_group_invite(&self, code: &InviteCode) -> Answer<'_, ()> {
        self.call(RouteId::DeclineGroupInvite, None, "", body(code))
    }

    /// `GET /auth/v1/ok`.
    pub fn who_am_i(&self) -> Answer<'_, WhoAmI> {
        self.call(RouteId::WhoAmI, None, "", None)
    }

    /// `GET /auth/session`.
    pub fn session(&self) -> Answer<'_, SessionState> {
        self.call(RouteId::GetSession, None, "", None)
    }

    /// `POST /auth/session`.
    pub fn create_session(&self, create: &SessionCreate) -> Answer<'_, Session> {
        self.call(RouteId::CreateSession, None, "", body(create))
    }

    /// `DELETE /auth/session`.
    pub fn delete_session(&self) -> Answer<'_, ()> {
        self.call(RouteId::DeleteSession, None, "", None)
    }

    /// `GET /auth/providers`.
    pub fn providers(&self) -> Answer<'_, ProviderList> {
        self.call(RouteId::ListProviders, None, "", None)
    }

    /// `POST /auth/authorization:inspect`.
    pub fn inspect_authorization(&self, id: &AuthorizationId) -> Answer<'_, AuthorizationRequest> {
        self.call(RouteId::InspectAuthorization, None, "", body(id))
    }

    /// `POST /auth/authorization:allow`.
    pub fn allow_authorization(&self, id: &AuthorizationId) -> Answer<'_, AuthorizationAnswer> {
        self.call(RouteId::AllowAuthorization, None, "", body(id))
    }

    /// `POST /auth/authorization:deny`.
    pub fn deny_authorization(&self, id: &AuthorizationId) -> Answer<'_, AuthorizationAnswer> {
        self.call(RouteId::DenyAuthorization, None, "", body(id))
    }

    /// `POST /auth/device:inspect`.
    pub fn inspect_device(&self, code: &DeviceUserCode) -> Answer<'_, DeviceRequest> {
        self.call(RouteId::InspectDevice, None, "", body(code))
    }

    /// `POST /auth/device:approve`.
    pub fn approve_device(&self, code: &DeviceUserCode) -> Answer<'_, ()> {
        self.call(RouteId::ApproveDevice, None, "", body(code))
    }

    /// `POST /auth/device:deny`.
    pub fn deny_device(&self, code: &DeviceUserCode) -> Answer<'_, ()> {
        self.call(RouteId::DenyDevice, None, "", body(code))
    }

    /// `GET /auth/sessions`.
    pub fn list_sessions(&self) -> Answer<'_, ConsoleSessionList> {
        self.call(RouteId::ListSessions, None, "", None)
    }

    /// `DELETE /auth/sessions/ID`.
    pub fn end_session(&self, id: &Uidp) -> Answer<'_, ()> {
        self.call(RouteId::EndSession, Some(id), "", None)
    }

    /// `POST /auth/sessions:endOthers`.
    pub fn end_other_sessions(&self) -> Answer<'_, ()> {
        self.call(RouteId::EndOtherSessions, None, "", None)
    }

    /// `GET /auth/grants`.
    pub fn list_client_grants(&self) -> Answer<'_, ClientGrantList> {
        self.call(RouteId::ListClientGrants, None, "", None)
    }

    /// `DELETE /auth/grants/ID`.
    pub fn delete_client_grant(&self, id: &Uidp) -> Answer<'_, ()> {
        self.call(RouteId::DeleteClientGrant, Some(id), "", None)
    }

    fn call<A: FromJson + 'static>(
        &self,
        id: RouteId,
        uid: Option<&Uidp>,
        query: &str,
        body: Option<String>,
    ) -> Answer<'_, A> {
        let asked = self.ask(id, uid, query, body);
        Box::pin(async {
            let (status, text) = asked.await?;
            json::from_str(&text).ok_or(Error::Decode { status })
        })
    }

    /// All of a call that is the same for every answer: the console compiles it once.
    fn ask(
        &self,
        id: RouteId,
        uid: Option<&Uidp>,
        query: &str,
        body: Option<String>,
    ) -> Answer<'_, (u16, String)> {
        let route = Route::of(id);
        let call = Call {
            method: route.method,
            path: route.path_for(uid) + query,
            body,
        };
        Box::pin(async { accepted(self.transport.send(call).await) })
    }
}

fn body(value: &impl ToJson) -> Option<String> {
    Some(json::to_string(value))
}

/// The body of a success, or why it is none.
fn accepted(reply: Option<Reply>) -> Result<(u16, String), Error> {
    let Reply { status, body } = reply.ok_or(Error::Network)?;
    if (200..300).contains(&status) {
        return Ok((status, body));
    }
    Err(Error::Refused {
        http: status,
        status: Box::new(Status::read(&body).ok_or(Error::Decode { status })?),
    })
}
