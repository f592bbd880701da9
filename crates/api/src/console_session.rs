//! Sessions of the console, as their owner is shown them.

use bailiwick_domain::Uidp;
use serde::{Deserialize, Serialize};

use crate::json::from_json;

/// One browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsoleSession {
    /// Its public id, which is its name in the path. It opens nothing.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: Uidp,
    /// As "Firefox on Linux"; empty when the browser did not say. Nothing vouches for it.
    pub browser: String,
    /// Where the sign-in came from: an IPv4 address or the /64 of an IPv6 address.
    pub address: String,
    /// The name of the provider that vouched for the person.
    pub provider_name: String,
    /// Whether it is the one that asks.
    pub current: bool,
    /// When it began. RFC 3339, UTC.
    pub create_time: String,
    /// When it was last used, to the minute. RFC 3339, UTC.
    pub last_seen_time: String,
    /// When it ends at the latest. RFC 3339, UTC.
    pub expire_time: String,
}

from_json!(ConsoleSession {
    id, browser, address, provider_name, current, create_time, last_seen_time, expire_time;
});

/// The answer of `GET /auth/sessions`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsoleSessionList {
    /// The one last seen first.
    pub sessions: Vec<ConsoleSession>,
}

from_json!(ConsoleSessionList { sessions; });
