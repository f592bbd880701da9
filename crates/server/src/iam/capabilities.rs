//! `/iam/v2/capabilities`: the catalogue, the same for everyone.

use axum::response::Response;
use bailiwick_api::{CapabilityList, CatalogueEntry};
use bailiwick_domain::Capability;

use crate::json;

pub(crate) fn list() -> Response {
    let entry = |capability: Capability| CatalogueEntry {
        name: capability.name().to_owned(),
        enum_name: capability.enum_name(),
        bit: capability.bit().into(),
        about: capability.about().to_owned(),
        deprecated: capability.is_deprecated(),
    };
    json::ok(&CapabilityList {
        capabilities: Capability::all().map(entry).collect(),
    })
}
