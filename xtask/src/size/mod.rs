//! Compares what the first page costs on the wire with the budget.

mod by_crate;
mod wasm;

use std::fs;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::console::{Manifest, read_manifest};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// What the API answers before the first page is usable: who is signed in, and the
/// first list. Measured once, generously; it hardly moves with the console.
const FIRST_DATA_BYTES: usize = 4000;
const FIRST_DATA_REQUESTS: usize = 2;

/// How many crates are worth a line.
const CRATES_SHOWN: usize = 15;

/// What `size-budget.toml` says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    total_wire_bytes: usize,
    max_requests: usize,
    whole_wire_bytes: usize,
}

/// Prints the sizes and fails above the budget.
pub(crate) fn check(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    let file = workspace.root().join("size-budget.toml");
    let text = fs::read_to_string(&file).context("cannot read size-budget.toml")?;
    let budget: Budget = toml::from_str(&text).context("size-budget.toml is wrong")?;
    steps.loud("Size of the first page", || {
        let page = fs::read_to_string(workspace.embed().join("index.html"))?;
        let costs = Costs::of(&read_manifest(&workspace.embed())?, &page);
        costs.print(&budget);
        by_crate::print(workspace, CRATES_SHOWN);
        costs.hold_against(&budget)
    })
}

/// What each thing costs, dearest first.
#[derive(Debug)]
struct Costs {
    first: Vec<(String, usize)>,
    /// What arrives when somebody first goes there (docs/decisions/0011).
    later: Vec<(String, usize)>,
    requests: usize,
}

impl Costs {
    /// `page` is the text of index.html, which names all that the first page needs.
    fn of(console: &Manifest, page: &str) -> Self {
        let mut files: Vec<(String, usize)> = console
            .files
            .iter()
            .map(|file| (file.path.clone(), file.brotli_bytes))
            .collect();
        files.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        let (mut first, later): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|(path, _)| path == "index.html" || page.contains(path));
        let requests = first.len() + FIRST_DATA_REQUESTS;
        first.push(("first data (assumed)".to_owned(), FIRST_DATA_BYTES));
        Self {
            first,
            later,
            requests,
        }
    }

    fn total(&self) -> usize {
        sum(&self.first)
    }

    fn print(&self, budget: &Budget) {
        println!("   bytes  file (brotli)");
        print_items(&self.first);
        println!(
            "{:>8}  together, of {} allowed; {} requests of {}",
            self.total(),
            budget.total_wire_bytes,
            self.requests,
            budget.max_requests
        );
        println!("   bytes  what arrives later");
        print_items(&self.later);
        println!(
            "{:>8}  with the first page, of {} allowed",
            self.total() + sum(&self.later),
            budget.whole_wire_bytes
        );
    }

    fn hold_against(&self, budget: &Budget) -> Result<()> {
        let (total, allowed) = (self.total(), budget.total_wire_bytes);
        if total > allowed {
            let largest = self.first.first().map_or("", |(name, _)| name.as_str());
            bail!(
                "the first page costs {total} bytes, {} too many; the largest part is {largest}",
                total - allowed
            );
        }
        if self.requests > budget.max_requests {
            bail!(
                "the first page needs {} requests, {} are allowed",
                self.requests,
                budget.max_requests
            );
        }
        let whole = total + sum(&self.later);
        if whole > budget.whole_wire_bytes {
            bail!(
                "all pages together cost {whole} bytes, {} too many",
                whole - budget.whole_wire_bytes
            );
        }
        Ok(())
    }
}

fn sum(items: &[(String, usize)]) -> usize {
    items.iter().map(|(_, bytes)| bytes).sum()
}

fn print_items(items: &[(String, usize)]) {
    for (name, bytes) in items {
        println!("{bytes:>8}  {name}");
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Costs, FIRST_DATA_BYTES};

    fn costs() -> Costs {
        let entry = |path: &str, bytes: usize| {
            serde_json::json!({
                "path": path, "content_type": "x/y", "immutable": true,
                "sha256": "", "bytes": bytes * 3, "brotli_bytes": bytes,
            })
        };
        let manifest = serde_json::json!({
            "build": "b", "files": [entry("index.html", 800), entry("c_bg.wasm", 90_000),
                entry("later.wasm", 30_000)],
        });
        let page = r#"<script src="/b.js" data-wasm="/c_bg.wasm"></script>"#;
        Costs::of(&serde_json::from_value(manifest).unwrap(), page)
    }

    fn budget(total_wire_bytes: usize, max_requests: usize) -> Budget {
        Budget {
            total_wire_bytes,
            max_requests,
            whole_wire_bytes: 120_800 + FIRST_DATA_BYTES,
        }
    }

    #[test]
    fn the_budget_is_held_to_the_byte() {
        let total = 90_800 + FIRST_DATA_BYTES;
        assert_eq!(costs().total(), total);
        assert!(costs().hold_against(&budget(total, 4)).is_ok());
        let error = costs().hold_against(&budget(total - 1, 4)).unwrap_err();
        assert!(error.to_string().contains("c_bg.wasm"), "{error}");
        assert!(costs().hold_against(&budget(total, 3)).is_err());
    }

    #[test]
    fn what_arrives_later_counts_for_the_whole_and_not_for_the_first_page() {
        let mut allowed = budget(90_800 + FIRST_DATA_BYTES, 4);
        assert!(costs().hold_against(&allowed).is_ok());
        allowed.whole_wire_bytes -= 1;
        let error = costs().hold_against(&allowed).unwrap_err();
        assert!(error.to_string().contains("all pages"), "{error}");
    }
}
