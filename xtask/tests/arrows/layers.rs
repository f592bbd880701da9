//! Who may name whom inside the console, and what the domain may not name of `std`.
//! A path is followed wherever it stands, in a `use` or in an expression, with its
//! braces and through `self` and `super`.

use std::collections::BTreeSet;

use crate::lexer::Kind;
use crate::sources::{Breach, Source};

/// A path of names and the token it starts at.
struct Named {
    path: Vec<String>,
    at: usize,
}

/// What the console's layers must not name, as they are in `src/`.
const LAYERS: [(&str, &[&str]); 2] = [
    ("ui", &["api", "parts", "pages", "session"]),
    ("parts", &["pages"]),
];

/// The parts of `std` by which the domain could reach the world.
const WORLD: [&str; 6] = ["fs", "net", "env", "process", "io", "thread"];

/// Only the module that knows who is signed in keeps anything in the browser.
const STORAGE: [&str; 4] = ["storage", "stored", "store", "forget"];

/// The names of the console's pages.
pub(crate) fn pages(sources: &[Source]) -> BTreeSet<String> {
    sources
        .iter()
        .filter_map(|source| module_of(source.path()))
        .filter(|module| module.first().is_some_and(|first| first == "pages"))
        .filter_map(|module| module.into_iter().nth(1))
        .collect()
}

/// The breaches of one file.
pub(crate) fn breaches(source: &Source, pages: &BTreeSet<String>) -> Vec<Breach> {
    let in_domain = source.path().starts_with("crates/domain/src/");
    let module = module_of(source.path());
    let mut found = Vec::new();
    for named in paths(source, module.as_deref().unwrap_or_default()) {
        let why = if in_domain {
            reaches_the_world(&named.path)
        } else {
            module
                .as_deref()
                .and_then(|from| in_console(from, &named.path, pages))
        };
        found.extend(why.map(|why| source.breach(named.at, why)));
    }
    found
}

fn in_console(from: &[String], to: &[String], pages: &BTreeSet<String>) -> Option<String> {
    let from_layer = from.first()?.as_str();
    let to_layer = to.first()?.as_str();
    for (layer, forbidden) in LAYERS {
        if from_layer == layer && forbidden.contains(&to_layer) {
            return Some(format!("`{layer}` must not know `{to_layer}`"));
        }
    }
    let to_item = to.get(1)?.as_str();
    if from_layer == "pages" && to_layer == "pages" && from.get(1).is_some_and(|own| own != to_item)
    {
        let other = pages.contains(to_item) || to_item == "*";
        return other.then(|| format!("a page must not know the page `{to_item}`"));
    }
    let stores = to_layer == "browser" && STORAGE.contains(&to_item);
    (stores && from_layer != "session" && from_layer != "browser")
        .then(|| "only `session` keeps things in the browser's storage".to_owned())
}

fn reaches_the_world(path: &[String]) -> Option<String> {
    let [root, part, ..] = path else { return None };
    (root == "std" && WORLD.contains(&part.as_str()))
        .then(|| format!("the domain must not reach the world by `std::{part}`"))
}

/// The module that a file of the console is; none for other files.
fn module_of(path: &str) -> Option<Vec<String>> {
    let path = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let mut module: Vec<String> = path.split('/').map(str::to_owned).collect();
    if matches!(module.last()?.as_str(), "mod" | "lib" | "main") {
        module.pop();
    }
    Some(module)
}

/// All paths from the crate's root that a file names, and those into `std`.
fn paths(source: &Source, module: &[String]) -> Vec<Named> {
    let mut found = Vec::new();
    for at in 0..source.tokens.len() {
        // The tail of a longer path is no path of its own.
        let is_tail = at > 1 && source.has(at - 2, "::");
        if is_tail || !source.has(at + 1, "::") {
            continue;
        }
        let mut here = module.to_vec();
        here.extend(source.tokens[at].modules.iter().cloned());
        let start = match source.name(at) {
            Some("crate" | "bailiwick_console") => Vec::new(),
            Some("self") => here,
            Some("super") => {
                here.pop();
                here
            }
            Some(name @ ("std" | "browser")) => vec![name.to_owned()],
            _ => continue,
        };
        follow(source, at + 3, start, &mut found);
    }
    found
}

/// Follows a path from behind a `::`; gives the position behind it.
fn follow(source: &Source, mut at: usize, mut path: Vec<String>, found: &mut Vec<Named>) -> usize {
    let start = at;
    loop {
        match source.tokens.get(at).map(|token| &token.kind) {
            Some(Kind::Name(name)) => {
                match name.as_str() {
                    "super" => drop(path.pop()),
                    "self" => {}
                    name => path.push(name.to_owned()),
                }
                at += 1;
                if source.has(at, "::") {
                    at += 2;
                    continue;
                }
            }
            Some(Kind::Sign('*')) => {
                path.push("*".to_owned());
                at += 1;
            }
            Some(Kind::Sign('{')) => {
                at += 1;
                while let Some(token) = source.tokens.get(at) {
                    at = match token.kind {
                        Kind::Sign('}') => return at + 1,
                        // `as other` and the comma belong to no path.
                        Kind::Sign(_) => at + 1,
                        _ if source.has(at, "as") => at + 2,
                        _ => follow(source, at, path.clone(), found),
                    };
                }
                return at;
            }
            _ => {}
        }
        found.push(Named {
            path,
            at: start.min(source.tokens.len() - 1),
        });
        return at.max(start + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::{breaches, pages};
    use crate::sources::Source;

    fn count(path: &str, text: &str) -> usize {
        let other = Source::new("src/pages/login/mod.rs", "");
        let source = Source::new(path, text);
        let pages = pages(&[other, Source::new(path, "")]);
        breaches(&source, &pages).len()
    }

    #[test]
    fn layers_do_not_look_up() {
        for (path, text) in [
            ("src/ui/button.rs", "use crate::api::Client;"),
            ("src/ui/button.rs", "use crate::{routes, parts::account};"),
            ("src/ui/button.rs", "fn f() { crate::pages::login::show() }"),
            (
                "src/ui/menu/mod.rs",
                "use super::super::{ui::icon, session as s};",
            ),
            (
                "src/parts/account.rs",
                "use super::super::pages;\nuse super::super::pages::login;",
            ),
        ] {
            assert!(count(path, text) > 0, "{path}: {text}");
        }
        for (path, text) in [
            (
                "src/ui/button.rs",
                "use super::icon::{Icon, icon}; use crate::browser::now;",
            ),
            (
                "src/ui/button.rs",
                "// use crate::api::Client;\nlet x = \"crate::api::x\";",
            ),
            (
                "src/parts/account.rs",
                "use crate::{api, session::use_session, ui::{icon, menu::Menu}};",
            ),
            ("src/app.rs", "use crate::pages::login::login;"),
        ] {
            assert_eq!(count(path, text), 0, "{path}: {text}");
        }
    }

    #[test]
    fn pages_do_not_know_each_other() {
        for text in [
            "use crate::pages::login::login;",
            "use crate::pages::{self, login};",
            "use super::super::login;\nuse super::super::login::x;",
            "mod tests { use super::super::super::login::x; }",
            "use crate::pages::*;",
        ] {
            assert!(count("src/pages/group/tree.rs", text) > 0, "{text}");
        }
        for text in [
            "use super::state::State;",
            "use crate::pages::group::state::State;",
            "use crate::pages::not_a_page;",
            "mod tests { use super::*; use super::super::state; }",
        ] {
            assert_eq!(count("src/pages/group/tree.rs", text), 0, "{text}");
        }
        assert_eq!(
            count(
                "src/pages/mod.rs",
                "use self::login::login; use crate::pages::login;"
            ),
            0
        );
    }

    #[test]
    fn only_the_session_stores() {
        let text = "use crate::browser;\nfn f() { browser::store(\"a\", \"b\"); }";
        assert_eq!(count("src/pages/group/mod.rs", text), 1);
        assert_eq!(
            count("src/parts/gate.rs", "use crate::browser::{now, stored};"),
            1
        );
        assert_eq!(count("src/session/pending.rs", text), 0);
    }

    #[test]
    fn the_domain_does_not_reach_the_world() {
        for text in [
            "use std::fs;",
            "use std::{fmt, net::IpAddr};",
            "std::env::var(\"X\")",
        ] {
            assert_eq!(count("crates/domain/src/role.rs", text), 1, "{text}");
        }
        assert_eq!(
            count(
                "crates/domain/src/role.rs",
                "use std::{fmt, collections::BTreeMap};"
            ),
            0
        );
        assert_eq!(count("crates/store/src/lib.rs", "use std::fs;"), 0);
    }
}
