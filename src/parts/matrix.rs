//! Who or what holds which capabilities: a row for each resource, a letter for each thing that one
//! can do with it.

use bailiwick_api::CatalogueEntry;
use bailiwick_domain::CapabilitySet;

use crate::parts::capabilities::holds;
use crate::ui::dom::{El, View, el, tag, views};

/// The set with a bit of the catalogue in it, or without.
pub(crate) fn with(set: &CapabilitySet, bit: u16, is_in: bool) -> CapabilitySet {
    let mut bytes = set.to_bytes();
    if let Some(byte) = bytes.get_mut(usize::from(bit / 8)) {
        let mask = 1 << (bit % 8);
        if is_in {
            *byte |= mask;
        } else {
            *byte &= !mask;
        }
    }
    CapabilitySet::from_bytes(bytes)
}

/// `repo.blobs` and `get`.
pub(crate) fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or((name, ""))
}

/// The catalogue by resource.
pub(crate) fn by_resource(all: &[CatalogueEntry]) -> Vec<(&str, Vec<&CatalogueEntry>)> {
    let mut found: Vec<(&str, Vec<&CatalogueEntry>)> = Vec::new();
    for entry in all {
        let (resource, _) = split(&entry.name);
        match found.iter_mut().find(|(known, _)| *known == resource) {
            Some((_, entries)) => entries.push(entry),
            None => found.push((resource, vec![entry])),
        }
    }
    found
}

/// The table. A column is what stands at its head and what it holds; what no column holds is left
/// out.
pub(crate) fn matrix(
    caption: &str,
    catalogue: &[CatalogueEntry],
    columns: Vec<(View, CapabilitySet)>,
) -> El {
    let (heads, sets): (Vec<View>, Vec<CapabilitySet>) = columns.into_iter().unzip();
    let first = el("th").attr("scope", "col").child("Capability");
    let heads = heads.into_iter().fold(el("tr").child(first), |row, head| {
        row.child(el("th").attr("scope", "col").child(head))
    });
    let rows = by_resource(catalogue)
        .into_iter()
        .filter(|(_, entries)| {
            let is_held = |entry: &&CatalogueEntry| sets.iter().any(|set| holds(set, entry));
            entries.iter().any(is_held)
        })
        .map(|(resource, entries)| {
            let name = el("th").attr("scope", "row").child(resource);
            let row = el("tr").child(name);
            let row = sets
                .iter()
                .fold(row, |row, set| row.child(cell(set, &entries)));
            row.into()
        });
    let table = tag("table", "ui-table ui-matrix")
        .child(tag("caption", "ui-hide").child(caption))
        .child(el("thead").child(heads))
        .child(el("tbody").child(views(rows)));
    tag("div", "l-scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", caption)
        .child(table)
}

fn cell(set: &CapabilitySet, entries: &[&CatalogueEntry]) -> El {
    let mut words = Vec::new();
    let mut tiles = tag("span", "ui-tiles").attr("aria-hidden", "true");
    for entry in entries {
        let (_, action) = split(&entry.name);
        let is_in = holds(set, entry);
        if is_in {
            words.push(action);
        }
        let letter = action.get(..1).unwrap_or_default().to_ascii_uppercase();
        let tile = tag("span", "ui-tile").attr("title", &entry.name);
        tiles = tiles.child(if is_in {
            tile.child(letter)
        } else {
            tile.flag("data-off")
        });
    }
    let words = if words.is_empty() {
        "nothing".to_owned()
    } else {
        words.join(", ")
    };
    el("td")
        .child(tag("span", "ui-hide").child(words))
        .child(tiles)
}

#[cfg(test)]
mod tests {
    use bailiwick_domain::{Capability, viewer};

    use super::*;

    fn catalogue() -> Vec<CatalogueEntry> {
        Capability::all()
            .map(|one| CatalogueEntry {
                name: one.name().to_owned(),
                enum_name: one.enum_name(),
                bit: u16::from(one.bit()),
                about: String::new(),
                deprecated: false,
            })
            .collect()
    }

    #[test]
    fn a_bit_comes_and_goes_alone() {
        let set = viewer().capabilities;
        for entry in catalogue() {
            let more = with(&set, entry.bit, true);
            assert!(holds(&more, &entry) && set.is_subset_of(&more));
            let less = with(&set, entry.bit, false);
            assert!(!holds(&less, &entry) && less.is_subset_of(&set));
        }
        assert_eq!(with(&set, 999, true), set);
    }

    #[test]
    fn every_capability_stands_at_its_resource_once() {
        let all = catalogue();
        let found = by_resource(&all);
        let count: usize = found.iter().map(|(_, entries)| entries.len()).sum();
        assert_eq!(count, all.len());
        assert_eq!(split("repo.blobs.get"), ("repo.blobs", "get"));
        assert!(found.iter().any(|(resource, _)| *resource == "groups"));
    }
}
