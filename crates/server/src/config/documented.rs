//! `docs/configuration.md` has every key, and its examples can be read.

use std::collections::BTreeSet;

use super::file;
use super::keys::{Section, known};

const DOCS: &str = include_str!("../../../../docs/configuration.md");
const README: &str = include_str!("../../../../README.md");

/// The keys in the first column of the tables below a heading.
fn documented(heading: &str) -> BTreeSet<&'static str> {
    let (_, rest) = DOCS
        .split_once(&format!("\n## {heading}\n"))
        .expect(heading);
    let part = rest.split("\n## ").next().unwrap();
    part.lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(key, _)| key)
        .collect()
}

#[test]
fn every_key_stands_in_the_table_of_its_section_and_no_other_does() {
    let top = known();
    let wanted = |section: &Section| section.keys.iter().copied().collect::<BTreeSet<_>>();
    assert_eq!(documented("Top level"), wanted(&top));
    for section in &top.inner {
        let heading = match section.name {
            "providers" => "`[[providers]]`".to_owned(),
            name => format!("`[{name}]`"),
        };
        assert_eq!(documented(&heading), wanted(section), "{heading}");
        for list in &section.inner {
            let heading = format!("`[[{}.{}]]`", section.name, list.name);
            assert_eq!(documented(&heading), wanted(list), "{heading}");
        }
    }
}

#[test]
fn every_table_in_the_file_has_its_section() {
    let top = known();
    for section in &top.inner {
        assert!(top.keys.contains(&section.name), "{}", section.name);
        assert!(!section.keys.is_empty(), "{}", section.name);
    }
}

#[test]
fn the_examples_can_be_read() {
    for text in [DOCS, README] {
        let (_, example) = text.split_once("```toml\n").unwrap();
        file::parse(example.split("```").next().unwrap()).unwrap();
    }
}
