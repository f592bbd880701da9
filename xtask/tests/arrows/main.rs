//! The arrows that must not be: which crate, which module and which file may not know
//! which other. The first tests read this repository; the rest plant a breach in a few
//! lines of text and see that it is found.

mod crates;
mod layers;
mod lexer;
mod sources;
mod words;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::sources::{Breach, Source};

fn repository() -> Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    Ok(root
        .context("xtask is a folder of the repository")?
        .to_path_buf())
}

/// All rules that look into files.
fn breaches(sources: &[Source]) -> Vec<Breach> {
    let pages = layers::pages(sources);
    sources
        .iter()
        .flat_map(|source| {
            let mut found = layers::breaches(source, &pages);
            found.extend(words::breaches(source));
            found
        })
        .collect()
}

#[test]
fn no_file_knows_what_it_must_not() -> Result<()> {
    let sources = sources::read_all(&repository()?)?;
    let found: Vec<String> = breaches(&sources).iter().map(Breach::to_string).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    Ok(())
}

#[test]
fn no_crate_knows_what_it_must_not() -> Result<()> {
    let found = crates::breaches(&crates::of_workspace(&repository()?)?);
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    Ok(())
}

#[test]
fn every_crate_and_layer_is_scanned() -> Result<()> {
    let sources = sources::read_all(&repository()?)?;
    let scanned: BTreeSet<&str> = sources.iter().map(Source::path).collect();
    let has = |folder: &str| scanned.iter().any(|path| path.starts_with(folder));
    for name in crates::of_workspace(&repository()?)?.folders() {
        assert!(has(name), "no file of {name} was scanned");
    }
    for layer in [
        "src/ui/",
        "src/parts/",
        "src/pages/",
        "src/api/",
        "src/session/",
    ] {
        assert!(
            has(layer),
            "no file of {layer} was scanned: was it renamed?"
        );
    }
    for allowed in words::files_named_by_rules() {
        assert!(has(allowed), "a rule names {allowed}, which is no more");
    }
    Ok(())
}

#[test]
fn a_breach_in_a_new_folder_of_a_new_crate_is_found() {
    let root = std::env::temp_dir().join(format!("arrows-{}", std::process::id()));
    let folder = root.join("crates/new/src/deep/er");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::create_dir_all(root.join("target")).unwrap();
    std::fs::write(folder.join("mod.rs"), "use sqlx::Row;").unwrap();
    std::fs::write(root.join("target/generated.rs"), "use sqlx::Row;").unwrap();
    let found = breaches(&sources::read_all(&root).unwrap());
    std::fs::remove_dir_all(&root).unwrap();
    let found: Vec<String> = found.iter().map(Breach::to_string).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("crates/new/src/deep/er/mod.rs:1: "));
}
