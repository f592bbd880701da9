//! Who is signed in: sessions of the console, the providers to choose from, and whoami.

use bailiwick_domain::Uidp;
use serde::{Deserialize, Serialize};

use crate::json::{from_json, to_json};

/// What the console learns first: the session of its cookie, if any, and the server it talks to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionState {
    /// Absent when nobody is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// The version of the server, as `0.1.0`.
    pub server_version: String,
    /// Whether this server was started with `--dev`.
    pub development: bool,
    /// Whether anyone who is signed in may create an organization.
    pub organizations_open: bool,
    /// Whether this server sends mail. If not, the link of an invite has to be handed over.
    pub mail: bool,
}

from_json!(SessionState {
    session, server_version, development, organizations_open, mail;
});

/// A signed-in session of the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The public id, sent back in `X-Bailiwick`. It opens nothing.
    pub id: String,
    /// The name of the provider that vouched for this person.
    pub provider_name: String,
    /// Who this is and what they hold.
    pub who: WhoAmI,
    /// The console's own nonce, in the answer that creates the session only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
}

from_json!(Session { id, provider_name, who, nonce; });

/// The answer of `GET /auth/v1/ok`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhoAmI {
    /// Our issuer.
    pub issuer: String,
    /// The identity's UIDP.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub subject: Uidp,
    /// Always the issuer itself for a session of the console.
    pub audience: Vec<String>,
    /// When the session ends at the latest. RFC 3339, UTC.
    pub expiry: String,
    /// When it began. RFC 3339, UTC.
    pub issued_at: String,
    /// The address that the provider vouches for, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// How this person is called.
    pub profile: Profile,
    /// Every live binding of this identity.
    #[serde(default)]
    pub capabilities: Vec<HeldRole>,
}

from_json!(WhoAmI {
    issuer, subject, audience, expiry, issued_at, email, profile; capabilities
});

/// How a person is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// Free text from the provider; may be empty.
    pub name: String,
}

from_json!(Profile {; name });

/// A role that the caller holds at a group and below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeldRole {
    /// Where.
    pub group: Named,
    /// Which role.
    pub role: Named,
    /// Ours: the binding that gives it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub binding: Uidp,
    /// Ours: the role's capabilities as the bitset of `CapabilitySet::to_wire`.
    pub capability_set: String,
    /// Ours: when the binding ends, in microseconds since 1970; absent when it never does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<i64>,
}

from_json!(HeldRole { group, role, binding, capability_set, ends_at; });

/// A thing with a UIDP and a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Named {
    /// The UIDP.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uid: Uidp,
    /// The name.
    pub name: String,
}

from_json!(Named { uid, name; });

/// The body that turns an authorization code into a session.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionCreate {
    /// From the callback's query.
    pub code: String,
    /// The PKCE verifier (RFC 7636 §4.1): 43 to 128 unreserved characters.
    pub code_verifier: String,
}

to_json!(SessionCreate {
    code,
    code_verifier
});

/// The answer of `GET /auth/providers`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProviderList {
    /// In the order of the configuration.
    pub providers: Vec<Provider>,
}

from_json!(ProviderList { providers; });

/// A provider one can sign in with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Provider {
    /// As in `idp_id` and in the provider's redirect URI.
    pub id: String,
    /// As on the button.
    pub name: String,
    /// Host (and port, if unusual) of the issuer, as beside the name.
    pub host: String,
    /// Whether this is the development provider, where anyone may be anyone.
    pub development: bool,
    /// Whose mark stands on the button, as `icon` in the configuration; empty without one.
    #[serde(default)]
    pub icon: String,
    /// Whether it did not answer when it was asked last, less than a minute ago.
    #[serde(default)]
    pub down: bool,
}

from_json!(Provider { id, name, host, development; icon, down });
