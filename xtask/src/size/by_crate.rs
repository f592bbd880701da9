//! The console's code by the crate it comes from, to find who made it grow.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use super::wasm;
use crate::console::PROFILE;
use crate::workspace::Workspace;

/// The standard library's crates. Much of their code exists only for another crate's
/// types, so that crate is named if the symbol tells it.
const STANDARD: [&str; 3] = ["core", "alloc", "std"];

/// Functions that wasm-bindgen runs when it makes the loader, and takes out.
const ONLY_FOR_BINDGEN: &str = "__wbindgen_describe";

/// Prints the crates with the most code. It only informs: without the linked module
/// (another machine built it) a line says so.
pub(super) fn print(workspace: &Workspace, shown: usize) {
    let Some(module) = newest_module(workspace).and_then(|file| fs::read(file).ok()) else {
        println!("bytes by crate: no linked module here; `cargo xtask build-console` makes one");
        return;
    };
    let Some(parts) = wasm::parts(&module) else {
        println!("bytes by crate: the linked module has no names");
        return;
    };
    let mut crates: BTreeMap<String, usize> = BTreeMap::new();
    for (symbol, bytes) in &parts.functions {
        if symbol.starts_with(ONLY_FOR_BINDGEN) {
            continue;
        }
        *crates.entry(crate_of(symbol)).or_default() += bytes;
    }
    crates.insert("(data: texts and tables)".to_owned(), parts.data);
    let mut crates: Vec<_> = crates.into_iter().collect();
    crates.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    println!("   bytes  crate (before wasm-bindgen, wasm-opt and compression)");
    for (name, bytes) in crates.iter().take(shown) {
        println!("{bytes:>8}  {name}");
    }
    let rest: usize = crates.iter().skip(shown).map(|(_, bytes)| bytes).sum();
    println!("{rest:>8}  all others");
}

/// Where the module stands depends on the compiler, so the newest one counts.
fn newest_module(workspace: &Workspace) -> Option<PathBuf> {
    let age = |file: &PathBuf| -> Option<SystemTime> { fs::metadata(file).ok()?.modified().ok() };
    [
        workspace.target().to_path_buf(),
        workspace.target().join("wasm"),
    ]
    .map(|target| {
        target
            .join("wasm32-unknown-unknown")
            .join(PROFILE)
            .join("console.wasm")
    })
    .into_iter()
    .filter(|file| file.is_file())
    .max_by_key(age)
}

/// The crate a function belongs to: the first one its name tells that is not the
/// standard library.
fn crate_of(symbol: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(symbol));
    let mut roots = crate_roots(&name);
    let first = roots.clone().next();
    let own = roots.find(|root| !STANDARD.contains(root));
    own.or(first).unwrap_or("(exports)").to_owned()
}

/// The identifiers that start a path: followed by `::` and not preceded by it.
fn crate_roots(name: &str) -> impl Iterator<Item = &str> + Clone {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    name.match_indices("::").filter_map(move |(end, _)| {
        let start = name[..end].rfind(|c| !is_word(c)).map_or(0, |at| at + 1);
        let root = &name[start..end];
        (!root.is_empty() && !name[..start].ends_with("::")).then_some(root)
    })
}

#[cfg(test)]
mod tests {
    use super::crate_of;

    #[test]
    fn names_the_crate_that_a_function_is_there_for() {
        for (symbol, expected) in [
            ("core::fmt::write", "core"),
            ("<leptos::view::View as core::fmt::Debug>::fmt", "leptos"),
            (
                "core::ptr::drop_in_place::<serde_json::value::Value>",
                "serde_json",
            ),
            ("<alloc::vec::Vec<u8>>::push", "alloc"),
            ("__wbindgen_malloc", "(exports)"),
        ] {
            assert_eq!(crate_of(symbol), expected);
        }
    }
}
