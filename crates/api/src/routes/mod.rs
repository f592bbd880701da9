//! The one route table. The server's router, the [`Client`](crate::Client) and the OpenAPI document
//! are made from it; the route sweep in the server's tests walks it.
//!
//! A UIDP contains slashes, so an item's path is its collection, `/`, the UIDP, and for a custom
//! method (AIP-136) `:` and the verb. [`resolve`] is the only place that takes such paths apart.

mod resolve;
mod table;

use bailiwick_domain::{Capability, Uidp};

pub use resolve::{Matched, NoRoute, resolve};
pub use table::ROUTES;

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Safe: changes nothing.
    Get,
    /// Creates, or acts.
    Post,
    /// Changes fields.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// As in the request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// The method of a request line. HEAD is answered as GET.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "GET" | "HEAD" => Some(Self::Get),
            "POST" => Some(Self::Post),
            "PATCH" => Some(Self::Patch),
            "DELETE" => Some(Self::Delete),
            _ => None,
        }
    }
}

/// What a request needs before anything else is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nobody need be signed in.
    Public,
    /// Anyone who is signed in.
    SignedIn,
    /// This capability at the group that the path names.
    At(Capability),
    /// Anyone who is signed in; the answer holds exactly what this capability shows.
    Narrowed(Capability),
    /// This capability at the parent; without a parent, the server's policy for organizations.
    AtParent(Capability),
}

/// What follows the path of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Nothing: the path itself.
    Exact,
    /// A UIDP.
    Item,
    /// A UIDP, or nothing for the root.
    Parent,
    /// A UIDP, `:` and this verb: a custom method (AIP-136).
    Verb(&'static str),
}

/// One operation.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// Which operation this is.
    pub id: RouteId,
    /// The method.
    pub method: Method,
    /// The path before any UIDP.
    pub path: &'static str,
    /// What follows the path.
    pub shape: Shape,
    /// Who may.
    pub access: Access,
    /// One line for the documentation.
    pub summary: &'static str,
}

/// Every operation; the server's router matches on it, so none can be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table's `summary` says what each one is")]
pub enum RouteId {
    ListGroups,
    GetGroup,
    CreateGroup,
    UpdateGroup,
    DeleteGroup,
    SummarizeGroup,
    ListRoles,
    GetRole,
    CreateRole,
    UpdateRole,
    DeleteRole,
    ListRoleBindings,
    GetRoleBinding,
    CreateRoleBinding,
    BatchCreateRoleBindings,
    UpdateRoleBinding,
    DeleteRoleBinding,
    ListCapabilities,
    ListIdentities,
    GetIdentity,
    RemoveIdentity,
    ListGroupInvites,
    GetGroupInvite,
    CreateGroupInvite,
    BatchCreateGroupInvites,
    DeleteGroupInvite,
    ReissueGroupInvite,
    ExtendGroupInvite,
    InspectGroupInvite,
    AcceptGroupInvite,
    DeclineGroupInvite,
    CheckAccess,
    ExplainAccess,
    PreviewAccess,
    ApplyAccess,
    WhoAmI,
    GetSession,
    CreateSession,
    DeleteSession,
    ListSessions,
    EndSession,
    EndOtherSessions,
    ListProviders,
    InspectAuthorization,
    AllowAuthorization,
    DenyAuthorization,
    InspectDevice,
    ApproveDevice,
    DenyDevice,
    ListClientGrants,
    DeleteClientGrant,
}

/// The collection of groups.
pub const GROUPS: &str = "/iam/v2/groups";
/// The collection of roles.
pub const ROLES: &str = "/iam/v2/roles";
/// The collection of role bindings.
pub const ROLE_BINDINGS: &str = "/iam/v2/roleBindings";
/// The collection of identities.
pub const IDENTITIES: &str = "/iam/v2/identities";
/// The collection of invites.
pub const GROUP_INVITES: &str = "/iam/v2/groupInvites";
/// The console's session.
pub const SESSION: &str = "/auth/session";
/// The caller's own sessions of the console.
pub const SESSIONS: &str = "/auth/sessions";
/// The caller's own sign-ins of clients.
pub const CLIENT_GRANTS: &str = "/auth/grants";

/// The paths of the table, each once: what a router has to mount.
pub fn collections() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().enumerate().filter_map(|(at, route)| {
        let first = ROUTES.iter().position(|other| other.path == route.path);
        (first == Some(at)).then_some(route.path)
    })
}

impl Route {
    /// The route of an operation.
    pub fn of(id: RouteId) -> &'static Self {
        ROUTES
            .iter()
            .find(|route| route.id == id)
            .unwrap_or(&ROUTES[0])
    }

    /// Whether a bearer token may stand in for the console's session. What decides about sign-ins
    /// is asked of the person in the console alone: a token must not beget tokens.
    pub fn takes_bearer(&self) -> bool {
        self.path.starts_with("/iam/") || self.id == RouteId::WhoAmI
    }

    /// The path for a UIDP, or without one.
    pub fn path_for(&self, uid: Option<&Uidp>) -> String {
        let verb = match self.shape {
            Shape::Verb(verb) => format!(":{verb}"),
            _ => String::new(),
        };
        match uid {
            Some(uid) => format!("{}/{uid}{verb}", self.path),
            None => self.path.to_owned(),
        }
    }
}
