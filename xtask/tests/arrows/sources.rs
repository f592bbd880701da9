//! The Rust files of the repository, read into tokens.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::lexer::{Kind, Token, is_word, tokens};

/// Folders that hold nothing of ours.
const SKIPPED: [&str; 4] = ["target", "node_modules", ".git", "data"];

/// One file.
pub(crate) struct Source {
    path: String,
    /// Its tokens, without comments.
    pub(crate) tokens: Vec<Token>,
}

/// A place where a rule is broken.
pub(crate) struct Breach {
    place: String,
    why: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.why)
    }
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            tokens: tokens(text),
        }
    }

    /// Its path in the repository, with `/`.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Whether all of it is only compiled for tests.
    pub(crate) fn is_test(&self) -> bool {
        self.path
            .split('/')
            .any(|part| matches!(part, "tests" | "benches" | "tests.rs"))
    }

    /// Whether these words stand at a position, as tokens: spaces do not count.
    pub(crate) fn has(&self, at: usize, words: &str) -> bool {
        let mut rest = words;
        for token in &self.tokens[at.min(self.tokens.len())..] {
            rest = rest.trim_start();
            if rest.is_empty() {
                return true;
            }
            let after = match &token.kind {
                Kind::Name(name) => rest
                    .strip_prefix(name.as_str())
                    .filter(|rest| !rest.starts_with(is_word)),
                Kind::Sign(sign) => rest.strip_prefix(*sign),
                Kind::Text(text) => rest
                    .strip_prefix('"')
                    .and_then(|rest| rest.strip_prefix(text.as_str()))
                    .and_then(|rest| rest.strip_prefix('"')),
            };
            match after {
                Some(after) => rest = after,
                None => return false,
            }
        }
        rest.trim_start().is_empty()
    }

    /// The name at a position.
    pub(crate) fn name(&self, at: usize) -> Option<&str> {
        match &self.tokens.get(at)?.kind {
            Kind::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(crate) fn breach(&self, at: usize, why: impl Into<String>) -> Breach {
        Breach {
            place: format!("{}:{}", self.path, self.tokens[at].line),
            why: why.into(),
        }
    }
}

/// Reads every Rust file below a folder; one that cannot be read is an error.
pub(crate) fn read_all(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            if path.is_dir() {
                if !SKIPPED.contains(&&*name) {
                    folders.push(path);
                }
            } else if name.ends_with(".rs") {
                let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
                let path = path.strip_prefix(root)?.to_string_lossy().into_owned();
                sources.push(Source::new(&path, &text));
            }
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}
