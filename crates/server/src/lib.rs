//! The HTTP server: resources under `iam/`, sessions under `auth/`, the issuer and the upstream leg
//! under `oauth/`, the console's files in `assets.rs`.
//!
//! Every request of the route table passes through `dispatch.rs`, which finds the operation, says
//! who asks, and hands the handler what it may use. Only `error.rs` chooses status codes.

mod app;
mod assets;
mod attempts;
mod auth;
mod caller;
mod client_address;
pub mod config;
mod cookies;
mod dev_provider;
mod dispatch;
mod error;
mod etag;
mod headers;
mod health;
mod host;
mod iam;
mod json;
mod limits;
mod listen;
mod mail;
mod oauth;
mod openapi;
mod page_token;
mod request;
mod serve;
mod tries;
mod wire_time;

pub use app::{App, StartError};
pub use assets::console_is_embedded;
pub use config::{ClientConfig, Config, ConfigError, Database, GrantType};
pub use dev_provider::DevProvider;
pub use oauth::signing::new_signing_key;
pub use serve::{ServeError, open_store, serve};
pub use wire_time::{parse_rfc3339, rfc3339};
