//! The catalogue of capabilities.

use serde::{Deserialize, Serialize};

use crate::json::from_json;

/// The answer of `GET /iam/v2/capabilities`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CapabilityList {
    /// In the order of the catalogue.
    pub capabilities: Vec<CatalogueEntry>,
}

from_json!(CapabilityList {; capabilities });

/// One thing that one may be allowed to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueEntry {
    /// The friendly name: `groups.list`.
    pub name: String,
    /// The name in the enum of the API: `CAP_IAM_GROUPS_LIST`.
    pub enum_name: String,
    /// Its bit in a `capabilitySet`.
    pub bit: u16,
    /// What it lets one do, in a few words that begin with a verb.
    pub about: String,
    /// Whether nothing asks for it any more. It can still be held.
    #[serde(default)]
    pub deprecated: bool,
}

from_json!(CatalogueEntry { name, enum_name, bit, about; deprecated });
