//! Capabilities by their names. The names come from the server: linked, the catalogue would be 5 kB
//! of the console.

use bailiwick_api::{CapabilityList, CatalogueEntry};
use bailiwick_domain::CapabilitySet;

use crate::api::{Query, query};

/// The catalogue.
pub(crate) fn catalogue() -> Query<CapabilityList> {
    query(
        || Some(()),
        |client, ()| Box::pin(async move { client.capabilities().await }),
    )
}

/// A set as it travels. One that cannot be read is empty.
pub(crate) fn read(wire: &str) -> CapabilitySet {
    CapabilitySet::from_wire(wire).unwrap_or_else(|_| CapabilitySet::empty())
}

/// Whether a set holds the capability of an entry.
pub(crate) fn holds(set: &CapabilitySet, entry: &CatalogueEntry) -> bool {
    let bit = usize::from(entry.bit);
    let byte = set.to_bytes().get(bit / 8).copied().unwrap_or_default();
    byte >> (bit % 8) & 1 == 1
}

/// The names of what a set holds, in the order of the catalogue.
pub(crate) fn names(catalogue: &CapabilityList, wire: &str) -> String {
    let set = read(wire);
    let held = catalogue.capabilities.iter();
    let held = held.filter(|entry| holds(&set, entry));
    let names: Vec<&str> = held.map(|entry| entry.name.as_str()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use bailiwick_domain::{Capability, viewer};

    use super::*;

    #[test]
    fn a_set_is_named_by_the_servers_catalogue() {
        let entry = |capability: Capability| CatalogueEntry {
            name: capability.name().to_owned(),
            enum_name: capability.enum_name(),
            bit: u16::from(capability.bit()),
            about: String::new(),
            deprecated: false,
        };
        let catalogue = CapabilityList {
            capabilities: Capability::all().map(entry).collect(),
        };
        let expected: Vec<&str> = viewer().capabilities.iter().map(Capability::name).collect();
        let wire = viewer().capabilities.to_wire();
        assert_eq!(names(&catalogue, &wire), expected.join(", "));
        assert_eq!(names(&catalogue, "?"), "", "less is said, never more");
    }
}
