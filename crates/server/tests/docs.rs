//! `docs/api.md` is true: its examples are run in order, its tables are compared with the code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bailiwick_api::routes::{ROUTES, Shape};
use bailiwick_testkit::browser::at_provider;
use bailiwick_testkit::{Browser, TestServer};
use serde_json::Value;

const DOCS: &str = include_str!("../../../docs/api.md");
/// Stands for any text.
const ANY: &str = "…";

/// A fenced block: a request, an empty line, an answer.
#[derive(Debug)]
struct Example<'a> {
    method: &'a str,
    path: &'a str,
    headers: Vec<(String, &'a str)>,
    body: &'a str,
    status: u16,
    answer: Value,
}

fn examples() -> Vec<Example<'static>> {
    let blocks = DOCS.split("```http\n").skip(1);
    blocks
        .map(|block| parse(block.split("```").next().unwrap()))
        .collect()
}

fn parse(block: &'static str) -> Example<'static> {
    let (request, answer) = block.split_once("\n\n").expect(block);
    let (first, mut body) = request.split_once('\n').unwrap_or((request, ""));
    let (method, path) = first.split_once(' ').expect(block);
    let mut headers = Vec::new();
    while !body.is_empty() && !body.starts_with('{') {
        let (line, rest) = body.split_once('\n').unwrap_or((body, ""));
        let (name, value) = line.split_once(": ").expect(block);
        headers.push((name.to_ascii_lowercase(), value));
        body = rest;
    }
    let (status, answer) = answer.split_once('\n').expect(block);
    Example {
        method,
        path,
        headers,
        body,
        status: status.parse().expect(block),
        answer: serde_json::from_str(answer).expect(block),
    }
}

/// What the placeholders stand for.
#[derive(Debug, Default)]
struct Known(BTreeMap<String, String>);

impl Known {
    fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    }

    /// Same keys, same lengths, same values, except where the example says any or gives a name.
    fn compare(&mut self, example: &Value, actual: &Value, at: &str) {
        match (example, actual) {
            (Value::Object(example), Value::Object(actual)) => {
                let keys = |map: &serde_json::Map<String, Value>| {
                    map.keys().cloned().collect::<BTreeSet<_>>()
                };
                assert_eq!(keys(example), keys(actual), "{at}: {actual:?}");
                for (key, value) in example {
                    self.compare(value, &actual[key], &format!("{at}.{key}"));
                }
            }
            (Value::Array(example), Value::Array(actual)) if example[..] == [ANY] => {
                assert!(actual.iter().all(Value::is_string), "{at}: {actual:?}");
            }
            (Value::Array(example), Value::Array(actual)) => {
                assert_eq!(example.len(), actual.len(), "{at}: {actual:?}");
                for (one, other) in example.iter().zip(actual) {
                    self.compare(one, other, at);
                }
            }
            (Value::String(example), Value::String(actual)) => {
                let name = example
                    .strip_prefix('{')
                    .and_then(|name| name.strip_suffix('}'));
                if let Some(name) = name {
                    let known = self.0.entry(name.to_owned());
                    assert_eq!(known.or_insert_with(|| actual.clone()), actual, "{at}");
                } else if example != ANY {
                    assert_eq!(example, actual, "{at}");
                }
            }
            _ => assert_eq!(example, actual, "{at}"),
        }
    }
}

/// A browser that has come back from the provider, and what it will redeem.
async fn with_code(server: &TestServer) -> (Browser, Known) {
    let mut browser = server.browser();
    let begun = browser.begin("dev").await;
    let callback = at_provider(&begun.location, Some("ada@example.com")).await;
    let back = browser.come_back(&callback).await;
    let mut known = Known::default();
    for (name, value) in [
        ("code", back.location("code").unwrap()),
        ("verifier", begun.verifier),
        ("nonce", begun.nonce),
        ("base", server.base_url.clone()),
    ] {
        known.0.insert(name.to_owned(), value);
    }
    (browser, known)
}

#[tokio::test]
async fn every_example_does_what_it_says() {
    let server = TestServer::start().await;
    let (mut browser, mut known) = with_code(&server).await;
    let examples = examples();
    assert!(examples.len() >= 15, "only {} were found", examples.len());
    for example in &examples {
        let path = known.fill(example.path);
        assert!(!path.contains('{'), "{path}: no answer has given this yet");
        let mut ask = browser.ask(example.method, &path);
        for (name, value) in &example.headers {
            ask = ask.with(name, value);
        }
        if !example.body.is_empty() {
            ask = ask.json(known.fill(example.body));
        }
        let what = format!("{} {}", example.method, example.path);
        let answer = browser.send(&ask).await;
        assert_eq!(answer.status, example.status, "{what}: {}", answer.body);
        known.compare(&example.answer, &answer.json(), &what);
        browser.page = match browser.cookie("__Host-bailiwick") {
            Some(_) => known.0.get("session").cloned(),
            None => None,
        };
    }
}

#[test]
fn every_route_stands_in_the_table_and_no_other() {
    let documented: BTreeSet<_> = DOCS
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(route, _)| route.to_owned())
        .filter(|route| route.contains(" /"))
        .collect();
    let table: BTreeSet<_> = ROUTES
        .iter()
        .map(|route| {
            let rest = match route.shape {
                Shape::Exact => String::new(),
                Shape::Item => "/{uid}".to_owned(),
                Shape::Parent => "[/{parent}]".to_owned(),
                Shape::Verb(verb) => format!("/{{uid}}:{verb}"),
            };
            format!("{} {}{rest}", route.method.as_str(), route.path)
        })
        .collect();
    assert_eq!(documented, table);
    for route in ROUTES {
        assert!(
            DOCS.contains(&format!("| {} |", route.summary)),
            "{route:?}"
        );
    }
}

#[test]
fn every_reason_stands_in_the_table_and_no_other() {
    let is_reason = |text: &str| {
        text.len() > 4
            && text
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    };
    let documented: BTreeSet<_> = DOCS
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .filter(|(reason, _)| is_reason(reason))
        .map(|(reason, _)| reason.to_owned())
        .collect();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let refusals = std::fs::read_dir(crates.join("server/src/error")).unwrap();
    let files = [
        "server/src/error.rs",
        "server/src/json.rs",
        "server/src/caller.rs",
        "api/src/status.rs",
        "domain/src/binding_error.rs",
        "domain/src/changes_error.rs",
        "domain/src/client_error.rs",
        "domain/src/explain_error.rs",
        "domain/src/group_error.rs",
        "domain/src/identity_error.rs",
        "domain/src/invite_error.rs",
        "domain/src/role_error.rs",
    ];
    let mut said = BTreeSet::new();
    for file in files
        .map(|file| crates.join(file))
        .into_iter()
        .chain(refusals.map(|file| file.unwrap().path()))
    {
        let source = std::fs::read_to_string(file).unwrap();
        let words = source.split('"').filter(|word| is_reason(word));
        said.extend(words.map(str::to_owned));
    }
    // The kind of a violation, not a reason.
    assert!(said.remove("RESOURCE_NOT_EMPTY"));
    assert_eq!(documented, said);
}
