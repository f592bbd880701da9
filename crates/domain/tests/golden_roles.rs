//! What each built-in role contains, as a table in `golden/roles.txt`. A change of a role shows in
//! review as a change of that file.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::path::Path;

use bailiwick_domain::{BuiltInRole, Capability};

/// Set to `1`, it writes the table anew.
const REWRITE: &str = "BAILIWICK_GOLDEN";

fn table() -> String {
    let mut table = format!("{:<32}", "capability");
    for role in BuiltInRole::all() {
        write!(table, " {:<10}", role.name).unwrap();
    }
    table = table.trim_end().to_owned() + "\n";
    for capability in Capability::all() {
        let mut line = format!("{:<32}", capability.name());
        for role in BuiltInRole::all() {
            let has = role.capabilities.iter().any(|held| held == capability);
            write!(line, " {:<10}", if has { "yes" } else { "-" }).unwrap();
        }
        table.push_str(line.trim_end());
        table.push('\n');
    }
    table
}

/// The lines that only one of two tables has, as `diff` marks them.
fn differences(golden: &str, found: &str) -> String {
    let only = |mark: char, one: &str, other: &str| -> String {
        one.lines()
            .filter(|line| !other.lines().any(|known| known == *line))
            .map(|line| format!("{mark} {line}\n"))
            .collect()
    };
    only('-', golden, found) + &only('+', found, golden)
}

#[test]
fn the_built_in_roles_are_those_of_the_golden_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/roles.txt");
    let found = table();
    if std::env::var(REWRITE).is_ok_and(|value| value == "1") {
        std::fs::write(&path, &found).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    assert!(
        golden == found,
        "the roles are not those of crates/domain/tests/golden/roles.txt:\n{}\
         If that is meant, run `{REWRITE}=1 cargo test -p bailiwick-domain --test golden_roles`, \
         look at `git diff crates/domain/tests/golden` and commit it.",
        differences(&golden, &found)
    );
}

#[test]
fn a_difference_names_the_lines_that_differ() {
    assert_eq!(differences("a\nb\n", "a\nc\n"), "- b\n+ c\n");
    assert_eq!(differences("a\n", "a\n"), "");
}
