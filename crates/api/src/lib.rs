//! What goes over the wire: the types, the one [route table](routes::ROUTES), the error body, and a
//! [`Client`] that works over any [`Transport`].
//!
//! This crate names no HTTP library. The server makes its router from the table, the console and
//! the command line bring a transport each, and the OpenAPI document is made from the table too.

pub mod client;
pub mod group;
pub mod page;
pub mod query;
pub mod routes;
pub mod session;
pub mod status;
pub mod summary;

pub use client::{Call, Client, Error, Reply, Transport};
pub use group::{Group, GroupPage, GroupWrite, PathElement};
pub use page::PageQuery;
pub use query::QueryError;
pub use routes::{Access, Matched, Method, Route, RouteId};
pub use session::{Provider, ProviderList, Session, SessionCreate, SessionState, WhoAmI};
pub use status::{Code, Status};
pub use summary::GroupSummary;
