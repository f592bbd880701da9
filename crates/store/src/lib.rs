//! Everything Bailiwick remembers, and the transactions that keep its rules.
//!
//! Nothing outside this crate writes SQL. What a person may do is decided in here, inside the
//! transaction that does it: [`Store::groups`] and its like take a [`Caller`], and every method
//! behind them asks `bailiwick_domain::decide` first. No HTTP type is known here.
//!
//! Start at [`Store`], then `act.rs` (what a write is), `access.rs` (who may), `writer/` (how it is
//! committed) and `open/` (SQLite and PostgreSQL).

mod access;
mod act;
mod audit;
mod bindings;
mod changes;
mod checks;
mod clients;
mod clock;
mod error;
mod etag;
mod explain;
mod groups;
mod host;
mod identities;
mod invites;
mod keys;
mod listing;
mod meta;
mod migrations;
mod notices;
mod open;
mod outbox;
#[cfg(test)]
mod plans;
mod roles;
mod secret;
mod seed;
mod sessions;
mod sign_in;
mod store;
mod writer;

pub use access::Caller;
pub use audit::AuditRow;
pub use bindings::{
    BindingChange, BoundIdentity, HeldBinding, ListRoleBindings, NewBinding, Reaching,
    RoleBindingRow, RoleBindingsHandle,
};
pub use changes::{AccessChange, ChangesHandle, Effect, PersonEffect, PlaceEffect, RefusedChange};
pub use checks::{CheckAnswer, ChecksHandle, Question};
pub use clients::{
    ACCESS_TOKEN_LIFE, ClientCodeRedemption, ClientRequest, DEVICE_CODE_LIFE, DEVICE_POLL_INTERVAL,
    DecidedRequest, DevicePoll, IssuedGrant, LiveGrant, NewClientRequest, NewDevice,
    REFRESH_FAMILY_LIFE, RefreshToken, StartedDevice, WaitingDevice,
};
pub use clock::{Clock, SystemClock};
pub use error::{Failure, OpenError, StoreError};
pub use etag::IfMatch;
pub use explain::{
    ExplainHandle, Explained, ExplainedBinding, HolderRow, Part, RemedyKind, RemedyRow, Void,
};
pub use groups::{
    Deletion, GroupChange, GroupRow, GroupSummary, GroupsHandle, ListGroups, NewGroup,
};
pub use host::{EndedSignIns, HostHandle, KnownIdentity, NewOwnerInvite, OwnerInvite};
pub use identities::{
    IdentitiesHandle, Identity, IdentityBindingRow, IdentityRow, ListIdentities, Person,
};
pub use invites::{
    Acceptance, Accepted, GroupInvitesHandle, Inspected, InviteCodeHandle, InviteRow, InviterRow,
    Issued, ListInvites, NewInvite, NewInvites,
};
pub use keys::SigningKey;
pub use listing::{Order, OrderField, Page, PageAsk, PageKey, Scope};
pub use notices::Notice;
pub use outbox::{Outbox, Sending, TakenMail};
pub use roles::{ListRoles, NewRole, RoleChange, RoleRow, RolesHandle, ShownRole};
pub use secret::Secret;
pub use seed::Example;
pub use sessions::{LiveSession, SESSION_ABSOLUTE, SESSION_IDLE};
pub use sign_in::{AuthorizedLogin, CodeRedemption, LoginTransaction, NewLogin, SignInError};
pub use store::{Location, Options, Store};
