//! Which crate may depend on which, from what their manifests declare.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use cargo_metadata::{DependencyKind, MetadataCommand};

/// The workspace's crates with what they need to be built (not tested).
pub(crate) struct Crates {
    needs: BTreeMap<String, BTreeSet<String>>,
    folders: Vec<String>,
}

/// Crates of ours that must not be reached, however long the way.
const NEVER: [(&str, &[&str]); 5] = [
    (
        "bailiwick-console",
        &["bailiwick-store", "bailiwick-server"],
    ),
    ("bailiwick-server", &["bailiwick-console"]),
    (
        "bailiwick-store",
        &["bailiwick-server", "bailiwick-api", "bailiwick-console"],
    ),
    ("bailiwick-cli", &["bailiwick-store", "bailiwick-server"]),
    (
        "bailiwick-api",
        &["bailiwick-store", "bailiwick-server", "bailiwick-console"],
    ),
];

/// All that the domain needs. It does no IO, reads no clock and makes no randomness, so
/// whoever adds a line here has made sure that the new crate does not either.
const DOMAIN: [&str; 6] = [
    "base64",
    "idna",
    "serde",
    "sha2",
    "thiserror",
    "unicode-normalization",
];

/// Foreign crates that some of ours must not name.
const FOREIGN: [(&str, &[&str]); 2] = [("bailiwick-api", &HTTP), ("bailiwick-store", &HTTP)];

const HTTP: [&str; 9] = [
    "axum",
    "gloo-net",
    "http",
    "http-body",
    "hyper",
    "reqwest",
    "tower",
    "ureq",
    "web-sys",
];

/// What we compare with and measure with; nothing needs it to be built.
const MEASURES: [&str; 2] = ["cedar-policy", "criterion"];

/// Only the store speaks to databases, and the test kit makes them.
const DATABASES: [&str; 4] = ["sqlx", "rusqlite", "libsqlite3-sys", "tokio-postgres"];

impl Crates {
    /// The folders of the crates; the root package's is `src/`.
    pub(crate) fn folders(&self) -> &[String] {
        &self.folders
    }

    fn reached_from(&self, start: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open = vec![start];
        while let Some(name) = open.pop() {
            for need in self.needs.get(name).into_iter().flatten() {
                if reached.insert(need.as_str()) {
                    open.push(need);
                }
            }
        }
        reached
    }
}

/// Reads the workspace, without its foreign crates: they need not be downloaded.
pub(crate) fn of_workspace(root: &Path) -> Result<Crates> {
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        .exec()?;
    let mut crates = Crates {
        needs: BTreeMap::new(),
        folders: Vec::new(),
    };
    for package in metadata.packages {
        let folder = package.manifest_path.strip_prefix(root)?.parent();
        crates
            .folders
            .push(match folder.map(|folder| folder.as_str()) {
                None | Some("") => "src/".to_owned(),
                Some(folder) => format!("{folder}/"),
            });
        let needs = package
            .dependencies
            .into_iter()
            .filter(|needed| needed.kind != DependencyKind::Development)
            .map(|needed| needed.name);
        crates
            .needs
            .insert(package.name.to_string(), needs.collect());
    }
    Ok(crates)
}

/// The arrows that must not be.
pub(crate) fn breaches(crates: &Crates) -> Vec<String> {
    let mut found = Vec::new();
    for (name, needs) in &crates.needs {
        let reached = crates.reached_from(name);
        let never = NEVER.iter().filter(|(from, _)| from == name);
        for to in never.flat_map(|(_, never)| never.iter()) {
            if reached.contains(to) {
                found.push(format!("{name} must not depend on {to}"));
            }
        }
        if name != "bailiwick-testkit" && reached.contains("bailiwick-testkit") {
            found.push(format!(
                "{name} depends on the test kit, but not for its tests"
            ));
        }
        if reached.contains("bailiwick-bench") {
            found.push(format!("{name} must not depend on the benchmarks"));
        }
        for need in needs {
            let foreign = FOREIGN
                .iter()
                .any(|(from, never)| from == name && never.contains(&need.as_str()));
            let domain = name == "bailiwick-domain" && !DOMAIN.contains(&need.as_str());
            let speaks = ["bailiwick-store", "bailiwick-testkit"].contains(&name.as_str());
            let database = !speaks && DATABASES.contains(&need.as_str());
            let measure = MEASURES.contains(&need.as_str());
            if foreign || domain || database || measure {
                found.push(format!("{name} must not depend on {need}"));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Crates, breaches};

    fn count(arrows: &[(&str, &[&str])]) -> usize {
        let needs = arrows.iter().map(|(from, to)| {
            let to = to.iter().map(|name| (*name).to_owned()).collect();
            ((*from).to_owned(), to)
        });
        breaches(&Crates {
            needs: needs.collect(),
            folders: Vec::new(),
        })
        .len()
    }

    #[test]
    fn forbidden_arrows_are_found_also_by_a_detour() {
        for arrows in [
            &[("bailiwick-console", &["bailiwick-store"][..])][..],
            &[
                ("bailiwick-console", &["helper"]),
                ("helper", &["bailiwick-server"]),
            ],
            &[("bailiwick-server", &["bailiwick-console"])],
            &[("bailiwick-domain", &["tokio"])],
            &[("bailiwick-domain", &["bailiwick-api"])],
            &[("bailiwick-api", &["reqwest"])],
            &[("bailiwick-store", &["axum"])],
            &[("bailiwick-server", &["sqlx"])],
            &[("bailiwick-server", &["bailiwick-testkit"])],
            &[("bailiwick-testkit", &["bailiwick-bench"])],
            &[("bailiwick-bench", &["cedar-policy"])],
        ] {
            assert_eq!(count(arrows), 1, "{arrows:?}");
        }
    }

    #[test]
    fn the_arrows_of_the_design_are_allowed() {
        let arrows: &[(&str, &[&str])] = &[
            (
                "bailiwick-server",
                &["bailiwick-store", "bailiwick-api", "axum", "http"],
            ),
            ("bailiwick-store", &["bailiwick-domain", "sqlx"]),
            (
                "bailiwick-console",
                &["bailiwick-api", "bailiwick-domain", "reactive_graph"],
            ),
            ("bailiwick-domain", &["serde"]),
            ("bailiwick-testkit", &["bailiwick-server", "axum"]),
            ("bailiwick-bench", &["bailiwick-domain"]),
        ];
        assert_eq!(count(arrows), 0);
    }
}
