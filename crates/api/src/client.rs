//! A client of the API over any transport. The console brings the browser's, the command line a
//! native one.

use std::future::Future;
use std::pin::Pin;

use bailiwick_domain::Uidp;

use crate::group::{Group, GroupPage, GroupSummary, GroupWrite};
use crate::group_invite::{
    BatchInvites, BatchInvitesWrite, GroupInvite, GroupInvitePage, GroupInviteWrite,
    InviteAccepted, InviteCode, InviteLife, InvitePreview,
};
use crate::json::{self, FromJson, ToJson, from_json};
use crate::query::{GroupInviteQuery, GroupQuery, RoleQuery};
use crate::role::RolePage;
use crate::routes::{Method, Route, RouteId};
use crate::session::{ProviderList, Session, SessionCreate, SessionState, WhoAmI};
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
    pub async fn list_groups(&self, query: &GroupQuery) -> Result<GroupPage, Error> {
        self.call(RouteId::ListGroups, None, &query.to_query(), None)
            .await
    }

    /// `GET /iam/v2/groups/UID`.
    pub async fn get_group(&self, uid: &Uidp) -> Result<Group, Error> {
        self.call(RouteId::GetGroup, Some(uid), "", None).await
    }

    /// `POST /iam/v2/groups[/PARENT]`.
    pub async fn create_group(
        &self,
        parent: Option<&Uidp>,
        group: &GroupWrite,
    ) -> Result<Group, Error> {
        self.call(RouteId::CreateGroup, parent, "", body(group))
            .await
    }

    /// `PATCH /iam/v2/groups/UID`.
    pub async fn update_group(&self, uid: &Uidp, group: &GroupWrite) -> Result<Group, Error> {
        self.call(RouteId::UpdateGroup, Some(uid), "", body(group))
            .await
    }

    /// `DELETE /iam/v2/groups/UID`.
    pub async fn delete_group(&self, uid: &Uidp) -> Result<(), Error> {
        self.call::<Empty>(RouteId::DeleteGroup, Some(uid), "", None)
            .await
            .map(|Empty {}| ())
    }

    /// `DELETE /iam/v2/groups/UID?force=true`: with everything below.
    pub async fn delete_subtree(&self, uid: &Uidp) -> Result<(), Error> {
        self.call::<Empty>(RouteId::DeleteGroup, Some(uid), "?force=true", None)
            .await
            .map(|Empty {}| ())
    }

    /// `GET /iam/v2/groups/UID:summary`.
    pub async fn summarize_group(&self, uid: &Uidp) -> Result<GroupSummary, Error> {
        self.call(RouteId::SummarizeGroup, Some(uid), "", None)
            .await
    }

    /// `GET /iam/v2/roles`.
    pub async fn list_roles(&self, query: &RoleQuery) -> Result<RolePage, Error> {
        self.call(RouteId::ListRoles, None, &query.to_query(), None)
            .await
    }

    /// `GET /iam/v2/groupInvites`.
    pub async fn list_group_invites(
        &self,
        query: &GroupInviteQuery,
    ) -> Result<GroupInvitePage, Error> {
        self.call(RouteId::ListGroupInvites, None, &query.to_query(), None)
            .await
    }

    /// `GET /iam/v2/groupInvites/UID`: pending or expired.
    pub async fn get_group_invite(&self, uid: &Uidp) -> Result<GroupInvite, Error> {
        self.call(RouteId::GetGroupInvite, Some(uid), "", None)
            .await
    }

    /// `POST /iam/v2/groupInvites/GROUP`.
    pub async fn create_group_invite(
        &self,
        group: &Uidp,
        invite: &GroupInviteWrite,
    ) -> Result<GroupInvite, Error> {
        self.call(RouteId::CreateGroupInvite, Some(group), "", body(invite))
            .await
    }

    /// `POST /iam/v2/groupInvites/GROUP:batchCreate`.
    pub async fn batch_create_group_invites(
        &self,
        group: &Uidp,
        invites: &BatchInvitesWrite,
    ) -> Result<BatchInvites, Error> {
        let id = RouteId::BatchCreateGroupInvites;
        self.call(id, Some(group), "", body(invites)).await
    }

    /// `DELETE /iam/v2/groupInvites/UID`: revokes it.
    pub async fn delete_group_invite(&self, uid: &Uidp) -> Result<(), Error> {
        self.call::<Empty>(RouteId::DeleteGroupInvite, Some(uid), "", None)
            .await
            .map(|Empty {}| ())
    }

    /// `POST /iam/v2/groupInvites/UID:reissue`.
    pub async fn reissue_group_invite(
        &self,
        uid: &Uidp,
        life: &InviteLife,
    ) -> Result<GroupInvite, Error> {
        self.call(RouteId::ReissueGroupInvite, Some(uid), "", body(life))
            .await
    }

    /// `POST /iam/v2/groupInvites/UID:extend`.
    pub async fn extend_group_invite(
        &self,
        uid: &Uidp,
        life: &InviteLife,
    ) -> Result<GroupInvite, Error> {
        self.call(RouteId::ExtendGroupInvite, Some(uid), "", body(life))
            .await
    }

    /// `POST /iam/v2/groupInvites:inspect`. Nobody need be signed in.
    pub async fn inspect_group_invite(&self, code: &InviteCode) -> Result<InvitePreview, Error> {
        self.call(RouteId::InspectGroupInvite, None, "", body(code))
            .await
    }

    /// `POST /iam/v2/groupInvites:accept`.
    pub async fn accept_group_invite(&self, code: &InviteCode) -> Result<InviteAccepted, Error> {
        self.call(RouteId::AcceptGroupInvite, None, "", body(code))
            .await
    }

    /// `POST /iam/v2/groupInvites:decline`.
    pub async fn decline_group_invite(&self, code: &InviteCode) -> Result<(), Error> {
        self.call::<Empty>(RouteId::DeclineGroupInvite, None, "", body(code))
            .await
            .map(|Empty {}| ())
    }

    /// `GET /auth/v1/ok`.
    pub async fn who_am_i(&self) -> Result<WhoAmI, Error> {
        self.call(RouteId::WhoAmI, None, "", None).await
    }

    /// `GET /auth/session`.
    pub async fn session(&self) -> Result<SessionState, Error> {
        self.call(RouteId::GetSession, None, "", None).await
    }

    /// `POST /auth/session`.
    pub async fn create_session(&self, create: &SessionCreate) -> Result<Session, Error> {
        self.call(RouteId::CreateSession, None, "", body(create))
            .await
    }

    /// `DELETE /auth/session`.
    pub async fn delete_session(&self) -> Result<(), Error> {
        self.call::<Empty>(RouteId::DeleteSession, None, "", None)
            .await
            .map(|Empty {}| ())
    }

    /// `GET /auth/providers`.
    pub async fn providers(&self) -> Result<ProviderList, Error> {
        self.call(RouteId::ListProviders, None, "", None).await
    }

    async fn call<A: FromJson>(
        &self,
        id: RouteId,
        uid: Option<&Uidp>,
        query: &str,
        body: Option<String>,
    ) -> Result<A, Error> {
        let (status, text) = self.ask(id, uid, query, body).await?;
        json::from_str(&text).ok_or(Error::Decode { status })
    }

    /// All of a call that is the same for every answer: the console compiles it once.
    async fn ask(
        &self,
        id: RouteId,
        uid: Option<&Uidp>,
        query: &str,
        body: Option<String>,
    ) -> Result<(u16, String), Error> {
        let route = Route::of(id);
        let call = Call {
            method: route.method,
            path: route.path_for(uid) + query,
            body,
        };
        let answer: Pin<Box<dyn Future<Output = Option<Reply>> + '_>> =
            Box::pin(self.transport.send(call));
        accepted(answer.await)
    }
}

struct Empty {}

from_json!(Empty {;});

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
