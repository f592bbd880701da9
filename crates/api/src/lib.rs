//! What goes over the wire: the types, the one [route table](routes::ROUTES), the error body, and a
//! [`Client`] that works over any [`Transport`].
//!
//! This crate names no HTTP library. The server makes its router from the table, the console and
//! the command line bring a transport each, and the OpenAPI document is made from the table too.

pub mod access;
pub mod capability;
pub mod client;
pub mod console_session;
pub mod group;
pub mod group_invite;
pub mod identity;
mod json;
pub mod page;
pub mod query;
pub mod role;
pub mod role_binding;
pub mod routes;
pub mod session;
pub mod sign_in_request;
pub mod status;

pub use access::{
    Change, Changes, CheckAnswer, CheckAnswers, CheckRequest, ExplainRequest, Explanation, Preview,
};
pub use capability::{CapabilityList, CatalogueEntry};
pub use client::{Call, Client, Error, Reply, Transport};
pub use console_session::{ConsoleSession, ConsoleSessionList};
pub use group::{Group, GroupPage, GroupSummary, GroupWrite, PathElement};
pub use group_invite::{
    BatchInvites, BatchInvitesWrite, GroupInvite, GroupInvitePage, GroupInviteWrite,
    InviteAccepted, InviteCode, InviteLife, InvitePreview, InviteState,
};
pub use identity::{Identity, IdentityPage, IdentityRemove, IdentityRemoved};
pub use page::PageQuery;
pub use query::QueryError;
pub use role::{Role, RolePage, RoleWrite};
pub use role_binding::{
    BatchBindings, BatchBindingsWrite, RoleBinding, RoleBindingPage, RoleBindingWrite,
};
pub use routes::{Access, Matched, Method, Route, RouteId};
pub use session::{Provider, ProviderList, Session, SessionCreate, SessionState, WhoAmI};
pub use sign_in_request::{
    AuthorizationAnswer, AuthorizationId, AuthorizationRequest, ClientGrant, ClientGrantList,
    ClientName, DeviceRequest, DeviceUserCode,
};
pub use status::{Code, Status};
