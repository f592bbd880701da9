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
}

/// Prints the sizes and fails above the budget.
pub(crate) fn check(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    let file = workspace.root().join("size-budget.toml");
    let text = fs::read_to_string(&file).context("cannot read size-budget.toml")?;
    let budget: Budget = toml::from_str(&text).context("size-budget.toml is wrong")?;
    steps.loud("Size of the first page", || {
        let costs = Costs::of(&read_manifest(&workspace.embed())?);
        costs.print(&budget);
        by_crate::print(workspace, CRATES_SHOWN);
        costs.hold_against(&budget)
    })
}

/// What each thing costs, dearest first.
#[derive(Debug)]
struct Costs {
    items: Vec<(String, usize)>,
    requests: usize,
}

impl Costs {
    fn of(console: &Manifest) -> Self {
        let mut items: Vec<(String, usize)> = console
            .files
            .iter()
            .map(|file| (file.path.clone(), file.brotli_bytes))
            .collect();
        let requests = items.len() + FIRST_DATA_REQUESTS;
        items.push(("first data (assumed)".to_owned(), FIRST_DATA_BYTES));
        items.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        Self { items, requests }
    }

    fn total(&self) -> usize {
        self.items.iter().map(|(_, bytes)| bytes).sum()
    }

    fn print(&self, budget: &Budget) {
        println!("   bytes  file (brotli)");
        for (name, bytes) in &self.items {
            println!("{bytes:>8}  {name}");
        }
        println!(
            "{:>8}  together, of {} allowed; {} requests of {}",
            self.total(),
            budget.total_wire_bytes,
            self.requests,
            budget.max_requests
        );
    }

    fn hold_against(&self, budget: &Budget) -> Result<()> {
        let (total, allowed) = (self.total(), budget.total_wire_bytes);
        if total > allowed {
            let largest = self.items.first().map_or("", |(name, _)| name.as_str());
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
        Ok(())
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
            "build": "b", "files": [entry("index.html", 800), entry("c_bg.wasm", 90_000)],
        });
        Costs::of(&serde_json::from_value(manifest).unwrap())
    }

    fn budget(total_wire_bytes: usize, max_requests: usize) -> Budget {
        Budget {
            total_wire_bytes,
            max_requests,
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
}
