//! What waits for a person's answer: a client that wants to sign them in, a device with a code; and
//! what came of it.

use bailiwick_domain::Uidp;
use serde::{Deserialize, Serialize};

use crate::json::{from_json, to_json};

/// The body of `/auth/authorization:inspect`, `:allow` and `:deny`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthorizationId {
    /// From the query of `/authorize`.
    pub request: String,
}

to_json!(AuthorizationId { request });

/// A client's request, as the person is shown it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthorizationRequest {
    /// Who asks.
    pub client: ClientName,
    /// Host, and port if it has one, of where the person would go.
    pub redirect_host: String,
    /// When it is too late to answer. RFC 3339, UTC.
    pub expire_time: String,
}

from_json!(AuthorizationRequest { client, redirect_host, expire_time; });

/// A client of the issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientName {
    /// Its `client_id`.
    pub id: String,
    /// As the configuration calls it.
    pub name: String,
}

from_json!(ClientName { id, name; });

/// The answer of `/auth/authorization:allow` and `:deny`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthorizationAnswer {
    /// Where the page now goes: the client's address, with a code or an error.
    pub location: String,
}

from_json!(AuthorizationAnswer { location; });

/// The body of `/auth/device:inspect`, `:approve` and `:deny`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceUserCode {
    /// As the person typed or pasted it.
    pub user_code: String,
}

to_json!(DeviceUserCode { user_code });

/// A device that waits to be signed in, as the person is shown it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceRequest {
    /// `XXXX-XXXX`, to compare with the device.
    pub user_code: String,
    /// Which client runs on it.
    pub client: ClientName,
    /// Where it asked from.
    pub address: String,
    /// What it says it is; may be empty.
    pub host: String,
    /// When it asked. RFC 3339, UTC.
    pub create_time: String,
    /// When the code ends. RFC 3339, UTC.
    pub expire_time: String,
}

from_json!(DeviceRequest { user_code, client, address, host, create_time, expire_time; });

/// One sign-in of a client, which all of its tokens live by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientGrant {
    /// Its name in the path, in the form of a UIDP.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: Uidp,
    /// Which client.
    pub client: ClientName,
    /// What the device said it is; empty without one.
    pub host: String,
    /// Where the device asked from; empty without one.
    pub address: String,
    /// Whether it was approved by its code.
    pub by_device: bool,
    /// When it began. RFC 3339, UTC.
    pub create_time: String,
    /// When it was last used, to the minute. RFC 3339, UTC.
    pub last_used_time: String,
}

from_json!(ClientGrant {
    id, client, host, address, by_device, create_time, last_used_time;
});

/// The answer of `GET /auth/grants`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientGrantList {
    /// The newest first.
    pub grants: Vec<ClientGrant>,
}

from_json!(ClientGrantList { grants; });
