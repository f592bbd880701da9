//! The vocabulary and the rules of Bailiwick: ids, names, e-mail addresses, capabilities, roles,
//! grants and access decisions.
//!
//! Everything here is pure. Nothing reads a clock, makes randomness or does IO: an instant is a
//! [`Micros`] argument, and random bytes are arguments too. The server, the command line and the
//! console (as wasm) all run this same code, so they cannot disagree about what is allowed.
//!
//! Start at [`allows`] for the decision itself and at [`Uidp`] for what "below" means.

pub mod beyond_reach;
pub mod binding_end;
pub mod binding_error;
pub mod capability;
pub mod changes_error;
pub mod client_error;
pub mod decide;
pub mod difference;
pub mod email;
pub mod explain_error;
pub mod grant;
pub mod group_error;
pub mod host_error;
pub mod identity;
pub mod identity_error;
pub mod invite;
pub mod invite_error;
pub mod last_owner;
pub mod limits;
pub mod mail;
pub mod mailbox;
pub mod name;
pub mod refusal;
pub mod role;
pub mod role_error;
mod serde_text;
pub mod step_up;
pub mod time;
pub mod ttl;
pub mod uidp;
pub mod user_code;

pub use beyond_reach::BeyondReach;
pub use binding_end::{BINDING_LIFE_MAX, EndError, may_end};
pub use binding_error::{
    BINDING_BATCH_MAX, BatchBindingError, CreateBindingError, DeleteBindingError, GetBindingError,
    UpdateBindingError,
};
pub use capability::{Capability, CapabilitySet, NotACapability, WireError};
pub use changes_error::{ChangeError, ChangesError};
pub use client_error::{AuthorizationError, DeviceError, DeviceStartError, TokenError};
pub use decide::{Decision, Reason, allows, capabilities_at, decide, may_pass_on, scopes};
pub use difference::{Difference, RoleToBind, differences, least_role};
pub use email::{EmailAddress, EmailError, EmailTrust, vouched_email};
pub use explain_error::ExplainError;
pub use grant::Grant;
pub use group_error::{CreateGroupError, DeleteGroupError, GetGroupError, UpdateGroupError};
pub use host_error::{
    HostBindError, HostUnbindError, OwnerInviteError, RestoreIdentityError, SuspendIdentityError,
};
pub use identity::identity_uidp;
pub use identity_error::{GetIdentityError, RemoveIdentityError};
pub use invite::{
    CannotInvite, For, INVITE_BATCH_MAX, INVITE_CODE_LENGTH, INVITE_CODE_PREFIX, INVITE_KEPT,
    INVITE_USES_MAX, InviteClose, InviteState, Invited, InviterNow, Offer, Promise, TO_INVITE,
    invite_expiry, masked, may_invite,
};
pub use invite_error::{
    AcceptInviteError, BatchInviteError, CreateInviteError, GetInviteError, ReissueInviteError,
    RevokeInviteError,
};
pub use last_owner::{RootBinding, has_owner, owner_count};
pub use limits::{
    BODY_BYTES_MAX, CHANGES_MAX, CHECKS_MAX, DESCRIPTION_MAX, EMAIL_MAX, GROUP_DEPTH_MAX,
    GROUP_NAME_MAX, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, TOTAL_COUNT_MAX,
};
pub use mail::{MAIL_PER_RECIPIENT, MAIL_TRIED, MAIL_WINDOW, MailState, mail_pause};
pub use mailbox::{Mailbox, MailboxKey};
pub use name::{Description, DescriptionError, GroupName, NameError};
pub use refusal::Refusal;
pub use role::{BuiltInRole, editor, gulfstream, owner, viewer};
pub use role_error::{
    CreateRoleError, DeleteRoleError, GetRoleError, ROLES_MAX, RoleHolder, UpdateRoleError,
};
pub use step_up::{STEP_UP_WITHIN, StepUpRequired, makes_owner, signed_in_recently};
pub use time::Micros;
pub use ttl::{TTL_DEFAULT, TTL_MAX, TTL_MIN, TtlError, parse_ttl};
pub use uidp::{Uidp, UidpError};
pub use user_code::{USER_CODE_ALPHABET, USER_CODE_LENGTH, USER_CODE_TEXT_MAX, UserCode};
