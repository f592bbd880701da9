//! Words that belong to few files: HTTP to `api/`, SQL to the store, status codes to
//! `error.rs`, and some that belong to none.

use crate::lexer::Kind;
use crate::sources::{Breach, Source};

/// Words, where they are looked for and where they may stand.
struct Rule {
    words: &'static [&'static str],
    /// Paths that the rule looks at; all files if empty.
    below: &'static [&'static str],
    /// Paths in which the words may stand.
    allowed: &'static [&'static str],
    /// Whether tests may use them anywhere.
    tests_may: bool,
    why: &'static str,
}

const RULES: [Rule; 9] = [
    Rule {
        words: &[
            "gloo_net",
            "reqwest",
            "XmlHttpRequest",
            "EventSource",
            "WebSocket",
            "fetch_with_str",
            "fetch_with_request",
            "fetch_with_str_and_init",
            "fetch_with_request_and_init",
            "send_beacon",
            "send_beacon_with_opt_str",
        ],
        below: &["src/"],
        allowed: &["src/api/"],
        tests_may: false,
        why: "only `api` speaks HTTP",
    },
    Rule {
        words: &["local_storage", "session_storage", "indexed_db"],
        below: &["src/"],
        // browser.rs wraps it for `session`; the theme is no secret and asks nobody.
        allowed: &["src/browser.rs", "src/session/", "src/ui/theme.rs"],
        tests_may: false,
        why: "only `session` keeps things in the browser's storage",
    },
    Rule {
        words: &["bailiwick_api", "bailiwick_domain"],
        below: &["src/ui/"],
        allowed: &[],
        tests_may: false,
        why: "components in `ui` know nothing of the domain",
    },
    Rule {
        words: &[
            "inner_html",
            "set_inner_html",
            "set_outer_html",
            "insert_adjacent_html",
            "create_contextual_fragment",
            "set_html_unsafe",
        ],
        below: &[],
        allowed: &[],
        tests_may: false,
        why: "text must not become markup",
    },
    Rule {
        words: &["sqlx", "rusqlite", "libsqlite3_sys", "tokio_postgres"],
        below: &[],
        allowed: &["crates/store/", "crates/testkit/src/database.rs"],
        tests_may: false,
        why: "only the store speaks to databases, and the test kit makes them",
    },
    Rule {
        words: &[
            "http::",
            "use http;",
            "axum",
            "hyper",
            "reqwest",
            "StatusCode",
        ],
        below: &["crates/store/"],
        allowed: &[],
        tests_may: false,
        why: "the store knows no HTTP",
    },
    Rule {
        words: &["StatusCode::", "from_u16"],
        below: &["crates/server/src/"],
        // Besides errors: files that answer browsers with pages and assets, and the
        // development provider, which is another server in the same process.
        allowed: &[
            "crates/server/src/error.rs",
            "crates/server/src/assets.rs",
            "crates/server/src/oauth/failure.rs",
            "crates/server/src/dev_provider/",
        ],
        tests_may: true,
        why: "only `error.rs` chooses status codes",
    },
    Rule {
        words: &["as_host"],
        below: &["crates/"],
        allowed: &[
            "crates/store/",
            "crates/bailiwick/src/admin/",
            "crates/server/src/serve.rs",
        ],
        tests_may: true,
        why: "what the host may do is not reached over the network",
    },
    Rule {
        words: &["SystemTime", "Instant", "getrandom", "rand::"],
        below: &["crates/domain/src/"],
        allowed: &[],
        tests_may: true,
        why: "the domain gets time and random bytes as arguments",
    },
];

/// How a statement starts.
const SQL: [&str; 15] = [
    "SELECT ",
    "INSERT INTO ",
    "DELETE FROM ",
    "UPDATE ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "CREATE UNIQUE INDEX ",
    "ALTER TABLE ",
    "DROP TABLE ",
    "DROP INDEX ",
    "PRAGMA ",
    "WITH RECURSIVE ",
    "BEGIN IMMEDIATE",
    "SAVEPOINT ",
    "VACUUM",
];

/// Where SQL may stand: in the store, where the test kit makes databases, and here.
const SQL_ALLOWED: [&str; 3] = [
    "crates/store/",
    "crates/testkit/src/database.rs",
    "xtask/tests/arrows/words.rs",
];

/// The files and folders that rules name, which must exist or the rules are stale.
pub(crate) fn files_named_by_rules() -> impl Iterator<Item = &'static str> {
    RULES
        .iter()
        .flat_map(|rule| rule.below.iter().chain(rule.allowed))
        .chain(&SQL_ALLOWED)
        .copied()
}

/// The breaches of one file.
pub(crate) fn breaches(source: &Source) -> Vec<Breach> {
    let mut found = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.looks_at(source)) {
        for at in 0..source.tokens.len() {
            if rule.tests_may && source.tokens[at].in_tests() {
                continue;
            }
            if let Some(word) = rule.words.iter().find(|word| source.has(at, word)) {
                found.push(source.breach(at, format!("`{word}`: {}", rule.why)));
            }
        }
    }
    found.extend(sql(source));
    found.extend(style_attributes(source));
    found
}

impl Rule {
    fn looks_at(&self, source: &Source) -> bool {
        let starts = |paths: &[&str]| paths.iter().any(|path| source.path().starts_with(path));
        (self.below.is_empty() || starts(self.below))
            && !starts(self.allowed)
            && !(self.tests_may && source.is_test())
    }
}

fn sql(source: &Source) -> Vec<Breach> {
    if SQL_ALLOWED
        .iter()
        .any(|path| source.path().starts_with(path))
    {
        return Vec::new();
    }
    let is_sql = |kind: &Kind| match kind {
        Kind::Text(text) => SQL.iter().any(|start| text.trim_start().starts_with(start)),
        _ => false,
    };
    (0..source.tokens.len())
        .filter(|at| is_sql(&source.tokens[*at].kind))
        .map(|at| source.breach(at, "SQL outside the store"))
        .collect()
}

/// The policy forbids `style=`; `style:--x=` goes another way and is allowed. In Rust
/// code `style = …` may be a variable, so only markup and builders are looked at.
fn style_attributes(source: &Source) -> Vec<Breach> {
    if !source.path().starts_with("src/") {
        return Vec::new();
    }
    let why = "a style attribute, which the policy forbids: use a class, or `style:--x`";
    let mut depth = 0_usize;
    let mut views: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for at in 0..source.tokens.len() {
        match source.tokens[at].kind {
            Kind::Sign('{') => {
                depth += 1;
                if at > 1 && source.has(at - 2, "view!") {
                    views.push(depth);
                }
            }
            Kind::Sign('}') => {
                if views.last() == Some(&depth) {
                    views.pop();
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        let variable = at > 0 && (source.has(at - 1, "let") || source.has(at - 1, "mut"));
        let markup = !views.is_empty()
            && !variable
            && source.has(at, "style=")
            && !source.has(at, "style==");
        // `.style(("--x", …))` is the builder's form of `style:--x`, and `.style()` asks the
        // object model, which the policy does not govern.
        let builder =
            source.has(at, ".style(") && !source.has(at, ".style((") && !source.has(at, ".style()");
        let by_name = source.name(at).is_some_and(|name| {
            name.starts_with("set_attribute") || matches!(name, "attr" | "set")
        }) && source.has(at + 1, "(\"style\"");
        if markup || builder || by_name {
            found.push(source.breach(at, why));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::breaches;
    use crate::sources::Source;

    fn count(path: &str, text: &str) -> usize {
        breaches(&Source::new(path, text)).len()
    }

    #[test]
    fn words_stand_only_where_they_belong() {
        for (path, text) in [
            (
                "src/pages/login/mod.rs",
                "gloo_net::http::Request::get(\"/x\")",
            ),
            ("src/session/mod.rs", "window().fetch_with_str(\"/x\")"),
            ("src/pages/login/mod.rs", "window().local_storage()"),
            ("src/ui/id.rs", "use bailiwick_domain::Uidp;"),
            ("src/ui/id.rs", "view! { <p inner_html=x></p> }"),
            ("crates/server/src/iam/groups.rs", "use sqlx::Row;"),
            ("crates/store/src/lib.rs", "use http::StatusCode;"),
            ("crates/store/tests/a.rs", "axum::serve(x)"),
            ("crates/server/src/iam/groups.rs", "StatusCode::NOT_FOUND"),
            ("crates/domain/src/role.rs", "Instant::now()"),
            (
                "crates/testkit/src/lib.rs",
                "query(\"SELECT uid FROM groups\")",
            ),
            (
                "crates/server/tests/a.rs",
                "query(r#\"\n  UPDATE groups SET name = $1\"#)",
            ),
        ] {
            assert!(count(path, text) > 0, "{path}: {text}");
        }
    }

    #[test]
    fn words_that_belong_are_left_alone() {
        for (path, text) in [
            ("src/api/fetch.rs", "window().fetch_with_str(\"/x\")"),
            ("src/browser.rs", "window().local_storage()"),
            (
                "crates/store/src/lib.rs",
                "use sqlx::Row; query(\"SELECT 1\"); let http = 1;",
            ),
            ("crates/server/src/error.rs", "StatusCode::NOT_FOUND"),
            (
                "crates/server/src/app.rs",
                "mod tests { fn f() { StatusCode::OK; } }",
            ),
            (
                "crates/server/src/app.rs",
                "use http::StatusCode; // StatusCode::OK",
            ),
            ("crates/server/tests/a.rs", "StatusCode::OK"),
            ("src/parts/gate.rs", "\"Select an account\""),
        ] {
            assert_eq!(count(path, text), 0, "{path}: {text}");
        }
    }

    #[test]
    fn style_attributes_are_found() {
        for text in [
            "view! { <p style=\"color: red\"></p> }",
            "view! { <p>{move || view! { <b style=x></b> }}</p> }",
            "p().style(\"color: red\")",
            "element.set_attribute(\"style\", x)",
        ] {
            assert_eq!(count("src/ui/a.rs", text), 1, "{text}");
        }
        for text in [
            "view! { <p style:--x=y></p> }",
            "view! { {let style = 1; style == 2} }",
            "p().style((\"--x\", y))",
            "row.html().style().set_property(\"--level\", x)",
            "view! { <p></p> } style = 3;",
        ] {
            assert_eq!(count("src/ui/a.rs", text), 0, "{text}");
        }
    }
}
