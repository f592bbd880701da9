//! What is sent to make an invite or to let one live longer.

use bailiwick_domain::Uidp;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::json::to_json;

/// The body of create. Output-only fields are accepted and ignored; any other unknown field is an
/// error.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupInviteWrite {
    /// Required: which role.
    #[serde(alias = "role_uid", skip_serializing_if = "Option::is_none")]
    pub role_uid: Option<String>,
    /// How long it can be accepted, from 5 minutes to a year: `24h`, `7d`, `604800s`. Absent: 7 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<String>,
    /// Only whoever has this address may accept. Absent or empty: anyone who has the link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether the first who accepts it is the last. Always so with an address.
    #[serde(alias = "single_use")]
    pub single_use: bool,
    /// Ours: until when the role binding holds that accepting it makes, RFC 3339. Absent means for
    /// ever.
    #[serde(alias = "binding_expire_time", skip_serializing_if = "Option::is_none")]
    pub binding_expire_time: Option<String>,
    #[serde(skip_serializing, rename = "uid")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _uid: IgnoredAny,
    #[serde(skip_serializing, rename = "role")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _role: IgnoredAny,
    #[serde(skip_serializing, rename = "expirationTime", alias = "expiration_time")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _expiration_time: IgnoredAny,
    #[serde(skip_serializing, rename = "keyId", alias = "key_id")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _key_id: IgnoredAny,
    #[serde(skip_serializing, rename = "createTime", alias = "create_time")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _create_time: IgnoredAny,
    #[serde(skip_serializing, rename = "code")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _code: IgnoredAny,
    #[serde(skip_serializing, rename = "link")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _link: IgnoredAny,
    #[serde(skip_serializing, rename = "group")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _group: IgnoredAny,
    #[serde(skip_serializing, rename = "inviter")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _inviter: IgnoredAny,
    #[serde(skip_serializing, rename = "state")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _state: IgnoredAny,
    #[serde(skip_serializing, rename = "closeTime", alias = "close_time")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _close_time: IgnoredAny,
    #[serde(
        skip_serializing,
        rename = "acceptanceCount",
        alias = "acceptance_count"
    )]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _acceptance_count: IgnoredAny,
    #[serde(skip_serializing, rename = "acceptances")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _acceptances: IgnoredAny,
    #[serde(skip_serializing, rename = "mail")]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    _mail: IgnoredAny,
}

to_json!(GroupInviteWrite {
    role_uid,
    ttl,
    email,
    single_use,
    binding_expire_time
});

impl GroupInviteWrite {
    /// A link for anyone who has it, for `ttl`.
    pub fn link(role: &Uidp, ttl: &str, single_use: bool) -> Self {
        Self {
            role_uid: Some(role.to_string()),
            ttl: Some(ttl.to_owned()),
            single_use,
            ..Self::default()
        }
    }

    /// An invite for one address, for `ttl`.
    pub fn address(role: &Uidp, ttl: &str, email: &str) -> Self {
        Self {
            email: Some(email.to_owned()),
            ..Self::link(role, ttl, true)
        }
    }
}

/// The body of `:reissue` and of `:extend`: how long the invite can be accepted from now on.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InviteLife {
    /// From 5 minutes to a year: `24h`, `7d`, `604800s`. Required by `:extend`. Without it
    /// `:reissue` leaves a pending invite its time, and gives an expired one 7 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<String>,
}

to_json!(InviteLife { ttl });

impl InviteLife {
    /// So long from now on.
    pub fn new(ttl: &str) -> Self {
        Self {
            ttl: Some(ttl.to_owned()),
        }
    }
}
